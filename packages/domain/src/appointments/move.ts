import type { DomainEvent } from '../events.ts'
import { overlaps } from '../availability/spans.ts'
import { Refusal } from '../refusal.ts'
import { type Instant, minutesBetween } from '../time.ts'
import { type Appointment, type Overbooked, type StatusStep, isAhead, isFinal } from './appointment.ts'
import { type Arranged, type Placement, arrange } from './arrange.ts'
import { appointmentEvent } from './events.ts'
import { neededOf } from './needs.ts'
import { type Overbook, checkLimit, newOverbooking, overbookedEvent } from './overbook.ts'
import type { BookableResource, Busy, Situation, VisitType } from './situation.ts'
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
  /** To share the time of those who are taken there. */
  overbook?: Overbook
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

const placeFields = ['practitionerId', 'visitTypeId', 'startsAt', 'durationMinutes', 'placeId', 'alsoIds', 'overbook'] as const

/** Throws `stale_version` (with the current one) when somebody changed the appointment since it was read. */
export function checkVersion(appointment: Appointment, version: number | undefined): void {
  if (version !== undefined && version !== appointment.version) throw new Refusal('stale_version', { current: appointment.version })
}

/**
 * Where an appointment would be after a change. What is not named stays: a visit that is only moved in time takes with it who was
 * asked for by name; the room and the others that its kind needs are exchanged where they are not free. Another kind of visit
 * keeps the people, but not those whom only the old kind needed, and looks for a place of its own. `find` throws for what is not there.
 */
export function changedPlacement(appointment: Appointment, change: Change, { visitType, busy }: Pick<Situation, 'visitType' | 'busy'>, find: (resourceId: string) => BookableResource, typeBefore: Pick<VisitType, 'placeKind' | 'needs'> = visitType): Placement {
  const sameKind = appointment.visitTypeId === visitType.id
  const practitionerId = change.practitionerId ?? appointment.practitionerId
  const startsAt = change.startsAt ?? appointment.startsAt
  const besides = appointment.resourceIds.filter((id) => id !== appointment.practitionerId).map(find)
  const { placeId, needIds } = neededOf(typeBefore, besides, appointment.branchId)
  const byName = besides.filter(({ id, kind }) => id !== placeId && !needIds.includes(id) && (sameKind || kind === 'practitioner'))
  const ownPlace = visitType.placeKind === null ? byName.find(({ kind }) => kind !== 'practitioner')?.id : undefined
  return {
    branchId: appointment.branchId,
    practitionerId,
    startsAt,
    durationMinutes: change.durationMinutes ?? (sameKind ? minutesBetween(appointment.startsAt, appointment.endsAt) : null),
    placeId: change.placeId === undefined ? (ownPlace ?? null) : change.placeId,
    alsoIds: change.alsoIds ?? byName.map(({ id }) => id).filter((id) => id !== ownPlace && id !== practitionerId),
    preferIds: [...(placeId === null || change.placeId === null ? [] : [placeId]), ...needIds],
    meets: metBy(appointment, busy),
    overbook: change.overbook ?? null,
    outsideHours: change.outsideHours ?? false,
    instead: [appointment.id],
    beginsAnew: !startsAt.equals(appointment.startsAt),
  }
}

/** Visits with which an appointment shares somebody's time where it stands. */
export function metBy(appointment: Pick<Appointment, 'id'>, busy: readonly Busy[]): { resourceId: string; appointmentId: string }[] {
  const own = busy.filter((one) => one.appointmentId === appointment.id)
  const meets = (one: Busy): boolean => one.appointmentId !== appointment.id && own.some((mine) => mine.resourceId === one.resourceId && overlaps(mine, one))
  return busy.filter(meets).map(({ resourceId, appointmentId }) => ({ resourceId, appointmentId }))
}

/**
 * Moves, resizes or gives an appointment to somebody else. Throws what `arrange` throws, and `appointment_is_final` once it is
 * over; one that has begun may still be made longer or shorter, but begins when it began. One that shared somebody's time and
 * has it for itself now is overbooked no more; over another visit it needs a reason of its own.
 */
export function move(appointment: Appointment, change: Change, placement: Placement, situation: Situation, by: string | null, now: Instant): Moved {
  if (isFinal(appointment.status)) throw new Refusal('appointment_is_final', { status: appointment.status })
  if (!isAhead(appointment.status) && placement.beginsAnew) throw new Refusal('appointment_is_final', { status: appointment.status })
  const arranged = arrange(placement, situation, now)
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
    overbooked: overbookedThere(appointment, placement, arranged, situation, by, now),
    version: appointment.version + 1,
  }
  const step = moved.status === appointment.status ? null : { status: moved.status, reason: movedReason }
  const name = placement.beginsAnew ? 'appointment.moved' : 'appointment.changed'
  const anew = moved.overbooked !== null && moved.overbooked !== appointment.overbooked
  return { appointment: moved, arranged, step, events: [appointmentEvent(name, moved, { from: placeIn(appointment), to: placeIn(moved) }), ...(anew ? [overbookedEvent(moved, arranged)] : [])] }
}

/** The reason it had stays as long as it meets no other visits than before; with another practitioner it counts on their day. */
function overbookedThere({ overbooked, practitionerId }: Appointment, placement: Placement, arranged: Arranged, situation: Situation, by: string | null, now: Instant): Overbooked | null {
  if (arranged.overbookedIds.length === 0) return null
  if (placement.overbook || !overbooked) return newOverbooking(placement.overbook ?? null, arranged, situation, by, now)
  if (placement.practitionerId !== practitionerId) checkLimit(situation)
  return overbooked
}

/** Changes the desk's note alone: nothing that occupies time. Possible at any time of its life. */
export function rewriteNote(appointment: Appointment, deskNote: string): { appointment: Appointment; events: DomainEvent[] } {
  const changed = { ...appointment, deskNote, version: appointment.version + 1 }
  return { appointment: changed, events: [appointmentEvent('appointment.changed', changed, { fields: ['deskNote'] })] }
}

const placeIn = (appointment: Appointment) => ({
  startsAt: appointment.startsAt.toString(),
  endsAt: appointment.endsAt.toString(),
  practitionerId: appointment.practitionerId,
  visitTypeId: appointment.visitTypeId,
  resourceIds: appointment.resourceIds,
})
