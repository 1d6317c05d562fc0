import type { DomainEvent } from '../events.ts'
import { Refusal } from '../refusal.ts'
import type { Instant } from '../time.ts'
import { type Appointment, isAhead } from './appointment.ts'
import { appointmentEvent } from './events.ts'

/** A visit on the parking tray: it waits for another time and keeps its place until it has one. */
export interface Parking {
  appointmentId: string
  branchId: string
  parkedAt: Instant
  /** Null: the system. */
  parkedBy: string | null
}

/**
 * Puts a visit on the tray. Only one that is still to come has another time to wait for: throws `appointment_is_final` otherwise,
 * and `already_parked` where somebody else has put it there. Who parked it themselves gets what is, and no event.
 */
export function park(appointment: Appointment, lying: Parking | null, by: string | null, now: Instant): { parking: Parking; events: DomainEvent[] } {
  if (lying && lying.parkedBy === by) return { parking: lying, events: [] }
  if (lying) throw new Refusal('already_parked')
  if (!isAhead(appointment.status)) throw new Refusal('appointment_is_final', { status: appointment.status })
  const parking = { appointmentId: appointment.id, branchId: appointment.branchId, parkedAt: now, parkedBy: by }
  return { parking, events: [appointmentEvent('appointment.parked', appointment, { startsAt: appointment.startsAt.toString() })] }
}

/** Takes a visit off the tray, because it was set down somewhere or is where it was again. */
export const unpark = (appointment: Appointment): DomainEvent[] => [appointmentEvent('appointment.unparked', appointment, { startsAt: appointment.startsAt.toString() })]

/** Whether a change leaves a parked visit on the tray: it has the same time with the same person, and is still to come. */
export const staysParked = (before: Appointment, after: Appointment): boolean =>
  isAhead(after.status) && after.startsAt.equals(before.startsAt) && after.practitionerId === before.practitionerId
