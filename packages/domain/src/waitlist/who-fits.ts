import { arrange } from '../appointments/arrange.ts'
import type { Situation } from '../appointments/situation.ts'
import { localDay } from '../availability/local-day.ts'
import { partOf } from '../availability/part-of-day.ts'
import { type Span, overlaps } from '../availability/spans.ts'
import { Refusal } from '../refusal.ts'
import { type Instant, dateIn, isBefore } from '../time.ts'
import { type Urgency, type Wishes, isOver, urgencies } from './entry.ts'

/** A place that came free: somebody's time from a moment on. How long it is free, the diary says. */
export interface FreedPlace {
  branchId: string
  practitionerId: string
  startsAt: Instant
}

/** One who waits, with what speaks for and against a place. */
export interface Waiting extends Wishes {
  id: string
  visitTypeId: string
  durationMinutes: number | null
  urgency: Urgency
  waitingSince: Instant
  /** The visit that would move. */
  visit: { id: string; startsAt: Instant } | null
  /** The patient's other visits around that time: nobody is in two places at once. */
  elsewhere: readonly Span[]
}

export interface Fitting<W extends Waiting> {
  entry: W
  minutes: number
}

/** Whether a patient would want to come there and then: practitioner, day, part of the day, until when, and before the visit they have. */
export function wants(entry: Waiting, place: FreedPlace, zone: string): boolean {
  const date = dateIn(zone, place.startsAt)
  const start = place.startsAt.epochMilliseconds / 60_000
  const day = localDay(zone, date)
  const inPart = entry.parts.some((part) => {
    const { from, to } = partOf(day, part)
    return from <= start && start < to
  })
  return (
    (entry.practitionerIds.length === 0 || entry.practitionerIds.includes(place.practitionerId)) &&
    (entry.weekdays.length === 0 || entry.weekdays.includes(day.weekday)) &&
    (entry.parts.length === 0 || inPart) &&
    !isOver(entry.until, date) &&
    (entry.visit === null || isBefore(place.startsAt, entry.visit.startsAt))
  )
}

/**
 * Who could take a place, the most urgent first and among those who has waited longest. Each is placed as a booking would place
 * them: the practitioner does this kind of visit, is free for its length and buffers, and a room is there if it needs one.
 * @param situations by visit type, around the place; an entry whose kind is missing does not fit.
 * @param holdId a hold of this very place, which is in nobody's way here.
 */
export function whoFits<W extends Waiting>(place: FreedPlace, waiting: readonly W[], situations: ReadonlyMap<string, Situation>, now: Instant, holdId: string | null = null): Fitting<W>[] {
  return waiting
    .flatMap((entry) => {
      const situation = situations.get(entry.visitTypeId)
      if (!situation || !wants(entry, place, situation.zone)) return []
      const minutes = entry.durationMinutes ?? situation.visitType.durationMinutes
      return isElsewhere(entry, place, minutes) || !canBe(place, minutes, situation, now, holdId) ? [] : [{ entry, minutes }]
    })
    .sort((a, b) => beforeOther(a.entry, b.entry))
}

/** Sorts by urgency, then by how long somebody has waited. */
export const beforeOther = (a: Pick<Waiting, 'id' | 'urgency' | 'waitingSince'>, b: Pick<Waiting, 'id' | 'urgency' | 'waitingSince'>): number =>
  urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency) || a.waitingSince.epochMilliseconds - b.waitingSince.epochMilliseconds || (a.id < b.id ? -1 : 1)

function isElsewhere({ elsewhere }: Waiting, { startsAt }: FreedPlace, minutes: number): boolean {
  const from = startsAt.epochMilliseconds / 60_000
  return elsewhere.some((span) => overlaps(span, { from, to: from + minutes }))
}

function canBe(place: FreedPlace, minutes: number, situation: Situation, now: Instant, holdId: string | null): boolean {
  if (isBefore(place.startsAt, now)) return false // who waits at home cannot come to what has begun
  // The visit that would move is in the way as well: while an offer waits for its answer, both places are kept.
  const instead = holdId === null ? [] : [holdId]
  try {
    arrange({ ...place, durationMinutes: minutes, placeId: null, alsoIds: [], outsideHours: false, instead, beginsAnew: true }, situation, now)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
