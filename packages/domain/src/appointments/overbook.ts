import type { DomainEvent } from '../events.ts'
import { Refusal } from '../refusal.ts'
import type { Instant } from '../time.ts'
import type { Appointment, Overbooked } from './appointment.ts'
import type { Arranged } from './arrange.ts'
import { appointmentEvent } from './events.ts'
import type { Situation } from './situation.ts'

/** A wish to share somebody's time with a visit that stands. The asker's permission is not checked here. */
export interface Overbook {
  reason: string
  /** Rooms, chairs and devices as well. People alone where false: two patients can wait for one doctor, not lie in one chair. */
  places: boolean
}

/** The reason in the asker's words, without the blanks around them. Throws `overbooking_needs_reason`. */
export function overbookReason(wish: Overbook): string {
  const reason = wish.reason.trim()
  if (reason === '') throw new Refusal('overbooking_needs_reason')
  return reason
}

/**
 * What is to be kept about a new visit over others; null where it has its time for itself, whatever was wished.
 * Throws `overbooking_limit_reached` once the practitioner has had the day's number of them, `overbooking_needs_reason`.
 */
export function newOverbooking(wish: Overbook | null, { overbookedIds }: Arranged, situation: Situation, by: string | null, now: Instant): Overbooked | null {
  if (!wish || overbookedIds.length === 0) return null
  checkLimit(situation)
  return { reason: overbookReason(wish), at: now, by }
}

/** Throws `overbooking_limit_reached`. The count must be of the same transaction, under the practitioner's lock. */
export function checkLimit({ overbookings = { today: 0, limit: 0 } }: Pick<Situation, 'overbookings'>): void {
  if (overbookings.today >= overbookings.limit) throw new Refusal('overbooking_limit_reached', { limit: overbookings.limit })
}

/** Whose time is shared and when; the reason is words and stays with the appointment. */
export const overbookedEvent = (appointment: Appointment, { overbookedIds }: Arranged): DomainEvent =>
  appointmentEvent('appointment.overbooked', appointment, {
    practitionerId: appointment.practitionerId,
    startsAt: appointment.startsAt.toString(),
    endsAt: appointment.endsAt.toString(),
    resourceIds: overbookedIds,
  })
