import { type Instant, type PlainDate, type PlainTime, atWallTime, dateIn, timeIn } from '../time.ts'

/** A series never has more visits than the weeks of a year. */
export const mostVisits = 52

export interface Rule {
  unit: 'week' | 'month'
  /** Every n weeks or months, 1 to 52. */
  every: number
  /**
   * Of months alone: the same date, or the same weekday of the month ("the second Tuesday"). A date that a month lacks is its
   * last day; a fifth weekday is the last one of its month.
   */
  monthBy: 'date' | 'weekday' | null
}

/** How long it goes on: so many visits with the first, or until a date that still belongs to it. */
export type Ending = { count: number } | { until: PlainDate }

/** The dates of a series, the first included, at most 52. Each is counted from the first: a short month shifts no later one. */
export function seriesDates(first: PlainDate, rule: Rule, ending: Ending): PlainDate[] {
  const count = 'count' in ending ? Math.min(ending.count, mostVisits) : mostVisits
  const dates = Array.from({ length: count }, (_, index) => (index === 0 ? first : dateAfter(first, rule, index * rule.every)))
  return 'until' in ending ? dates.filter((date, index) => index === 0 || date.since(ending.until).sign <= 0) : dates
}

function dateAfter(first: PlainDate, { unit, monthBy }: Rule, steps: number): PlainDate {
  if (unit === 'week') return first.add({ weeks: steps })
  return monthBy === 'weekday' ? sameWeekdayOfMonth(first, steps) : first.add({ months: steps })
}

/** Which weekday of its month a date is: 1 to 4, and 5 for one that comes a fifth time. */
export const weekOfMonth = ({ day }: PlainDate): number => Math.ceil(day / 7)

function sameWeekdayOfMonth(first: PlainDate, months: number): PlainDate {
  const start = first.with({ day: 1 }).add({ months })
  const days = (first.dayOfWeek - start.dayOfWeek + 7) % 7
  const wanted = start.add({ days: days + (weekOfMonth(first) - 1) * 7 })
  return wanted.month === start.month ? wanted : wanted.subtract({ days: 7 })
}

/** "Again in three months": a distance from a visit to the next. */
export type Distance = { weeks: number } | { months: number }

/**
 * The day that is meant by "again in three months": the same weekday, for that is when the patient has time and the practitioner
 * works; of months the one nearest to the date, three days away at most.
 */
export function dayAgain(from: PlainDate, distance: Distance): PlainDate {
  if ('weeks' in distance) return from.add(distance)
  const there = from.add(distance)
  const ahead = (from.dayOfWeek - there.dayOfWeek + 7) % 7
  return there.add({ days: ahead > 3 ? ahead - 7 : ahead })
}

/** A move of several visits alike: so many calendar days each, and the new hour of the wall; null leaves each its own hour. */
export interface Shift {
  days: number
  time: PlainTime | null
}

/** How far one moment lies from another on the wall of `zone`: what a clock change adds or takes does not count. */
export function shiftBetween(zone: string, from: Instant, to: Instant): Shift {
  const [before, after] = [timeIn(zone, from), timeIn(zone, to)]
  return { days: dateIn(zone, from).until(dateIn(zone, to)).days, time: before.equals(after) ? null : after }
}

/** A moment shifted on the wall of `zone`. */
export const shifted = (zone: string, at: Instant, { days, time }: Shift): Instant => atWallTime(zone, dateIn(zone, at).add({ days }), time ?? timeIn(zone, at))
