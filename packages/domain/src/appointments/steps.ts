import type { DomainEvent, EventName } from '../events.ts'
import { Refusal } from '../refusal.ts'
import { type Instant, dateIn, isBefore } from '../time.ts'
import { type Appointment, type CancelReason, type Status, type StatusStep, mayFollow } from './appointment.ts'
import { appointmentEvent } from './events.ts'

export interface Stepped {
  appointment: Appointment
  step: StatusStep
  events: DomainEvent[]
}

/** The patient said that they come. Throws `status_change_not_allowed`. */
export const confirm = (appointment: Appointment): Stepped => follow(appointment, 'confirmed', 'appointment.confirmed')

/** The patient is here: on the day of the visit alone, by the wall of `zone`. Throws `status_change_not_allowed`. */
export function arrive(appointment: Appointment, zone: string, now: Instant): Stepped {
  if (!dateIn(zone, appointment.startsAt).equals(dateIn(zone, now))) throw notAllowed(appointment, 'arrived')
  return follow(appointment, 'arrived', 'appointment.arrived')
}

/** The patient is asked to come in; the screen of the waiting room says so. Who is called is here, so it is that day. Throws `status_change_not_allowed`. */
export const callIn = (appointment: Appointment): Stepped => follow(appointment, 'called', 'appointment.called')

/** The treatment begins: on the day of the visit alone. Throws `status_change_not_allowed`. */
export function start(appointment: Appointment, zone: string, now: Instant): Stepped {
  if (!dateIn(zone, appointment.startsAt).equals(dateIn(zone, now))) throw notAllowed(appointment, 'in_treatment')
  return follow(appointment, 'in_treatment', 'appointment.started')
}

/** The treatment is over. Throws `status_change_not_allowed`. */
export const complete = (appointment: Appointment): Stepped => follow(appointment, 'completed', 'appointment.completed')

/** The patient did not come; nobody can know before the visit should have begun. Throws `status_change_not_allowed`. */
export function miss(appointment: Appointment, now: Instant): Stepped {
  if (isBefore(now, appointment.startsAt)) throw notAllowed(appointment, 'no_show')
  return follow(appointment, 'no_show', 'appointment.missed')
}

/** The visit will not be; its place is free at once. Throws `status_change_not_allowed`. */
export const cancel = (appointment: Appointment, reason: CancelReason): Stepped =>
  follow({ ...appointment, cancelReason: reason }, 'cancelled', 'appointment.cancelled', reason)

function follow(appointment: Appointment, to: Status, event: EventName & `appointment.${string}`, reason = ''): Stepped {
  if (!mayFollow[appointment.status].includes(to)) throw notAllowed(appointment, to)
  const changed = { ...appointment, status: to, version: appointment.version + 1 }
  return { appointment: changed, step: { status: to, reason }, events: [appointmentEvent(event, changed, { from: appointment.status, to, startsAt: appointment.startsAt.toString(), ...(reason ? { reason } : {}) })] }
}

const notAllowed = (appointment: Appointment, to: Status): Refusal => new Refusal('status_change_not_allowed', { from: appointment.status, to })
