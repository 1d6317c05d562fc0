import type { DomainEvent } from '../events.ts'
import type { Instant } from '../time.ts'
import type { Appointment } from './appointment.ts'
import { type Arranged, type Placement, arrange } from './arrange.ts'
import { appointmentEvent } from './events.ts'
import { newOverbooking, overbookedEvent } from './overbook.ts'
import type { Situation } from './situation.ts'

export interface BookingRequest extends Placement {
  id: string
  patientId: string
  visitTypeId: string
  deskNote: string
  orderId: string | null
  orderStep: number | null
}

export interface Booked {
  appointment: Appointment
  arranged: Arranged
  events: DomainEvent[]
}

/** A new appointment. Throws what `arrange` and `newOverbooking` throw. `by` is the staff member, null for the system. */
export function book(request: BookingRequest, situation: Situation, by: string | null, now: Instant): Booked {
  const arranged = arrange(request, situation, now)
  const appointment: Appointment = {
    id: request.id,
    branchId: request.branchId,
    practitionerId: request.practitionerId,
    patientId: request.patientId,
    visitTypeId: request.visitTypeId,
    startsAt: arranged.startsAt,
    endsAt: arranged.endsAt,
    status: 'booked',
    holdExpiresAt: null,
    deskNote: request.deskNote,
    cancelReason: null,
    orderId: request.orderId,
    orderStep: request.orderStep,
    version: 1,
    createdBy: by,
    resourceIds: arranged.resourceIds,
    overbooked: newOverbooking(request.overbook ?? null, arranged, situation, by, now),
  }
  const booked = appointmentEvent('appointment.booked', appointment, whenAndWho(appointment))
  return { appointment, arranged, events: appointment.overbooked ? [booked, overbookedEvent(appointment, arranged)] : [booked] }
}

const whenAndWho = (appointment: Appointment) => ({
  startsAt: appointment.startsAt.toString(),
  endsAt: appointment.endsAt.toString(),
  resourceIds: appointment.resourceIds,
  orderId: appointment.orderId,
})
