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

/** A move of several visits alike: so many calendar days and so many minutes of the wall clock, each for itself. */
export interface Shift {
  days: number
  minutes: number
}

/** How far one moment lies from another on the wall of `zone`: what a clock change adds or takes does not count. */
export function shiftBetween(zone: string, from: Instant, to: Instant): Shift {
  return { days: dateIn(zone, from).until(dateIn(zone, to)).days, minutes: minuteOfDay(timeIn(zone, to)) - minuteOfDay(timeIn(zone, from)) }
}

/** A moment shifted on the wall of `zone`. A time that would leave its day stays on it: the last or the first quarter of an hour. */
export function shifted(zone: string, at: Instant, { days, minutes }: Shift): Instant {
  const time = timeIn(zone, at)
  const minute = Math.min(Math.max(minuteOfDay(time) + minutes, 0), lastQuarter)
  return atWallTime(zone, dateIn(zone, at).add({ days }), time.with({ hour: Math.floor(minute / 60), minute: minute % 60 }))
}

const lastQuarter = 23 * 60 + 45
export const minuteOfDay = ({ hour, minute }: PlainTime): number => hour * 60 + minute
