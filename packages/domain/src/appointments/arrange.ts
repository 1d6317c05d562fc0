import { type LocalDay, localDay } from '../availability/local-day.ts'
import { type DatedHours, alwaysOpen, openings } from '../availability/openings.ts'
import { distinct } from '../availability/distinct.ts'
import { type Span, covers, overlaps } from '../availability/spans.ts'
import { blockAt, refuseBlocked } from '../blocks/block-at.ts'
import { Refusal } from '../refusal.ts'
import { type Instant, addMinutes, dateIn, instantFromMs } from '../time.ts'
import { meetsNeed, placesFor } from './needs.ts'
import type { Overbook } from './overbook.ts'
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
  /** Others who must be there. Those who would do for a need of the visit's kind are taken for it. */
  alsoIds: readonly string[]
  /** The place and the others that a moved visit had because its kind needs them: kept where they are free, exchanged where not. */
  preferIds?: readonly string[]
  /** Visits over which it lies already where it stands, by what they share: it may go on meeting them. */
  meets?: readonly { resourceId: string; appointmentId: string }[]
  /** To share the time of those who are taken. */
  overbook?: Overbook | null
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
  /** Those of them that are taken by another visit as well. */
  overbookedIds: string[]
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
 * `not_offered_by_practitioner`, `resource_not_in_branch`, `room_kind_missing`, `need_missing`, `outside_working_hours`, `slot_held`,
 * `slot_taken`, `time_blocked`, `reference_unknown`. A block holds against everybody, also outside hours: whoever means it takes the
 * block away first. The visit itself must lie within the hours; its buffers must only not meet other visits.
 */
export function arrange(placement: Placement, situation: Situation, now: Instant): Arranged {
  const { visitType } = situation
  const minutes = placement.durationMinutes ?? visitType.durationMinutes
  checkTime(placement, minutes, now)
  const asked = [practitionerFor(placement, situation), ...placement.alsoIds.map((id) => memberOf(placement, situation, id))]
  const ground = groundOf(placement, situation, minutes, now)
  for (const one of asked) ground.refuseUnlessFree(one)
  const { place, needIds } = neededFor(placement, situation, ground)
  const resourceIds = [...new Set([placement.practitionerId, ...(place === null ? [] : [place]), ...placement.alsoIds, ...needIds])]
  return {
    startsAt: placement.startsAt,
    endsAt: addMinutes(placement.startsAt, minutes),
    resourceIds,
    overbookedIds: resourceIds.filter(ground.isShared),
    occupied: instants(placement.startsAt, minutes, visitType),
    expiredHolds: ground.expiredHolds(resourceIds),
    placeChosen: placement.placeId === null && place !== null,
  }
}

/** What is known of the time that is asked about. */
interface Ground {
  works(resource: BookableResource): boolean
  /** What closes somebody's diary at that time. */
  blocked(resource: BookableResource): DatedHours | undefined
  /** What keeps the visit out. */
  inTheWay(resource: BookableResource): Busy[]
  refuseUnlessFree(resource: BookableResource): void
  /** Free, or taken and to be shared. */
  mayTake(resource: BookableResource): boolean
  /** The lower the sooner it is chosen: what it had, those within their hours, others, those whose time is shared. */
  rank(resource: BookableResource, preferred: boolean): number
  /** Whether it would share the time of somebody who has it for themselves. */
  isShared(resourceId: string): boolean
  expiredHolds(resourceIds: readonly string[]): string[]
}

function groundOf(placement: Placement, { zone, visitType, busy }: Situation, minutes: number, now: Instant): Ground {
  const { overbook = null, meets = [], instead, outsideHours } = placement
  const day = localDay(zone, dateIn(zone, placement.startsAt))
  const from = placement.startsAt.epochMilliseconds / 60_000
  const visit = { from, to: from + minutes }
  const occupied = { from: visit.from - visitType.bufferBefore, to: visit.to + visitType.bufferAfter }
  const others = busy.filter((one) => !instead.includes(one.appointmentId) && overlaps(one, occupied))
  const standing = others.filter((one) => !hasExpired(one, now))
  const isMet = (one: Busy): boolean => meets.some((met) => met.resourceId === one.resourceId && met.appointmentId === one.appointmentId)
  const stood = (resource: BookableResource): boolean => placement.standing?.includes(resource.id) ?? false
  const blocked = (resource: BookableResource): DatedHours | undefined => (stood(resource) ? undefined : blockAt(day, resource.exceptions, visit))
  const works = (resource: BookableResource): boolean => !blocked(resource) && (stood(resource) || outsideHours || covers(openOn(day, resource), visit))
  const inTheWay = (resource: BookableResource): Busy[] => standing.filter((one) => one.resourceId === resource.id && !isMet(one))
  // Somebody who fills in a booking at this moment is not pushed aside: their hold is over in minutes.
  const shares = (resource: BookableResource, taken: readonly Busy[]): boolean => overbook !== null && (resource.kind === 'practitioner' || overbook.places) && taken.every((one) => one.holdExpiresMs === null)
  return {
    works,
    blocked,
    inTheWay,
    refuseUnlessFree(resource) {
      refuseBlocked(resource.id, blocked(resource))
      if (!works(resource)) throw new Refusal('outside_working_hours', { resourceId: resource.id })
      const taken = inTheWay(resource)
      if (taken.length > 0 && !shares(resource, taken)) throw takenBy(resource.id, taken)
    },
    mayTake(resource) {
      const taken = inTheWay(resource)
      return works(resource) && (taken.length === 0 || shares(resource, taken))
    },
    rank: (resource, preferred) => (inTheWay(resource).length > 0 ? 4 : preferred ? 1 : covers(openOn(day, resource), visit) ? 2 : 3),
    isShared: (id) => standing.some((one) => one.resourceId === id && !(isMet(one) && one.overbooked)),
    expiredHolds: (ids) => [...new Set(others.filter((one) => ids.includes(one.resourceId) && hasExpired(one, now)).map((one) => one.appointmentId))],
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

/**
 * The place and whatever else the kind of visit needs, each found once. Who was asked for by name comes first, then what a moved
 * visit had, then those within their hours, and at last those whose time may be shared.
 */
function neededFor(placement: Placement, situation: Situation, ground: Ground): { place: string | null; needIds: string[] } {
  const { visitType, resources } = situation
  const { branchId, placeId, practitionerId, preferIds = [] } = placement
  const place = placeId === null ? null : placeAsked(placement, placeId, situation, ground)
  const anyPlace = place === null && visitType.placeKind !== null
  const asked = new Set([...placement.alsoIds, ...(place !== null && visitType.placeKind === null ? [place] : [])])
  const taken = new Set([practitionerId, ...(place !== null && !asked.has(place) ? [place] : [])])
  const rank = (resource: BookableResource): number => (asked.has(resource.id) ? 0 : ground.rank(resource, preferIds.includes(resource.id)))
  const wanted: Want[] = [
    ...(anyPlace ? [{ missing: 'room_kind_missing' as const, would: placesFor(visitType, branchId, resources) }] : []),
    ...visitType.needs.map((need) => ({ missing: 'need_missing' as const, would: resources.filter((resource) => !taken.has(resource.id) && meetsNeed(need, resource, branchId)) })),
  ]
  const able = wanted.map(({ would }) => would.filter((resource) => asked.has(resource.id) || ground.mayTake(resource)).sort((a, b) => rank(a) - rank(b)))
  const found = distinct(able.map((list) => list.map(({ id }) => id)), taken)
  if (!found) throw missingOf(wanted, able, ground)
  return { place: anyPlace ? (found[0] ?? null) : place, needIds: anyPlace ? found.slice(1) : found }
}

interface Want {
  missing: 'room_kind_missing' | 'need_missing'
  would: BookableResource[]
}

function placeAsked(placement: Placement, placeId: string, situation: Situation, ground: Ground): string {
  const { placeKind } = situation.visitType
  const place = memberOf(placement, situation, placeId)
  if (place.kind === 'practitioner' || (placeKind !== null && place.kind !== placeKind)) throw new Refusal('room_kind_missing')
  ground.refuseUnlessFree(place)
  return place.id
}

/** Why a visit does not get what its kind needs: the first of its wants that is in vain, or else that too few do for too many. */
function missingOf(wanted: readonly Want[], able: readonly BookableResource[][], { works, blocked, inTheWay }: Ground): Refusal {
  const want = wanted[able.findIndex((list) => list.length === 0)]
  if (!want) return new Refusal('need_missing')
  const { missing, would } = want
  const [any] = would
  if (!any) return new Refusal(missing)
  const open = would.filter(works)
  const first = open[0]
  if (!first) refuseBlocked(any.id, blocked(any))
  if (!first) return new Refusal('outside_working_hours')
  const held = open.find((one) => inTheWay(one).every((busy) => busy.holdExpiresMs !== null)) // somebody may still let go of it
  return takenBy((held ?? first).id, inTheWay(held ?? first))
}

/** Says who or what is taken and until when. */
function takenBy(resourceId: string, taken: readonly Busy[]): Refusal {
  const held = taken.length > 0 && taken.every((busy) => busy.holdExpiresMs !== null)
  const until = Math.max(...taken.map(({ to }) => to))
  return new Refusal(held ? 'slot_held' : 'slot_taken', { resourceId, ...(Number.isFinite(until) ? { until: instantFromMs(until * 60_000).toString() } : {}) })
}

export const hasExpired = (busy: Busy, now: Instant): boolean => busy.holdExpiresMs !== null && busy.holdExpiresMs <= now.epochMilliseconds

const instants = (startsAt: Instant, minutes: number, { bufferBefore, bufferAfter }: VisitType): { startsAt: Instant; endsAt: Instant } => ({
  startsAt: addMinutes(startsAt, -bufferBefore),
  endsAt: addMinutes(startsAt, minutes + bufferAfter),
})

