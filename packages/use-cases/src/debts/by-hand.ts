import { endPauses, findPause, standingOf } from '@yoman/db/debts/reminders'
import { isPatient } from '@yoman/db/debts/promises'
import { listDebtDocuments } from '@yoman/db/debts/lists'
import { findDebtSetting, findDebtSteps } from '@yoman/db/debts/settings'
import type { Tx } from '@yoman/db/database'
import { lockInvoice } from '@yoman/db/invoices/issue'
import { findMessage } from '@yoman/db/messages/queries'
import { allow, allowIn } from '@yoman/domain/access'
import { nextStep } from '@yoman/domain/debts/steps'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { plainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { groundOf } from './read.ts'
import { type ComposeDebt, takeStep } from './remind.ts'

/**
 * The desk takes the next step now, about the oldest document that has one: its days are not waited for, its hours are. Asked twice with
 * one id it is one. Refuses `nothing_owed`, `debt_paused`, `debt_steps_done`, `nothing_to_send_to`, `id_taken`.
 */
export async function remindNow(ctx: Context, patientId: string, messageId: string, compose: ComposeDebt): Promise<void> {
  allow(ctx.actor, 'message.send')
  await transact(ctx, async (tx) => {
    const known = await findMessage(tx, messageId)
    if (known && (known.kind !== 'debt' || known.patient_id !== patientId)) throw new Refusal('id_taken')
    if (known) return
    await requirePatient(tx, patientId)
    const ground = await groundOf(ctx, tx)
    if (await findPause(tx, patientId, ground.today)) throw new Refusal('debt_paused')
    const documents = (await listDebtDocuments(tx, { ...ground, patientId })).filter(({ organisationId }) => organisationId === null)
    if (documents.length === 0) throw new Refusal('nothing_owed')
    const steps = await findDebtSteps(tx, await findDebtSetting(tx))
    for (const { id, branchId } of documents) {
      allowIn(ctx.actor, 'message.send', branchId)
      const invoice = await lockInvoice(tx, id)
      const standing = invoice && (await standingOf(tx, id, ground.today))
      const step = standing && standing.owed > 0 ? nextStep(steps, standing.lastStep) : null
      if (!invoice || !step) continue
      if ((await takeStep(tx, ctx, invoice, step, compose, messageId)) === 'skipped') throw new Refusal('nothing_to_send_to')
      return
    }
    throw new Refusal('debt_steps_done')
  })
}

/** Nobody reminds a patient until the end of a day (ISO date), for a reason; an earlier pause ends. Asked twice with one id it is one. */
export async function pauseReminders(ctx: Context, patientId: string, { id, untilOn, reason }: { id: string; untilOn: string; reason: string }): Promise<void> {
  allow(ctx.actor, 'invoice.write')
  const madeBy = ctx.actor.staffId
  if (madeBy === null) throw new Error('a pause has a person behind it')
  await transact(ctx, async (tx) => {
    await requirePatient(tx, patientId)
    const known = await tx.selectFrom('debt_pause').select('patient_id').where('clinic_id', '=', ctx.clinicId).where('id', '=', id).executeTakeFirst()
    if (known && known.patient_id !== patientId) throw new Refusal('id_taken')
    if (known) return
    await endPauses(tx, patientId, ctx.now)
    await tx.insertInto('debt_pause').values({ clinic_id: ctx.clinicId, id, patient_id: patientId, until_on: plainDate(untilOn), reason, made_by: madeBy, made_at: ctx.now }).execute()
    await recordEvents(tx, ctx, [{ name: 'debt.paused', subject: { type: 'patient', id: patientId }, patientId, details: { untilOn } }])
  })
}

/** The patient may be reminded again. Ending nothing is fine. */
export async function resumeReminders(ctx: Context, patientId: string): Promise<void> {
  allow(ctx.actor, 'invoice.write')
  await transact(ctx, async (tx) => {
    await requirePatient(tx, patientId)
    await endPauses(tx, patientId, ctx.now)
    await recordEvents(tx, ctx, [{ name: 'debt.resumed', subject: { type: 'patient', id: patientId }, patientId }])
  })
}

async function requirePatient(tx: Tx, patientId: string): Promise<void> {
  if (!(await isPatient(tx, patientId))) throw new NotFound('patient')
}
