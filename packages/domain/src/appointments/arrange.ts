import { type LocalDay, localDay } from '../availability/local-day.ts'
import { alwaysOpen, openings } from '../availability/openings.ts'
import { type Span, covers, overlaps } from '../availability/spans.ts'
import { blockAt, refuseBlocked } from '../blocks/block-at.ts'
import type { DatedHours } from '../availability/openings.ts'
import { Refusal } from '../refusal.ts'
import { type Instant, addMinutes, dateIn } from '../time.ts'
import type { BookableResource, Busy, Situation, VisitType } from './situation.ts'

/** Where and when a visit should be. */
export interface Placement {
  branchId: string
  practitionerId: string
  /** On a whole minute. */
  startsAt: Instant
  /** Null: as long as visits of its kind are. */
  durationMinutes: number | null
  /** Null: whichever free one the kind of visit needs, if it needs one. */
  placeId: string | null
  /** Others who must be there. */
  alsoIds: readonly string[]
  /** Also where nobody works. The asker's permission for that is not checked here. */
  outsideHours: boolean
  /** The appointment itself when it moves, the hold that becomes it: what they occupy is free for this. */
  instead: readonly string[]
  /** Those in whose blocked time this visit may stay or go back to: it stood there before the block came. */
  standing?: readonly string[]
  /** False for a visit whose beginning stays where it is: that may well lie in the past. */
  beginsAnew: boolean
}

export interface Arranged {
  startsAt: Instant
  endsAt: Instant
  /** The practitioner first, then the place, then the others. */
  resourceIds: string[]
  /** What each of them is occupied for: the visit and its buffers. */
  occupied: { startsAt: Instant; endsAt: Instant }
  /** Holds that ran out and lie where this goes: to be released with the same write. */
  expiredHolds: string[]
  /** Whether the place was chosen here and not asked for: then another may do if it is gone at the last moment. */
  placeChosen: boolean
}

export const longestMinutes = 720
export const furthestDays = 731
/** A visit may be entered this long after its beginning: the patient stands at the desk before anybody types. */
export const lateEntryMinutes = 15

/**
 * Finds what a visit would occupy, or says why it cannot be there. Throws `starts_in_the_past`, `too_far_ahead`, `too_long`,
 * `not_offered_by_practitioner`, `resource_not_in_branch`, `room_kind_missing`, `outside_working_hours`, `slot_held`, `slot_taken`,
 * `time_blocked`, `reference_unknown`. A block holds against everybody, also outside hours: whoever means it takes the block away first. The visit itself must lie within the hours; its buffers must only not meet other visits.
 */
export function arrange(placement: Placement, situation: Situation, now: Instant): Arranged {
  const { visitType, zone } = situation
  const minutes = placement.durationMinutes ?? visitType.durationMinutes
  checkTime(placement, minutes, now)
  const people = [practitionerFor(placement, situation), ...placement.alsoIds.map((id) => memberOf(placement, situation, id))]
  const day = localDay(zone, dateIn(zone, placement.startsAt))
  const from = placement.startsAt.epochMilliseconds / 60_000
  const visit = { from, to: from + minutes }
  const occupied = { from: visit.from - visitType.bufferBefore, to: visit.to + visitType.bufferAfter }
  const stood = (resource: BookableResource): boolean => placement.standing?.includes(resource.id) ?? false
  const blocked: BlockOf = (resource) => (stood(resource) ? undefined : blockAt(day, resource.exceptions, visit))
  const works = (resource: BookableResource): boolean => !blocked(resource) && (stood(resource) || placement.outsideHours || covers(openOn(day, resource), visit))
  const others = situation.busy.filter((busy) => !placement.instead.includes(busy.appointmentId) && overlaps(busy, occupied))
  const inTheWay = (resource: BookableResource): Busy[] => others.filter((busy) => busy.resourceId === resource.id && !hasExpired(busy, now))

  for (const person of people) {
    refuseBlocked(person.id, blocked(person))
    if (!works(person)) throw new Refusal('outside_working_hours', { resourceId: person.id })
    refuseBusy(person.id, inTheWay(person))
  }
  const place = placeFor(placement, situation, { works, blocked }, inTheWay)
  const resourceIds = [...new Set([placement.practitionerId, ...(place ? [place.id] : []), ...placement.alsoIds])]
  return {
    startsAt: placement.startsAt,
    endsAt: addMinutes(placement.startsAt, minutes),
    resourceIds,
    occupied: instants(placement.startsAt, minutes, visitType),
    expiredHolds: [...new Set(others.filter((busy) => resourceIds.includes(busy.resourceId) && hasExpired(busy, now)).map((busy) => busy.appointmentId))],
    placeChosen: placement.placeId === null && place !== null,
  }
}

/**
 * When a resource may be booked that day. A person without hours does not work. A place without hours of its own is there
 * whenever somebody works in it: a closing of the branch sends the people home, and only a closing of its own closes a room.
 */
export function openOn(day: LocalDay, { kind, hours, exceptions }: Pick<BookableResource, 'kind' | 'hours' | 'exceptions'>): Span[] {
  if (kind === 'practitioner') return openings(day, hours, exceptions)
  return openings(day, hours.length === 0 ? alwaysOpen : hours, exceptions.filter((exception) => !exception.whole))
}

/** Whether a practitioner does this kind of visit. */
export const offers = (visitType: VisitType, resource: BookableResource): boolean =>
  resource.kind === 'practitioner' &&
  resource.active &&
  (visitType.practitionerIds.length > 0 ? visitType.practitionerIds.includes(resource.id) : visitType.profession === null || visitType.profession === resource.profession)

/** The places of a branch that would do for a kind of visit. */
export const placesFor = (visitType: VisitType, branchId: string, resources: readonly BookableResource[]): BookableResource[] =>
  resources.filter((resource) => resource.kind === visitType.placeKind && resource.branchId === branchId && resource.active)

type BlockOf = (resource: BookableResource) => DatedHours | undefined

function checkTime({ startsAt, beginsAnew }: Placement, minutes: number, now: Instant): void {
  if (startsAt.epochMilliseconds % 60_000 !== 0) throw new RangeError('a visit begins on a whole minute')
  if (minutes > longestMinutes) throw new Refusal('too_long', { minutes: longestMinutes })
  if (!beginsAnew) return
  const ahead = (startsAt.epochMilliseconds - now.epochMilliseconds) / 60_000
  if (ahead < -lateEntryMinutes) throw new Refusal('starts_in_the_past')
  if (ahead > furthestDays * 24 * 60) throw new Refusal('too_far_ahead', { days: furthestDays })
}

function practitionerFor({ practitionerId }: Placement, { visitType, resources }: Situation): BookableResource {
  const practitioner = resources.find((resource) => resource.id === practitionerId)
  if (!practitioner || !visitType.active) throw new Refusal('reference_unknown')
  if (!offers(visitType, practitioner)) throw new Refusal('not_offered_by_practitioner')
  return practitioner
}

function memberOf({ branchId }: Placement, { resources }: Situation, id: string): BookableResource {
  const resource = resources.find((candidate) => candidate.id === id)
  if (!resource?.active) throw new Refusal('reference_unknown')
  if (resource.branchId !== null && resource.branchId !== branchId) throw new Refusal('resource_not_in_branch')
  return resource
}

function placeFor(placement: Placement, situation: Situation, { works, blocked }: { works: (resource: BookableResource) => boolean; blocked: BlockOf }, inTheWay: (resource: BookableResource) => Busy[]): BookableResource | null {
  const { placeKind } = situation.visitType
  if (placement.placeId !== null) {
    const place = memberOf(placement, situation, placement.placeId)
    if (place.kind === 'practitioner' || (placeKind !== null && place.kind !== placeKind)) throw new Refusal('room_kind_missing')
    refuseBlocked(place.id, blocked(place))
    if (!works(place)) throw new Refusal('outside_working_hours', { resourceId: place.id })
    refuseBusy(place.id, inTheWay(place))
    return place
  }
  if (placeKind === null) return null
  const places = placesFor(situation.visitType, placement.branchId, situation.resources)
  // Somebody who was asked for by name may be such a place already.
  const given = places.find((place) => placement.alsoIds.includes(place.id))
  if (given) return given
  if (places.length === 0) throw new Refusal('room_kind_missing')
  const open = places.filter(works)
  const free = open.find((place) => inTheWay(place).length === 0)
  if (free) return free
  const first = open[0]
  if (!first) refuseBlocked(places[0]?.id ?? '', places[0] && blocked(places[0]))
  if (!first) throw new Refusal('outside_working_hours')
  throw new Refusal(open.some((place) => inTheWay(place).every((busy) => busy.holdExpiresMs !== null)) ? 'slot_held' : 'slot_taken', { resourceId: first.id })
}

function refuseBusy(resourceId: string, inTheWay: readonly Busy[]): void {
  if (inTheWay.length === 0) return
  throw new Refusal(inTheWay.every((busy) => busy.holdExpiresMs !== null) ? 'slot_held' : 'slot_taken', { resourceId })
}

export const hasExpired = (busy: Busy, now: Instant): boolean => busy.holdExpiresMs !== null && busy.holdExpiresMs <= now.epochMilliseconds

const instants = (startsAt: Instant, minutes: number, { bufferBefore, bufferAfter }: VisitType): { startsAt: Instant; endsAt: Instant } => ({
  startsAt: addMinutes(startsAt, -bufferBefore),
  endsAt: addMinutes(startsAt, minutes + bufferAfter),
})

