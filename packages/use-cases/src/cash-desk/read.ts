import { type CashClosing, type CashClosingRow, closedPayments, type DeskPayment, findClosing, lastClosing, listClosings, openPayments, paymentsByLink, zoneOfDesk } from '@yoman/db/cash-desk/queries'
import { allowIn } from '@yoman/domain/access'
import { type Expected, expectedOf } from '@yoman/domain/cash-desk/close'
import { dayToClose, heldBy } from '@yoman/domain/cash-desk/day'
import { NotFound } from '@yoman/domain/refusal'
import { dateIn, dayPeriod, type Instant, isAfter, type PlainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, instantKey, uuidKey } from '../cursor.ts'
import { readByValues } from '../transact.ts'

const usualLimit = 20
/** Longer than any transaction may last: what is older and in no closing was never to be counted. */
const longestHours = 24
/** How far the first closing reaches back. What came in before was counted on paper, before the desk was kept here. */
const firstDays = 7

/** From when on payments of a branch are its desk's (`since`), and from when on one has to look for open ones: a desk that was never closed begins a week ago. */
export function ground(zone: string, today: PlainDate, last: CashClosingRow | undefined): { since: Instant; from: Instant } {
  if (!last) {
    const since = dayPeriod(zone, today.subtract({ days: firstDays })).start
    return { since, from: since }
  }
  // Closed days later, it held nothing of the days between.
  const dayEnd = dayPeriod(zone, last.day).end
  const recent = (isAfter(last.closed_at, dayEnd) ? dayEnd : last.closed_at).subtract({ hours: longestHours })
  return { since: last.since, from: isAfter(recent, last.since) ? recent : last.since }
}

/** Payments with the day on which they came, on the branch's wall. */
export const onDays = (zone: string, payments: readonly DeskPayment[]): (DeskPayment & { on: PlainDate })[] => payments.map((payment) => ({ ...payment, on: dateIn(zone, payment.receivedAt) }))

export interface CashDesk {
  /** To be closed next; today where today is closed. */
  day: PlainDate
  /** The closing of today, where there is one. */
  closedId: string | null
  leftBefore: number
  means: Expected[]
  payments: DeskPayment[]
  /** What came by payment links on that day: at the provider, not at the desk. */
  byLink: DeskPayment[]
}

/** What should be at a branch's desk: until the end of `asked`, else of the day to close next; all of it where today is closed. */
export function cashDesk(ctx: Context, branchId: string, asked?: PlainDate): Promise<CashDesk> {
  allowIn(ctx.actor, 'cash.read', branchId)
  return readByValues(ctx, async (db) => {
    const zone = await zoneOfDesk(db, branchId)
    if (zone === undefined) throw new NotFound('branch')
    const [today, last] = [dateIn(zone, ctx.now), await lastClosing(db, branchId)]
    const open = onDays(zone, await openPayments(db, branchId, ground(zone, today, last).from, ctx.now))
    const day = asked ?? dayToClose(open.map(({ on }) => on), last?.day ?? null, today)
    const payments = heldBy(open, day)
    const leftBefore = last?.left_agorot ?? 0
    return { day, closedId: last?.day.equals(today) ? last.id : null, leftBefore, means: expectedOf(payments, leftBefore), payments, byLink: await paymentsByLink(db, branchId, dayPeriod(zone, day)) }
  })
}

export async function pageOfClosings(ctx: Context, { branchId, cursor, limit = usualLimit }: { branchId: string; cursor?: string; limit?: number }): Promise<{ items: CashClosing[]; next: string | null }> {
  allowIn(ctx.actor, 'cash.read', branchId)
  const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, [instantKey, uuidKey])
  const rows = await readByValues(ctx, (db) => listClosings(db, branchId, at !== undefined && id !== undefined ? { at, id } : null, limit + 1))
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.closed_at.toString(), last.id]) : null }
}

/** A closing with the payments that it holds. */
export async function oneClosing(ctx: Context, id: string): Promise<{ closing: CashClosing; payments: DeskPayment[] }> {
  const found = await readByValues(ctx, async (db) => ({ closing: await findClosing(db, id), payments: await closedPayments(db, id) }))
  if (!found.closing) throw new NotFound('cash_closing')
  allowIn(ctx.actor, 'cash.read', found.closing.branch_id)
  return { closing: found.closing, payments: found.payments }
}
