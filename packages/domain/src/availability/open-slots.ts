import type { LocalDay } from './local-day.ts'
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

/** What has to be free together: one of the practitioners, one of the places (if any are named), and all of the others. */
export interface Wanted {
  practitioners: readonly Calendar[]
  /** Null: the visit needs no place of its own. An empty list: it needs one and there is none. */
  places: readonly Calendar[] | null
  others: readonly Calendar[]
}

export interface OpenSlot {
  /** Minutes since 1970. */
  start: number
  practitionerId: string
  placeId: string | null
}

/**
 * Every start on a day's grid (`step` minutes from its midnight: 5, 10, 15 or 30) at which all that is wanted is free, by time and
 * then in the practitioners' order. `within` bounds the starts, for example to those after now.
 */
export function openSlots(day: LocalDay, wanted: Wanted, length: Length, step: number, within: Span): OpenSlot[] {
  const places = wanted.places?.map((place) => ({ id: place.resourceId, starts: freeStarts(place, length) }))
  const together = [clip(day.span, within), ...wanted.others.map((other) => freeStarts(other, length))]
  if (places) together.push(merged(places.flatMap((place) => place.starts)))
  const bounds = together.reduce(common)
  const slots = wanted.practitioners.flatMap((practitioner) =>
    gridPoints(common(freeStarts(practitioner, length), bounds), day.span.from, step).map((start) => ({
      start,
      practitionerId: practitioner.resourceId,
      placeId: places?.find((place) => place.starts.some((span) => span.from <= start && start < span.to))?.id ?? null,
    })),
  )
  return slots.sort((a, b) => a.start - b.start) // stable: the practitioners keep their order
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
