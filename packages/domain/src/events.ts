/**
 * Everything that happens, written once and used twice: the row is the audit trail, and where `listened` it also feeds
 * the worker through the outbox. Details carry ids, statuses and times; never names, numbers or clinical text.
 */
export const events = {
  'appointment.held': { listened: false },
  'appointment.released': { listened: false },
  'appointment.booked': { listened: true },
  'appointment.moved': { listened: true },
  'appointment.changed': { listened: false },
  'appointment.confirmed': { listened: false },
  'appointment.arrived': { listened: false },
  'appointment.started': { listened: false },
  'appointment.completed': { listened: true },
  'appointment.cancelled': { listened: true },
  'appointment.missed': { listened: false },
  'appointment.undone': { listened: false },
  'patient.created': { listened: false },
  'patient.changed': { listened: false },
  'patient.read': { listened: false },
  'patient.searched': { listened: false },
  'consent.recorded': { listened: false },
  'encounter.opened': { listened: false },
  'encounter.drafted': { listened: false },
  'encounter.signed': { listened: false },
  'encounter.amended': { listened: false },
  'encounter.read': { listened: false },
  'order.placed': { listened: false },
  'order.booked': { listened: false },
  'order.cancelled': { listened: false },
  'invoice.issued': { listened: true },
  'invoice.read': { listened: false },
  'payment.recorded': { listened: false },
  'message.queued': { listened: true },
  'message.changed': { listened: false },
  'message.received': { listened: false },
  'reminder.skipped': { listened: false },
  'clinic.changed': { listened: false },
  'branch.changed': { listened: false },
  'resource.changed': { listened: false },
  'visit_type.changed': { listened: false },
  'price_item.changed': { listened: false },
  'reminder_rule.changed': { listened: false },
  'template.changed': { listened: false },
  'staff.changed': { listened: false },
  'session.opened': { listened: false },
  'session.refused': { listened: false },
  'session.closed': { listened: false },
  'access.refused': { listened: false },
  'import.prepared': { listened: false },
  'import.run': { listened: false },
  'data.exported': { listened: false },
} as const satisfies Record<string, { listened: boolean }>

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
