import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../refusal.ts'
import type { PlainDate } from '../time.ts'

const after = (one: PlainDate, other: PlainDate): boolean => Temporal.PlainDate.compare(one, other) > 0

/** The day of a desk that is to be closed next: the oldest with money in it after the last closed one; today where there is none. */
export function dayToClose(days: readonly PlainDate[], lastClosed: PlainDate | null, today: PlainDate): PlainDate {
  return days.filter((day) => lastClosed === null || after(day, lastClosed)).reduce((oldest, day) => (after(oldest, day) ? day : oldest), today)
}

/** Refuses `cash_desk_closed` (this day or a later one was closed) and `cash_day_ahead`. */
export function requireClosable(day: PlainDate, lastClosed: PlainDate | null, today: PlainDate): void {
  if (lastClosed !== null && !after(day, lastClosed)) throw new Refusal('cash_desk_closed')
  if (after(day, today)) throw new Refusal('cash_day_ahead')
}

/** What the closing of a day holds of the money that no closing holds: that of the day, and of before, where it came in late. */
export const heldBy = <T extends { on: PlainDate }>(open: readonly T[], day: PlainDate): T[] => open.filter(({ on }) => !after(on, day))
