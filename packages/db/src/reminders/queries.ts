import { type Selectable, sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { ReminderTable } from './table.ts'

export type ReminderRow = Selectable<ReminderTable>

export interface DueReminder {
  clinicId: string
  id: string
  channel: ReminderRow['channel']
}

/** Across clinics: planned reminders whose time has come, the longest waiting first. @param now the business clock. */
export const findDueReminders = (db: Db, now: Instant, limit: number): Promise<DueReminder[]> =>
  db.selectFrom('reminder').select(['clinic_id as clinicId', 'id', 'channel']).where('state', '=', 'planned').where('due_at', '<=', now).orderBy('due_at').limit(limit).execute()

export const findReminder = (db: Db, id: string): Promise<ReminderRow | undefined> =>
  db.selectFrom('reminder').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).executeTakeFirst()

/** The row while it is still planned, kept from others; undefined where somebody else has it in hand. */
export const lockPlannedReminder = (tx: Tx, id: string): Promise<ReminderRow | undefined> =>
  tx
    .selectFrom('reminder')
    .selectAll()
    .where('clinic_id', '=', sql<string>`current_clinic()`)
    .where('id', '=', id)
    .where('state', '=', 'planned')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()

export async function saveReminder(tx: Tx, id: string, changes: { state?: ReminderRow['state']; skip_reason?: string | null; due_at?: Instant }): Promise<void> {
  await tx.updateTable('reminder').set(changes).where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).execute()
}
