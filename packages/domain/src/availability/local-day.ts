import { type PlainDate, atWallTime, dayPeriod, plainTime } from '../time.ts'
import type { Span } from './spans.ts'

/** One calendar day of a branch: 1,380, 1,440 or 1,500 minutes long. */
export interface LocalDay {
  /** ISO date. */
  date: string
  /** ISO: 1 Monday, 7 Sunday. */
  weekday: number
  span: Span
  /** The minute since 1970 of a minute of the wall clock, 0 to 1440. An hour that spring skips is shifted on; one that autumn repeats is its first. */
  at(wallMinute: number): number
}

export const minutesPerDay = 24 * 60

/** The day `date` on the wall of `zone`. */
export function localDay(zone: string, date: PlainDate): LocalDay {
  const { start, end } = dayPeriod(zone, date)
  const span = { from: start.epochMilliseconds / 60_000, to: end.epochMilliseconds / 60_000 }
  const ordinary = span.to - span.from === minutesPerDay
  const at = (minute: number): number => {
    if (minute >= minutesPerDay) return span.to
    if (ordinary) return span.from + minute
    return atWallTime(zone, date, plainTime('00:00').add({ minutes: minute })).epochMilliseconds / 60_000
  }
  return { date: date.toString(), weekday: date.dayOfWeek, span, at }
}

/** `count` days from `first` on. */
export const localDays = (zone: string, first: PlainDate, count: number): LocalDay[] =>
  Array.from({ length: count }, (_, index) => localDay(zone, first.add({ days: index })))
