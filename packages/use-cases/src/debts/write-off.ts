import { isPatient } from '@yoman/db/debts/promises'
import { standingOf } from '@yoman/db/debts/reminders'
import { endWriteOff, findWriteOff, insertWriteOff } from '@yoman/db/debts/write-offs'
import { lockInvoice } from '@yoman/db/invoices/issue'
import { allow, allowIn } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { personOf } from '../acting.ts'
import type { Context } from '../context.ts'
import { wakeLinksOf } from '../payment-links/wake.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { groundOf } from './read.ts'
import { endAsking } from './settled.ts'

/**
 * Gives a debt up, for a reason: nobody asks for it any more, by list, reminder, statement or link. The document stays, and money may still come
 * for it. Asked twice with one id it is one. Refuses `nothing_owed`, `id_taken`; throws `NotFound`.
 */
export async function writeOffDebt(ctx: Context, patientId: string, { id, invoiceId, reason }: { id: string; invoiceId: string; reason: string }): Promise<void> {
  allow(ctx.actor, 'invoice.credit')
  const madeBy = personOf(ctx)
  await transact(ctx, async (tx) => {
    const invoice = await lockInvoice(tx, invoiceId)
    if (invoice?.patient_id !== patientId) throw new NotFound('invoice')
    allowIn(ctx.actor, 'invoice.credit', invoice.branch_id)
    const known = await findWriteOff(tx, id)
    if (known && (known.invoice_id !== invoiceId || known.made_by !== madeBy)) throw new Refusal('id_taken')
    if (known) return
    const standing = await standingOf(tx, invoiceId, (await groundOf(ctx, tx)).today)
    if (!standing || standing.owed <= 0 || standing.writtenOff) throw new Refusal('nothing_owed')
    await insertWriteOff(tx, { clinic_id: ctx.clinicId, id, invoice_id: invoiceId, amount_agorot: standing.owed, reason, made_by: madeBy, made_at: ctx.now })
    await recordEvents(tx, ctx, [{ name: 'debt.written_off', subject: { type: 'invoice', id: invoiceId }, patientId, branchId: invoice.branch_id, details: { amountAgorot: standing.owed } }])
    await endAsking(tx, ctx, patientId, 'broken')
    await wakeLinksOf(tx, ctx, { invoiceId })
  })
}

/** The debt is asked for again. Ending nothing is fine. Throws `NotFound`. */
export async function askAgain(ctx: Context, patientId: string, invoiceId: string): Promise<void> {
  allow(ctx.actor, 'invoice.credit')
  const endedBy = personOf(ctx)
  await transact(ctx, async (tx) => {
    if (!(await isPatient(tx, patientId))) throw new NotFound('patient')
    const invoice = await lockInvoice(tx, invoiceId)
    if (invoice?.patient_id !== patientId) throw new NotFound('invoice')
    allowIn(ctx.actor, 'invoice.credit', invoice.branch_id)
    if (!(await endWriteOff(tx, invoiceId, endedBy, ctx.now))) return
    await recordEvents(tx, ctx, [{ name: 'debt.asked_again', subject: { type: 'invoice', id: invoiceId }, patientId, branchId: invoice.branch_id }])
  })
}
