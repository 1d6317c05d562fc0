import { Temporal } from 'temporal-polyfill'

export type Instant = Temporal.Instant
export type PlainDate = Temporal.PlainDate
export type PlainTime = Temporal.PlainTime

/** Half-open span of time: `start` belongs to it, `end` does not. */
export interface Period {
  start: Instant
  end: Instant
}

export const instant = (iso: string): Instant => Temporal.Instant.from(iso)
export const instantFromMs = (epochMs: number): Instant => Temporal.Instant.fromEpochMilliseconds(epochMs)
export const plainDate = (iso: string): PlainDate => Temporal.PlainDate.from(iso)
export const plainTime = (iso: string): PlainTime => Temporal.PlainTime.from(iso)

export const isBefore = (a: Instant, b: Instant): boolean => Temporal.Instant.compare(a, b) < 0
export const isAfter = (a: Instant, b: Instant): boolean => Temporal.Instant.compare(a, b) > 0
export const overlap = (a: Period, b: Period): boolean => isBefore(a.start, b.end) && isBefore(b.start, a.end)
export const minutesBetween = (a: Instant, b: Instant): number => (b.epochMilliseconds - a.epochMilliseconds) / 60_000
export const addMinutes = (at: Instant, minutes: number): Instant => at.add({ minutes })

/** The calendar day of an instant on the wall of `zone` (an IANA name). */
export const dateIn = (zone: string, at: Instant): PlainDate => at.toZonedDateTimeISO(zone).toPlainDate()
export const timeIn = (zone: string, at: Instant): PlainTime => at.toZonedDateTimeISO(zone).toPlainTime()

/**
 * The instant of a wall-clock time that a rule computed. An hour that the spring change skips is shifted forward,
 * one that the autumn change repeats is its first occurrence.
 */
export const atWallTime = (zone: string, date: PlainDate, time: PlainTime): Instant =>
  date.toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant()

/** The whole local day as instants: 23, 24 or 25 hours long. */
export const dayPeriod = (zone: string, date: PlainDate): Period => ({
  start: date.toZonedDateTime(zone).toInstant(),
  end: date.add({ days: 1 }).toZonedDateTime(zone).toInstant(),
})

/** ISO weekday of a date: 1 is Monday, 6 is Saturday, 7 is Sunday. */
export const weekday = (date: PlainDate): number => date.dayOfWeek

/** Whether `zone` is an IANA zone that this machine knows. */
export const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined
  } catch {
    return false // RangeError is how Intl says that it does not know the zone
  }
}
