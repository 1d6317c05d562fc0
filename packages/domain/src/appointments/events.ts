import type { DomainEvent, EventName } from '../events.ts'
import type { Appointment } from './appointment.ts'

/** What happened to an appointment. */
export const appointmentEvent = (name: EventName & `appointment.${string}`, appointment: Appointment, details: Record<string, unknown>): DomainEvent => ({
  name,
  subject: { type: 'appointment', id: appointment.id },
  patientId: appointment.patientId,
  branchId: appointment.branchId,
  details: { ...details, version: appointment.version },
})
