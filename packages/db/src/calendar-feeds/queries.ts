import { type Insertable, type Selectable, sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { CalendarFeedTable } from './table.ts'

export type CalendarFeedRow = Selectable<CalendarFeedTable>

/** The feed of somebody that is not switched off. */
export const findFeedOf = (db: Db, staffId: string): Promise<CalendarFeedRow | undefined> =>
  db.selectFrom('calendar_feed').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('staff_id', '=', staffId).where('revoked_at', 'is', null).executeTakeFirst()

export const findFeed = (db: Db, id: string): Promise<CalendarFeedRow | undefined> =>
  db.selectFrom('calendar_feed').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).executeTakeFirst()

export async function insertFeed(tx: Tx, row: Insertable<CalendarFeedTable>): Promise<void> {
  await tx.insertInto('calendar_feed').values(row).execute()
}

/** Switches off what somebody has. @returns the id of what was on. */
export async function revokeFeedsOf(tx: Tx, staffId: string, at: Instant): Promise<string | null> {
  const row = await tx.updateTable('calendar_feed').set({ revoked_at: at }).where('clinic_id', '=', sql<string>`current_clinic()`).where('staff_id', '=', staffId).where('revoked_at', 'is', null).returning('id').executeTakeFirst()
  return row?.id ?? null
}

/** Whose feed a token opens, of whatever clinic; undefined where it was switched off. Only in a transaction that reads a feed. */
export const feedOfToken = (db: Db, hash: Buffer): Promise<{ clinic_id: string; staff_id: string } | undefined> =>
  db.selectFrom('calendar_feed').select(['clinic_id', 'staff_id']).where('token_hash', '=', hash).where('revoked_at', 'is', null).executeTakeFirst()

export interface FeedVisit {
  id: string
  version: number
  startsAt: Instant
  endsAt: Instant
  createdAt: Instant
  branchName: string
  branchNameEn: string
}

/** The visits of somebody who works here still, in a period, soonest first: times and places, and nothing of whom or what for. At most 2,000. */
export async function visitsOfStaff(db: Db, staffId: string, from: Instant, to: Instant): Promise<{ language: 'he' | 'en'; visits: FeedVisit[] } | undefined> {
  const { rows: [person] } = await sql<{ language: 'he' | 'en' }>`select coalesce(s.language, c.language) as language from staff s join clinic c on c.id = s.clinic_id where s.clinic_id = current_clinic() and s.id = ${staffId}::uuid and s.active`.execute(db)
  if (!person) return undefined
  const { rows } = await sql<FeedVisit>`
    select a.id, a.version, a.starts_at as "startsAt", a.ends_at as "endsAt", a.created_at as "createdAt", b.name as "branchName", coalesce(nullif(b.name_en, ''), b.name) as "branchNameEn"
    from practitioner p join appointment a on a.clinic_id = p.clinic_id and a.practitioner_id = p.id join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id
    where p.clinic_id = current_clinic() and p.staff_id = ${staffId}::uuid and a.starts_at >= ${from} and a.starts_at < ${to} and a.status not in ('held', 'cancelled', 'no_show')
    order by a.starts_at, a.id limit 2000`.execute(db)
  return { language: person.language, visits: rows }
}

/** Whether somebody has a diary of their own. */
export async function isPractitioner(db: Db, staffId: string): Promise<boolean> {
  return (await db.selectFrom('practitioner').select('id').where('clinic_id', '=', sql<string>`current_clinic()`).where('staff_id', '=', staffId).executeTakeFirst()) !== undefined
}
