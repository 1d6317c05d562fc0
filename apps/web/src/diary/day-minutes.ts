import { atWallTime, dateIn, instant, plainDate, plainTime, timeIn, type Instant } from '@yoman/domain/time'

/** Minutes since midnight on the wall of `zone`, as seen from `date`: 0 for instants of earlier days, 1440 for later ones. */
export function minuteOf(at: Instant | string, zone: string, date: string): number {
  const moment = typeof at === 'string' ? instant(at) : at
  const day = dateIn(zone, moment).toString()
  if (day !== date) return day < date ? 0 : 1440
  const { hour, minute } = timeIn(zone, moment)
  return hour * 60 + minute
}

/** The instant of a minute of the day, as text. A minute that a clock change skips is shifted as the domain does. */
export function instantOf(minute: number, zone: string, date: string): string {
  const time = plainTime(`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`)
  return atWallTime(zone, plainDate(date), time).toString()
}

/** `09:30` as minutes since midnight. */
export const minuteOfTime = (time: string): number => plainTime(time).hour * 60 + plainTime(time).minute
