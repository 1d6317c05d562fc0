import type { Instant } from '../time.ts'

export type Status = 'held' | 'booked' | 'confirmed' | 'arrived' | 'called' | 'in_treatment' | 'completed' | 'cancelled' | 'no_show'
export type CancelReason = 'patient' | 'clinic' | 'moved' | 'other'

export interface Appointment {
  id: string
  branchId: string
  practitionerId: string
  /** Null on a hold alone: it does not know yet for whom. */
  patientId: string | null
  visitTypeId: string
  startsAt: Instant
  endsAt: Instant
  status: Status
  /** On a hold alone. */
  holdExpiresAt: Instant | null
  deskNote: string
  cancelReason: CancelReason | null
  /** The next-visit order that it fulfils, and which step of it. */
  orderId: string | null
  orderStep: number | null
  version: number
  createdBy: string | null
  /** All that it occupies; the practitioner first. */
  resourceIds: readonly string[]
  /** Why it may share somebody's time with another visit, and who said so; null where it has its time for itself. */
  overbooked: Overbooked | null
}

export interface Overbooked {
  reason: string
  at: Instant
  /** The staff member; null for the system. */
  by: string | null
}

/** Which status may follow which. A hold becomes an appointment by being booked; nothing follows a completed visit but its undoing. */
export const mayFollow: Record<Status, readonly Status[]> = {
  held: ['cancelled'],
  booked: ['confirmed', 'arrived', 'in_treatment', 'cancelled', 'no_show'],
  confirmed: ['arrived', 'in_treatment', 'cancelled', 'no_show'],
  arrived: ['called', 'in_treatment', 'completed', 'cancelled'], // who left without being treated cancelled
  called: ['in_treatment', 'completed', 'cancelled'],
  in_treatment: ['completed'],
  completed: [],
  cancelled: [],
  no_show: ['arrived'], // who was given up came after all
}

/** Still to come, so it may be moved, resized and reminded of. */
export const isAhead = (status: Status): boolean => status === 'booked' || status === 'confirmed'

/** Over in one way or another: nothing about its time changes any more. */
export const isFinal = (status: Status): boolean => status === 'completed' || status === 'cancelled' || status === 'no_show'

/** One row of an appointment's life. `reason` is `undone` where the step took back the one before it. */
export interface StatusStep {
  status: Status
  reason: string
}
