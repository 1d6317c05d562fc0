import { type Insertable, sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import { balance } from '../invoices/lists.ts'
import type { TaskRow } from '../tasks/queries.ts'
import type { TaskTable } from '../tasks/table.ts'

/** The open promise of a patient to pay, held until the transaction ends. */
export const lockPromise = (tx: Tx, patientId: string): Promise<TaskRow | undefined> =>
  tx.selectFrom('task').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('patient_id', '=', patientId)
    .where('about', '=', 'promised_to_pay').where('status', '=', 'open').orderBy('due_at', 'desc').orderBy('id').limit(1).forUpdate().executeTakeFirst()

export async function insertPromise(tx: Tx, row: Pick<Insertable<TaskTable>, 'clinic_id' | 'id' | 'branch_id' | 'due_at' | 'created_by' | 'created_at'> & { patient_id: string }): Promise<void> {
  await tx.insertInto('task').values({ ...row, words: '', about: 'promised_to_pay', assignee_id: null, assignee_role: 'receptionist', closed_at: null, closed_by: null }).execute()
}

/** Closes what asks for money of a patient who owes none any more, whatever an organisation owes for them: what was promised, and calls about it. @param at the business clock. @param status `kept`: they paid. */
export async function closePaidTasks(tx: Tx, patientId: string, { at, by, status }: { at: Instant; by: string | null; status: 'kept' | 'broken' }): Promise<Pick<TaskRow, 'id' | 'patient_id' | 'branch_id'>[]> {
  const { rows } = await sql<Pick<TaskRow, 'id' | 'patient_id' | 'branch_id'>>`
    update task k set status = ${status}, closed_at = ${at}::timestamptz, closed_by = ${by}::uuid, version = version + 1
    where k.clinic_id = current_clinic() and k.patient_id = ${patientId}::uuid and k.about in ('promised_to_pay', 'debt_call') and k.status = 'open'
      and not exists (select from open_request q join invoice v on v.clinic_id = q.clinic_id and v.id = q.invoice_id where q.clinic_id = k.clinic_id and v.patient_id = k.patient_id and v.organisation_id is null and ${balance} > 0)
    returning k.id, k.patient_id, k.branch_id`.execute(tx)
  return rows
}

/** Whether the clinic has a patient of this id whose record stands. */
export async function isPatient(db: Db, patientId: string): Promise<boolean> {
  const row = await db.selectFrom('patient').select('id').where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', patientId).executeTakeFirst()
  return row !== undefined
}
