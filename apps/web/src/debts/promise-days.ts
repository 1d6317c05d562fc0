import { atWallTime, type Instant, dateIn, plainDate, plainTime } from '@yoman/domain/time'

/** The desk looks whether it was paid near the end of the day that was promised. */
const checkAt = plainTime('16:00')

/** A day so many days from now, as ISO date on the wall of `zone`. */
export const dayFromNow = (now: Instant, zone: string, days: number): string => dateIn(zone, now).add({ days }).toString()

/** When the desk's task for a promised day (ISO date) is due, as ISO instant. */
export const promiseDue = (date: string, zone: string): string => atWallTime(zone, plainDate(date), checkAt).toString()
