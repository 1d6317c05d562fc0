import { Refusal } from '../refusal.ts'
import { type PlainDate, plainDate, weekday } from '../time.ts'

/** What time that is nobody's visit is for. `closed` closes a whole branch, every other kind keeps named resources away. */
export type BlockKind = 'leave' | 'meeting' | 'break' | 'closed' | 'other'

/** When and for whom; dates are ISO and both belong to it, times `HH:MM` of the branch's wall on each of the days. */
export interface BlockPlan {
  kind: BlockKind
  /** The branch that is closed; null where resources are away, wherever they would be. */
  branchId: string | null
  resourceIds: readonly string[]
  fromDate: string
  toDate: string
  /** ISO weekdays (1 Monday to 7 Sunday) on which it happens between the dates; empty: every day. */
  weekdays: readonly number[]
  /** Both null: all day. */
  starts: string | null
  ends: string | null
}

/** One day of one resource, or of a whole branch, on which nothing can be booked. */
export interface ClosedSpan {
  resourceId: string | null
  branchId: string | null
  date: string
  starts: string | null
  ends: string | null
}

/** Days from the first to the last of a block at the most, both counted; the database holds the same. */
export const longestBlockDays = 400
/** Rows that one block may write: a year of everybody's lunch, and no accident. */
export const mostSpans = 20_000

/**
 * Throws `block_form_wrong` for a closing without a branch, an absence of nobody, half a time or weekdays that never come,
 * `ends_before_it_starts`, `block_too_long` (with the days that are allowed).
 */
export function checkBlock(plan: BlockPlan): void {
  const { kind, branchId, resourceIds, starts, ends, fromDate, toDate } = plan
  if ((kind === 'closed') !== (branchId !== null) || (kind === 'closed') !== (resourceIds.length === 0)) throw new Refusal('block_form_wrong')
  if ((starts === null) !== (ends === null)) throw new Refusal('block_form_wrong')
  // Texts of one fixed form compare as the dates and times that they are.
  if (toDate < fromDate || (starts !== null && ends !== null && ends <= starts)) throw new Refusal('ends_before_it_starts')
  if (daysBetween(plan) > longestBlockDays) throw new Refusal('block_too_long', { days: longestBlockDays })
  const dates = datesOf(plan).length
  if (dates === 0) throw new Refusal('block_form_wrong')
  if (dates * Math.max(1, resourceIds.length) > mostSpans) throw new Refusal('block_too_long', { days: Math.floor(mostSpans / resourceIds.length) })
}

/** The days on which it happens, in order. Empty where it is longer than any block may be. */
export function datesOf({ fromDate, toDate, weekdays }: Pick<BlockPlan, 'fromDate' | 'toDate' | 'weekdays'>): string[] {
  const first = plainDate(fromDate)
  const days = daysBetween({ fromDate, toDate })
  if (days > longestBlockDays) return []
  const all: PlainDate[] = Array.from({ length: days }, (_, index) => first.add({ days: index }))
  return all.filter((date) => weekdays.length === 0 || weekdays.includes(weekday(date))).map(String)
}

/** What a block takes away, day by day and for each whom it keeps away. */
export function spansOf(plan: BlockPlan): ClosedSpan[] {
  const { branchId, resourceIds, starts, ends } = plan
  const whom: (string | null)[] = branchId === null ? [...resourceIds] : [null]
  return datesOf(plan).flatMap((date) => whom.map((resourceId) => ({ resourceId, branchId, date, starts, ends })))
}

const daysBetween = ({ fromDate, toDate }: Pick<BlockPlan, 'fromDate' | 'toDate'>): number => plainDate(fromDate).until(plainDate(toDate), { largestUnit: 'days' }).days + 1
