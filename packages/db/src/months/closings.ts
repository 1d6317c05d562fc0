import { type Insertable, type Selectable, sql } from 'kysely'
import type { MonthTotals } from '@yoman/domain/months/close'
import type { DayRange } from '@yoman/domain/reports/period'
import { addIncome } from '@yoman/domain/reports/income'
import type { Instant, PlainDate } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import { atomsOf } from '../reports/atoms.ts'
import { sumIncome } from '../reports/income.ts'
import type { MonthClosingTable } from './table.ts'

export interface MonthClosing extends Omit<Selectable<MonthClosingTable>, 'clinic_id'> {
  closed_by_name: string
  reopened_by_name: string | null
}

/** Keeps everybody from writing what has a date, and waits for who is writing it, until this transaction ends. The trigger of each such table holds the other side of it. */
export async function lockMonths(tx: Tx, clinicId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('months of ' || ${clinicId}::text, 0))`.execute(tx)
}

/** Closings, also those that were reopened, the newest month first. */
export async function listMonthClosings(db: Db, limit: number): Promise<MonthClosing[]> {
  const { rows } = await sql<MonthClosing>`${closings} order by m.month desc, m.reopened_at is null desc, m.closed_at desc, m.id desc limit ${limit}`.execute(db)
  return rows
}

export async function findMonthClosing(db: Db, id: string): Promise<MonthClosing | undefined> {
  const { rows } = await sql<MonthClosing>`${closings} and m.id = ${id}::uuid`.execute(db)
  return rows[0]
}

/** The newest month that is closed now. */
export async function newestClosed(db: Db): Promise<MonthClosing | undefined> {
  const { rows } = await sql<MonthClosing>`${closings} and m.reopened_at is null order by m.month desc limit 1`.execute(db)
  return rows[0]
}

/** The closing that holds for a month now. */
export async function closingOf(db: Db, month: PlainDate): Promise<MonthClosing | undefined> {
  const { rows } = await sql<MonthClosing>`${closings} and m.reopened_at is null and m.month = ${month.toString()}::date`.execute(db)
  return rows[0]
}

// Months that were closed before there were payment links say nothing of their money: there was none.
const closings = sql`
  select m.id, m.month, m.closed_at, m.closed_by, m.reason, '{"undecidedMoney": {"count": 0, "agorot": 0}}'::jsonb || m.open_points as open_points, m.totals, m.reopened_at, m.reopened_by, m.reopen_reason, s.name as closed_by_name, r.name as reopened_by_name
  from month_closing m join staff s on s.clinic_id = m.clinic_id and s.id = m.closed_by left join staff r on r.clinic_id = m.clinic_id and r.id = m.reopened_by
  where m.clinic_id = current_clinic()`

/** Writes a closing, and what each visit counted that has no procedures to say it. */
export async function insertMonthClosing(tx: Tx, row: Insertable<MonthClosingTable>, range: DayRange): Promise<void> {
  await tx.insertInto('month_closing').values(row).execute()
  await sql`
    insert into closed_visit (clinic_id, closing_id, appointment_id, worth_agorot)
    select a.clinic_id, ${row.id}::uuid, a.id, w.gross from (${atomsOf('performed', { range, branchIds: null })}) w join appointment a on a.clinic_id = current_clinic() and a.id = w.id
    where not exists (select from encounter e join procedure_done d on d.clinic_id = e.clinic_id and d.encounter_id = e.id where e.clinic_id = a.clinic_id and e.appointment_id = a.id)`.execute(tx)
}

export const reopenClosing = (tx: Tx, id: string, by: { at: Instant; staffId: string; reason: string }) =>
  tx.updateTable('month_closing').set({ reopened_at: by.at, reopened_by: by.staffId, reopen_reason: by.reason }).where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).execute()

/** A month as its rows say it now. */
export async function totalsOf(db: Db, range: DayRange): Promise<MonthTotals> {
  const scope = { range, branchIds: null }
  const [performed, billed, cash] = [await sumIncome(db, 'performed', 'branch', scope), await sumIncome(db, 'billed', 'branch', scope), await sumIncome(db, 'cash', 'branch', scope)]
  const { rows } = await sql<MonthTotals['documents'][number]>`
    select v.kind, count(*)::int as count, sum(v.total_agorot)::bigint as total from invoice v
    where v.clinic_id = current_clinic() and v.issued_on between ${range.from.toString()}::date and ${range.to.toString()}::date group by v.kind order by v.kind`.execute(db)
  return { views: { performed: addIncome(performed), billed: addIncome(billed), cash: addIncome(cash) }, documents: rows }
}

/** The zones of the clinic's branches. */
export async function zonesOf(db: Db): Promise<string[]> {
  const { rows } = await sql<{ zone: string }>`select distinct b.time_zone as zone from branch b where b.clinic_id = current_clinic() order by 1`.execute(db)
  return rows.map(({ zone }) => zone)
}
