/**
 * Everything that happens, written once and used twice: the row is the audit trail, and where `listened` it also feeds
 * the worker through the outbox; where `live`, the open screens of the clinic hear of it. Details carry ids, statuses and times; never names, numbers or clinical text.
 */
export const events = {
  'appointment.held': { listened: false, live: true },
  'appointment.released': { listened: false, live: true },
  'appointment.booked': { listened: false, live: true },
  'appointment.moved': { listened: true, live: true },
  'appointment.changed': { listened: false, live: true },
  'appointment.overbooked': { listened: false, live: true },
  'appointment.confirmed': { listened: false, live: true },
  'appointment.arrived': { listened: false, live: true },
  'appointment.called': { listened: false, live: true },
  'appointment.started': { listened: false, live: true },
  'appointment.completed': { listened: true, live: true },
  'appointment.cancelled': { listened: true, live: true },
  'appointment.missed': { listened: false, live: true },
  'appointment.undone': { listened: true, live: true },
  'appointment.parked': { listened: false, live: true },
  'appointment.unparked': { listened: false, live: true },
  'block.placed': { listened: false, live: true },
  'block.changed': { listened: false, live: true },
  'block.removed': { listened: false, live: true },
  'block.restored': { listened: false, live: true },
  'rebooking.opened': { listened: false, live: true },
  'rebooking.told': { listened: false, live: true },
  'rebooking.left': { listened: false, live: true },
  'rebooking.reopened': { listened: false, live: true },
  'rebooking.freed': { listened: false, live: true },
  'patient.created': { listened: false, live: true },
  'patient.changed': { listened: false, live: true },
  'patient.read': { listened: false, live: false },
  'consent.recorded': { listened: false, live: true },
  'encounter.opened': { listened: false, live: true },
  'encounter.drafted': { listened: false, live: false },
  'encounter.signed': { listened: true, live: true },
  'encounter.amended': { listened: false, live: true },
  'encounter.read': { listened: false, live: false },
  'order.placed': { listened: false, live: true },
  'order.booked': { listened: false, live: true },
  'order.cancelled': { listened: false, live: true },
  'waitlist.added': { listened: false, live: true },
  'waitlist.changed': { listened: false, live: true },
  'waitlist.closed': { listened: false, live: true },
  'waitlist.freed': { listened: false, live: true },
  'offer.made': { listened: false, live: true },
  'offer.answered': { listened: false, live: true },
  'offer.expired': { listened: false, live: true },
  'series.booked': { listened: false, live: true },
  'series.moved': { listened: false, live: true },
  'series.cancelled': { listened: false, live: true },
  'series.undone': { listened: false, live: true },
  'invoice.issued': { listened: true, live: true },
  'invoice.read': { listened: false, live: false },
  'payment.recorded': { listened: false, live: true },
  'message.queued': { listened: true, live: true },
  'message.changed': { listened: false, live: true },
  'message.received': { listened: false, live: true },
  'reminder.skipped': { listened: false, live: true },
  'clinic.changed': { listened: false, live: true },
  'branch.changed': { listened: false, live: true },
  'resource.changed': { listened: false, live: true },
  'visit_type.changed': { listened: false, live: true },
  'price_item.changed': { listened: false, live: true },
  'reminder_rule.changed': { listened: false, live: true },
  'template.changed': { listened: false, live: true },
  'staff.changed': { listened: false, live: true },
  'session.opened': { listened: false, live: false },
  'session.refused': { listened: false, live: false },
  'session.closed': { listened: false, live: false },
  'access.refused': { listened: false, live: false },
  'import.prepared': { listened: false, live: true },
  'import.run': { listened: false, live: true },
  'data.exported': { listened: false, live: false },
} as const satisfies Record<string, { listened: boolean; live: boolean }>

export type EventName = keyof typeof events

export interface DomainEvent {
  name: EventName
  /** The row it happened to, for example `appointment` and its id. */
  subject: { type: string; id: string }
  patientId?: string | null
  branchId?: string | null
  /** Only ids, statuses, times, versions and names of changed fields. */
  details?: Record<string, unknown>
}
