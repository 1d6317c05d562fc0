import type { LocalDay } from './local-day.ts'
import { distinct } from './distinct.ts'
import { type Span, common, merged, without } from './spans.ts'

/** Somebody or something that a visit needs: when it may be booked, and what it already has (buffers included). */
export interface Calendar {
  resourceId: string
  open: readonly Span[]
  busy: readonly Span[]
}

/** What a visit takes, in minutes. The visit itself lies inside everyone's hours; its buffers only must not meet others. */
export interface Length {
  minutes: number
  bufferBefore: number
  bufferAfter: number
}

/** What has to be free together: one of the practitioners, one of the places (if any are named), one for each need, and all of the others. */
export interface Wanted {
  practitioners: readonly Calendar[]
  /** Null: the visit needs no place of its own. An empty list: it needs one and there is none. */
  places: readonly Calendar[] | null
  /** For each further need those who would do; nobody and nothing serves twice. Unset: none. */
  needs?: readonly (readonly Calendar[])[]
  others: readonly Calendar[]
}

export interface OpenSlot {
  /** Minutes since 1970. */
  start: number
  practitionerId: string
  placeId: string | null
  /** Who and what would serve the further needs, in their order. */
  alsoIds: readonly string[]
}

/**
 * Every start on a day's grid (`step` minutes from its midnight: 5, 10, 15 or 30) at which all that is wanted is free, by time and
 * then in the practitioners' order. `within` bounds the starts, for example to those after now.
 */
export function openSlots(day: LocalDay, wanted: Wanted, length: Length, step: number, within: Span): OpenSlot[] {
  const startsOf = (list: readonly Calendar[]): Starts[] => list.map((one) => ({ id: one.resourceId, starts: freeStarts(one, length) }))
  const wants = [...(wanted.places ? [wanted.places] : []), ...(wanted.needs ?? [])].map(startsOf)
  const together = [clip(day.span, within), ...wanted.others.map((other) => freeStarts(other, length)), ...wants.map((would) => merged(would.flatMap(({ starts }) => starts)))]
  const bounds = together.reduce(common)
  const slots = startsOf(wanted.practitioners).flatMap(({ id, starts }) => gridPoints(common(starts, bounds), day.span.from, step).flatMap((start) => slotAt(start, id, wanted, wants)))
  return slots.sort((a, b) => a.start - b.start) // stable: the practitioners keep their order
}

interface Starts {
  id: string
  starts: readonly Span[]
}

function slotAt(start: number, practitionerId: string, { places, needs = [], others }: Wanted, wants: readonly (readonly Starts[])[]): OpenSlot[] {
  const isFree = ({ starts }: Starts): boolean => starts.some((span) => span.from <= start && start < span.to)
  if (needs.length === 0) return [{ start, practitionerId, placeId: wants[0]?.find(isFree)?.id ?? null, alsoIds: [] }]
  const free = wants.map((would) => would.filter(isFree).map(({ id }) => id))
  const found = distinct(free, new Set([practitionerId, ...others.map(({ resourceId }) => resourceId)]))
  if (!found) return []
  return [places ? { start, practitionerId, placeId: found[0] ?? null, alsoIds: found.slice(1) } : { start, practitionerId, placeId: null, alsoIds: found }]
}

/** The minutes at which a visit may start for this one alone. */
export function freeStarts({ open, busy }: Calendar, { minutes, bufferBefore, bufferAfter }: Length): Span[] {
  // A start collides when the visit with its buffers reaches into something busy; touching it is fine.
  const collisions = busy.map(({ from, to }) => ({ from: from - minutes - bufferAfter + 1, to: to + bufferBefore }))
  return without(open.map(({ from, to }) => ({ from, to: to - minutes + 1 })).filter(({ from, to }) => from < to), collisions)
}

function gridPoints(starts: readonly Span[], midnight: number, step: number): number[] {
  const points: number[] = []
  for (const { from, to } of starts) {
    for (let at = midnight + Math.ceil((from - midnight) / step) * step; at < to; at += step) points.push(at)
  }
  return points
}

const clip = (day: Span, within: Span): Span[] => common([day], [within])
