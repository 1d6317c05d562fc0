import { type Insertable, sql } from 'kysely'
import { lateAfterMinutes } from '@yoman/domain/reminders/account'
import { type Instant, addMinutes } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { ReminderCheckTable } from './table.ts'

export interface CheckRow {
  date: string
  checkedAt: Instant
  leaves: number
  silentPatients: number
  unplanned: number
  /** ISO dates. */
  bareDays: string[]
  cost: number | null
  whatsapp: number
  calls: number
  callCost: number | null
}

/** The nights of a branch, the latest first. */
export async function checksOf(db: Db, branchId: string, limit: number): Promise<CheckRow[]> {
  const { rows } = await sql<CheckRow>`
    select on_date::text as date, checked_at as "checkedAt", leaves, silent_patients as "silentPatients", unplanned, bare_days::text[] as "bareDays", cost, whatsapp, calls, call_cost as "callCost"
    from reminder_check where clinic_id = current_clinic() and branch_id = ${branchId}::uuid order by on_date desc limit ${limit}`.execute(db)
  return rows
}

/** @returns false where the night was written down already. */
export async function insertCheck(tx: Tx, row: Insertable<ReminderCheckTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.insertInto('reminder_check').values(row).onConflict((on) => on.constraint('reminder_check_once').doNothing()).executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export interface BranchNow {
  id: string
  name: string
  zone: string
}

export const activeBranches = (db: Db): Promise<BranchNow[]> =>
  db.selectFrom('branch').select(['id', 'name', 'time_zone as zone']).where('clinic_id', '=', sql<string>`current_clinic()`).where('active', '=', true).orderBy('created_at').orderBy('id').execute()

/** Who answers for the clinic: its owners who work here. */
export async function owners(db: Db): Promise<{ id: string; email: string; language: 'he' | 'en' }[]> {
  const { rows } = await sql<{ id: string; email: string; language: 'he' | 'en' }>`
    select s.id, s.email, s.language from staff s where s.clinic_id = current_clinic() and s.active and s.email <> ''
      and exists (select from staff_role r where r.clinic_id = s.clinic_id and r.staff_id = s.id and r.role = 'owner') order by s.id`.execute(db)
  return rows
}

/**
 * How many words to patients should have left, or been answered by the provider, and have not: of one clinic, or of all where the scope is
 * that of the count. @param now the business clock.
 */
export async function countLate(db: Db, now: Instant): Promise<number> {
  const since = addMinutes(now, -lateAfterMinutes)
  const { rows } = await sql<{ n: number }>`
    select (select count(*) from reminder where (clinic_id = current_clinic() or is_counting_late()) and state = 'planned' and due_at < ${since})::int
      + (select count(*) from message where (clinic_id = current_clinic() or is_counting_late()) and state in ('queued', 'sending', 'unknown') and kind <> 'alarm' and coalesce(held_since, not_before) < ${since})::int as n`.execute(db)
  return rows[0]?.n ?? 0
}
