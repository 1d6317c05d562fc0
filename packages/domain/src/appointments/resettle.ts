import { overlaps } from '../availability/spans.ts'
import type { Instant } from '../time.ts'
import type { Appointment } from './appointment.ts'
import { hasExpired } from './arrange.ts'
import { checkLimit } from './overbook.ts'
import type { Situation } from './situation.ts'

/**
 * A visit whose cancellation is taken back. Whose time it shared (`sharedIds`) it shares again if it still meets somebody there, with
 * the reason it had, and counts on its day: throws `overbooking_limit_reached`. Where the others have gone it has its time for itself.
 * Of all else that it occupies, the exclusion constraint says whether it is free.
 */
export function resettle(appointment: Appointment, sharedIds: readonly string[], { visitType, busy, ...situation }: Situation, now: Instant): { appointment: Appointment; overbookedIds: string[] } {
  if (!appointment.overbooked) return { appointment, overbookedIds: [] }
  const occupied = { from: appointment.startsAt.epochMilliseconds / 60_000 - visitType.bufferBefore, to: appointment.endsAt.epochMilliseconds / 60_000 + visitType.bufferAfter }
  const met = busy.filter((one) => one.appointmentId !== appointment.id && overlaps(one, occupied) && !hasExpired(one, now))
  const overbookedIds = sharedIds.filter((id) => met.some((one) => one.resourceId === id))
  if (overbookedIds.length === 0) return { appointment: { ...appointment, overbooked: null }, overbookedIds }
  checkLimit(situation)
  return { appointment, overbookedIds }
}
