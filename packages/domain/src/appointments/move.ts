import type { DomainEvent } from '../events.ts'
import { Refusal } from '../refusal.ts'
import { type Instant, minutesBetween } from '../time.ts'
import { type Appointment, type StatusStep, isAhead, isFinal } from './appointment.ts'
import { type Arranged, type Placement, arrange } from './arrange.ts'
import { appointmentEvent } from './events.ts'
import type { ResourceKind, Situation, VisitType } from './situation.ts'
import { movedReason } from './undo.ts'

/** What may change of an appointment; what is not named stays. */
export interface Change {
  practitionerId?: string
  visitTypeId?: string
  startsAt?: Instant
  durationMinutes?: number
  placeId?: string | null
  alsoIds?: readonly string[]
  outsideHours?: boolean
  deskNote?: string
}

export interface Moved {
  appointment: Appointment
  arranged: Arranged
  /** Where the status changed with the time. */
  step: StatusStep | null
  events: DomainEvent[]
}

/** Whether the change touches when, where or with whom: then the places of both have to be locked and looked at. */
export const touchesPlace = (change: Change): boolean =>
  placeFields.some((field) => change[field] !== undefined)

const placeFields = ['practitionerId', 'visitTypeId', 'startsAt', 'durationMinutes', 'placeId', 'alsoIds'] as const

/** Throws `stale_version` (with the current one) when somebody changed the appointment since it was read. */
export function checkVersion(appointment: Appointment, version: number | undefined): void {
  if (version !== undefined && version !== appointment.version) throw new Refusal('stale_version', { current: appointment.version })
}

/**
 * Where an appointment would be after a change. What is not named stays: a visit that is only moved in time takes its room with
 * it. Another kind of visit keeps the people and looks for a place of its own.
 */
export function changedPlacement(appointment: Appointment, change: Change, visitType: VisitType, kindOf: (resourceId: string) => ResourceKind): Placement {
  const sameKind = appointment.visitTypeId === visitType.id
  const besides = appointment.resourceIds.filter((id) => id !== appointment.practitionerId && (sameKind || kindOf(id) === 'practitioner'))
  const place = besides.find((id) => kindOf(id) === visitType.placeKind) ?? besides.find((id) => visitType.placeKind === null && kindOf(id) !== 'practitioner')
  const practitionerId = change.practitionerId ?? appointment.practitionerId
  const startsAt = change.startsAt ?? appointment.startsAt
  return {
    branchId: appointment.branchId,
    practitionerId,
    startsAt,
    durationMinutes: change.durationMinutes ?? (sameKind ? minutesBetween(appointment.startsAt, appointment.endsAt) : null),
    placeId: change.placeId === undefined ? (place ?? null) : change.placeId,
    alsoIds: change.alsoIds ?? besides.filter((id) => id !== place && id !== practitionerId),
    outsideHours: change.outsideHours ?? false,
    instead: [appointment.id],
    beginsAnew: !startsAt.equals(appointment.startsAt),
  }
}

/**
 * Moves, resizes or gives an appointment to somebody else. Throws what `arrange` throws, and `appointment_is_final` once it is
 * over; one that has begun may still be made longer or shorter, but begins when it began. A room that is taken at the new time
 * is exchanged for a free one unless it was asked for.
 */
export function move(appointment: Appointment, change: Change, placement: Placement, situation: Situation, now: Instant): Moved {
  if (isFinal(appointment.status)) throw new Refusal('appointment_is_final', { status: appointment.status })
  if (!isAhead(appointment.status) && placement.beginsAnew) throw new Refusal('appointment_is_final', { status: appointment.status })
  const arranged = arrangeKeeping(placement, change, situation, now)
  const moved: Appointment = {
    ...appointment,
    practitionerId: placement.practitionerId,
    visitTypeId: change.visitTypeId ?? appointment.visitTypeId,
    startsAt: arranged.startsAt,
    endsAt: arranged.endsAt,
    deskNote: change.deskNote ?? appointment.deskNote,
    // What the patient confirmed was another time.
    status: placement.beginsAnew && appointment.status === 'confirmed' ? 'booked' : appointment.status,
    resourceIds: arranged.resourceIds,
    version: appointment.version + 1,
  }
  const step = moved.status === appointment.status ? null : { status: moved.status, reason: movedReason }
  const name = placement.beginsAnew ? 'appointment.moved' : 'appointment.changed'
  return { appointment: moved, arranged, step, events: [appointmentEvent(name, moved, { from: placeIn(appointment), to: placeIn(moved) })] }
}

/** Changes the desk's note alone: nothing that occupies time. Possible at any time of its life. */
export function rewriteNote(appointment: Appointment, deskNote: string): { appointment: Appointment; events: DomainEvent[] } {
  const changed = { ...appointment, deskNote, version: appointment.version + 1 }
  return { appointment: changed, events: [appointmentEvent('appointment.changed', changed, { fields: ['deskNote'] })] }
}

function arrangeKeeping(placement: Placement, change: Change, situation: Situation, now: Instant): Arranged {
  const askedFor = change.placeId !== undefined && change.placeId !== null
  if (askedFor || placement.placeId === null || situation.visitType.placeKind === null) return arrange(placement, situation, now)
  try {
    return arrange(placement, situation, now)
  } catch (error) {
    // The room it had is not free then; any other of its kind will do. What else was wrong is wrong again.
    if (error instanceof Refusal && error.params['resourceId'] === placement.placeId) return arrange({ ...placement, placeId: null }, situation, now)
    throw error
  }
}

const placeIn = (appointment: Appointment) => ({
  startsAt: appointment.startsAt.toString(),
  endsAt: appointment.endsAt.toString(),
  practitionerId: appointment.practitionerId,
  visitTypeId: appointment.visitTypeId,
  resourceIds: appointment.resourceIds,
})
