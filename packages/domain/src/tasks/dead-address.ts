import { addMinutes, type Instant, isAfter, isBefore } from '../time.ts'

/** By when a patient is asked for another address: within a day, or when they come, if that is sooner. `visitAt`: the visit that the message was about. */
export function askForAddressBy(now: Instant, visitAt: Instant | null): Instant {
  const tomorrow = addMinutes(now, 24 * 60)
  return visitAt && isAfter(visitAt, now) && isBefore(visitAt, tomorrow) ? visitAt : tomorrow
}
