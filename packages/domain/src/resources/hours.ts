import { Refusal } from '../refusal.ts'

/** Hours of one weekday on a wall clock, `HH:MM` each; dates, `YYYY-MM-DD`, say from when to when they hold (both days belong to it). */
export interface WeeklyHours {
  weekday: number
  starts: string
  ends: string
  validFrom?: string | null
  validTo?: string | null
}

/** Throws `ends_before_it_starts` or `hours_overlap` (with the weekday): nobody is at two places at once, and a break is a gap. */
export function checkHours(hours: readonly WeeklyHours[]): void {
  for (const [at, one] of hours.entries()) {
    // Texts of one fixed form compare as the times and dates that they are.
    if (one.ends <= one.starts) throw new Refusal('ends_before_it_starts', { weekday: one.weekday })
    if (one.validFrom && one.validTo && one.validTo < one.validFrom) throw new Refusal('ends_before_it_starts', { weekday: one.weekday })
    if (hours.slice(at + 1).some((other) => clash(one, other))) throw new Refusal('hours_overlap', { weekday: one.weekday })
  }
}

const clash = (a: WeeklyHours, b: WeeklyHours): boolean =>
  a.weekday === b.weekday && a.starts < b.ends && b.starts < a.ends && from(a) <= to(b) && from(b) <= to(a)

const from = (hours: WeeklyHours): string => hours.validFrom ?? '0000-01-01'
const to = (hours: WeeklyHours): string => hours.validTo ?? '9999-12-31'
