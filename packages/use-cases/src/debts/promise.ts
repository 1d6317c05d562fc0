import { listDebtDocuments } from '@yoman/db/debts/lists'
import { insertPromise, lockPromise } from '@yoman/db/debts/promises'
import { lockPatient } from '@yoman/db/patients/queries'
import { findTask, saveTask } from '@yoman/db/tasks/queries'
import { allow, allowIn } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { loadTask, type TaskView } from '../tasks/read.ts'
import { transact } from '../transact.ts'
import { groundOf } from './read.ts'

/**
 * A patient promised to pay by a time (ISO instant): a task of the desk in the branch of the oldest debt. Who promised before has that promise
 * put off; asked twice with one id it is one, for one time. Refuses `nothing_owed`, `id_taken`.
 */
export function promiseToPay(ctx: Context, patientId: string, { id, dueAt }: { id: string; dueAt: string }): Promise<TaskView> {
  allow(ctx.actor, 'task.write')
  allow(ctx.actor, 'invoice.read')
  return transact(ctx, async (tx) => {
    // Held from here on: a promise that is not there yet cannot be.
    const isThere = (await lockPatient(tx, patientId)) !== undefined
    const mine = await findTask(tx, id)
    if (mine && (mine.about !== 'promised_to_pay' || mine.patient_id !== patientId || !mine.due_at.equals(instant(dueAt)))) throw new Refusal('id_taken')
    if (mine) return loadTask(tx, id)
    if (!isThere) throw new NotFound('patient')
    const documents = await listDebtDocuments(tx, { ...(await groundOf(ctx, tx)), patientId })
    const oldest = documents.find(({ organisationId }) => organisationId === null) // nobody promises what another owes
    if (!oldest) throw new Refusal('nothing_owed')
    allowIn(ctx.actor, 'task.write', oldest.branchId)
    const open = await lockPromise(tx, patientId)
    if (open) allowIn(ctx.actor, 'task.write', open.branch_id)
    const details = { dueAt, about: 'promised_to_pay' }
    if (open) await saveTask(tx, open, { due_at: instant(dueAt) })
    else await insertPromise(tx, { clinic_id: ctx.clinicId, id, branch_id: oldest.branchId, patient_id: patientId, due_at: instant(dueAt), created_by: ctx.actor.staffId, created_at: ctx.now })
    await recordEvents(tx, ctx, [{ name: open ? 'task.changed' : 'task.made', subject: { type: 'task', id: open?.id ?? id }, patientId, branchId: open?.branch_id ?? oldest.branchId, details }])
    return loadTask(tx, open?.id ?? id)
  })
}
