import type { Status } from '../appointments/appointment.ts'
import { type Instant, isBefore } from '../time.ts'
import type { Named } from './named.ts'

/** Something that happened to a visit. */
export interface VisitStep {
  at: Instant
  /** A name of the staff; empty where the system or the patient did it. */
  by: string
  byPatient: boolean
  what: { kind: 'status'; status: Status; reason: string } | { kind: 'moved'; from: Instant; to: Instant }
}

/**
 * A line of the advance appointment register (bookkeeping instructions, schedule ו' §4): a visit at its hour, or the hour that one was moved
 * away from, `movedTo` another. Nothing clinical, not even the kind of visit.
 */
export interface RegisteredVisit extends Named {
  id: string
  visitId: string
  branchId: string
  patientId: string
  startsAt: Instant
  endsAt: Instant
  practitioner: string
  practitionerEn: string
  status: Status
  /** Null for the visit itself. */
  movedTo: Instant | null
  /** From the booking on, oldest first. */
  history: VisitStep[]
}

/** What happened, in order; of things of one moment the move comes first, since what it changed follows from it. */
export const inOrder = (steps: readonly VisitStep[]): VisitStep[] =>
  [...steps].sort((a, b) => (isBefore(a.at, b.at) ? -1 : isBefore(b.at, a.at) ? 1 : Number(b.what.kind === 'moved') - Number(a.what.kind === 'moved')))
