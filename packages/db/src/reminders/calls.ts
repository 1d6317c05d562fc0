import { type Insertable, type Selectable, sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { ReminderCallTable } from './table.ts'

export type ReminderCallRow = Selectable<ReminderCallTable>

export const findReminderCall = (db: Db, id: string): Promise<ReminderCallRow | undefined> =>
  db.selectFrom('reminder_call').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).executeTakeFirst()

/** The row, kept from everyone else until the transaction ends. */
export const lockReminderCall = (tx: Tx, id: string): Promise<ReminderCallRow | undefined> =>
  tx.selectFrom('reminder_call').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).forUpdate().executeTakeFirst()

export async function insertReminderCall(tx: Tx, row: Insertable<ReminderCallTable>): Promise<void> {
  await tx.insertInto('reminder_call').values(row).execute()
}

export async function takeCallBack(tx: Tx, id: string, at: Instant): Promise<void> {
  await tx.updateTable('reminder_call').set({ taken_back_at: at }).where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).execute()
}
