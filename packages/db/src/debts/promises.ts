import { type Insertable, sql } from 'kysely'
import type { Db, Tx } from '../database.ts'
import type { TaskRow } from '../tasks/queries.ts'
import type { TaskTable } from '../tasks/table.ts'

/** The open promise of a patient to pay, held until the transaction ends. */
export const lockPromise = (tx: Tx, patientId: string): Promise<TaskRow | undefined> =>
  tx.selectFrom('task').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('patient_id', '=', patientId)
    .where('about', '=', 'promised_to_pay').where('status', '=', 'open').orderBy('due_at', 'desc').orderBy('id').limit(1).forUpdate().executeTakeFirst()

export async function insertPromise(tx: Tx, row: Pick<Insertable<TaskTable>, 'clinic_id' | 'id' | 'branch_id' | 'due_at' | 'created_by' | 'created_at'> & { patient_id: string }): Promise<void> {
  await tx.insertInto('task').values({ ...row, words: '', about: 'promised_to_pay', assignee_id: null, assignee_role: 'receptionist', closed_at: null, closed_by: null }).execute()
}

/** Whether the clinic has a patient of this id whose record stands. */
export async function isPatient(db: Db, patientId: string): Promise<boolean> {
  const row = await db.selectFrom('patient').select('id').where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', patientId).executeTakeFirst()
  return row !== undefined
}
