import { Temporal } from 'temporal-polyfill'
import { closingOf, findMonthClosing, insertMonthClosing, listMonthClosings, lockMonths, type MonthClosing, newestClosed, reopenClosing, totalsOf, zonesOf } from '@yoman/db/months/closings'
import { countOpenPoints } from '@yoman/db/months/open-points'
import type { Db } from '@yoman/db/database'
import { daysOfMonth, isUnmoved, type MonthTotals, nextToClose, type OpenPoints, requireMonthClosable } from '@yoman/domain/months/close'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn, type PlainDate } from '@yoman/domain/time'
import { allowWhole, personOf } from '../acting.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { readByValues, transact, transactByValues } from '../transact.ts'

/** Six years of months with some that were reopened: older ones are asked for one by one. */
const mostListed = 100

export interface MonthList {
  closings: MonthClosing[]
  /** The month to close next, its first day; null where it is not over, or where no month was ever closed. */
  next: PlainDate | null
  /** The newest month that is over. */
  newestOver: PlainDate
}

/** Closed months, the newest first, and which one may be closed next. */
export function monthList(ctx: Context): Promise<MonthList> {
  allowWhole(ctx, 'report.read')
  return readByValues(ctx, async (db) => {
    const newestOver = (await earliestDay(ctx, db)).with({ day: 1 }).subtract({ months: 1 })
    const next = nextToClose((await newestClosed(db))?.month ?? null)
    return { closings: await listMonthClosings(db, mostListed), next: next && Temporal.PlainDate.compare(next, newestOver) <= 0 ? next : null, newestOver }
  })
}

export interface MonthView {
  closing: MonthClosing | null
  open: OpenPoints
  /** As the rows say it now. */
  totals: MonthTotals
  /** Of a closed month: whether that is what they said then. */
  isUnmoved: boolean
}

/** What a month comes to and what in it is open; of a closed one also whether anything moved since, which nothing should. */
export function monthView(ctx: Context, month: PlainDate): Promise<MonthView> {
  allowWhole(ctx, 'report.read')
  return readByValues(ctx, async (db) => {
    const [range, closing] = [daysOfMonth(month), (await closingOf(db, month)) ?? null]
    const totals = await totalsOf(db, range)
    return { closing, totals, open: closing?.open_points ?? (await countOpenPoints(db, range)), isUnmoved: closing === null || isUnmoved(closing.totals, totals) }
  })
}

/**
 * Closes a month of the whole business: afterwards the database refuses whatever has a date in it or before. Waits for who is writing such a thing now,
 * so that it is in the totals. Sent twice with one id it is one. Refuses `month_closed`, `month_not_next`, `month_not_over`, `month_open_points`, `id_taken`.
 */
export async function closeMonth(ctx: Context, { id, month, reason }: { id: string; month: PlainDate; reason: string }): Promise<void> {
  allowWhole(ctx, 'month.close')
  const closedBy = personOf(ctx)
  await transactByValues(ctx, async (tx) => {
    await lockMonths(tx, ctx.clinicId)
    const known = await findMonthClosing(tx, id)
    if (known) {
      if (!known.month.equals(month) || known.closed_by !== closedBy || known.reason !== reason.trim()) throw new Refusal('id_taken')
      return
    }
    const [range, newest, today] = [daysOfMonth(month), await newestClosed(tx), await earliestDay(ctx, tx)]
    const open = await countOpenPoints(tx, range)
    requireMonthClosable({ month, newestClosed: newest?.month ?? null, today, open, reason })
    const totals = await totalsOf(tx, range)
    await insertMonthClosing(tx, { clinic_id: ctx.clinicId, id, month, closed_at: ctx.now, closed_by: closedBy, reason: reason.trim(), open_points: open, totals }, range)
    await recordEvents(tx, ctx, [{ name: 'month.closed', subject: { type: 'month_closing', id }, details: { month: month.toString(), reason: reason.trim() } }])
  })
}

/** Opens the newest closed month again, with a reason; its closing stays to be seen. Said twice it is said once. Refuses `month_not_newest`. */
export async function reopenMonth(ctx: Context, id: string, reason: string): Promise<void> {
  allowWhole(ctx, 'month.reopen')
  const staffId = personOf(ctx)
  await transact(ctx, async (tx) => {
    await lockMonths(tx, ctx.clinicId)
    const closing = await findMonthClosing(tx, id)
    if (!closing) throw new NotFound('month_closing')
    if (closing.reopened_by === staffId && closing.reopen_reason === reason.trim()) return
    if ((await newestClosed(tx))?.id !== id) throw new Refusal('month_not_newest')
    await reopenClosing(tx, id, { at: ctx.now, staffId, reason: reason.trim() })
    await recordEvents(tx, ctx, [{ name: 'month.reopened', subject: { type: 'month_closing', id }, details: { month: closing.month.toString(), reason: reason.trim() } }])
  })
}

/** Today at the branch where it is earliest: there the month ends last. */
async function earliestDay(ctx: Context, db: Db): Promise<PlainDate> {
  const zones = await zonesOf(db)
  const days = (zones.length > 0 ? zones : ['Asia/Jerusalem']).map((zone) => dateIn(zone, ctx.now))
  return days.reduce((earliest, day) => (Temporal.PlainDate.compare(day, earliest) < 0 ? day : earliest))
}
