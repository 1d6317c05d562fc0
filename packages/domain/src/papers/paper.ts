import type { Appointment } from '../appointments/appointment.ts'
import { appointmentEvent } from '../appointments/events.ts'
import type { DomainEvent } from '../events.ts'
import { Refusal } from '../refusal.ts'
import type { Instant } from '../time.ts'

/** Papers that a kind of visit may ask for: a health fund's commitment to pay (form 17), or a doctor's referral. */
export const paperKinds = ['form_17', 'referral'] as const
export type PaperKind = (typeof paperKinds)[number]
export const askedPapers = ['none', ...paperKinds] as const
export type AskedPaper = (typeof askedPapers)[number]

/** That somebody has the paper of a visit in hand. */
export interface PaperReceipt {
  appointmentId: string
  kind: PaperKind
  receivedAt: Instant
  /** Null: the system. */
  receivedBy: string | null
}

/**
 * Somebody has the paper in hand; it may come after the visit. A second time answers the first receipt and no event. Throws
 * `paper_not_asked` where the kind of visit asks for none, `appointment_is_final` where the visit will not be.
 */
export function receivePaper(visit: Appointment, asked: AskedPaper, known: PaperReceipt | null, by: string | null, now: Instant): { receipt: PaperReceipt; events: DomainEvent[] } {
  if (known) return { receipt: known, events: [] }
  if (asked === 'none') throw new Refusal('paper_not_asked')
  if (visit.status === 'cancelled' || visit.status === 'no_show') throw new Refusal('appointment_is_final', { status: visit.status })
  return { receipt: { appointmentId: visit.id, kind: asked, receivedAt: now, receivedBy: by }, events: [appointmentEvent('appointment.paper_received', visit, { kind: asked })] }
}

/** It was a mistake: the paper is missing again. */
export const missPaper = (visit: Appointment, kind: PaperKind): DomainEvent[] => [appointmentEvent('appointment.paper_missing', visit, { kind })]
