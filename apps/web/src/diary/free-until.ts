import type { GridEvent, Place } from './grid/grid-model.ts'

const usualMinutes = 60

/** Until when a block from here on would be in nobody's way, in minutes since midnight: the usual hour, or until the next card of the column. */
export function freeUntil(place: Place, events: readonly GridEvent[]): number {
  const next = events.filter(({ columnId, start }) => columnId === place.columnId && start >= place.end).map(({ start }) => start)
  return Math.min(place.start + usualMinutes, ...next)
}
