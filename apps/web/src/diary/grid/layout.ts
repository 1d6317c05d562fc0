import type { Span } from './grid-model.ts'

/** Side by side: the event takes lanes `lane` to `lane + width` of `lanes`. */
export interface Lane {
  lane: number
  width: number
  lanes: number
}

/**
 * Places the events of one column so that none hides another. Events that overlap, directly or through others, share the
 * column's width in lanes; each widens over lanes that nobody needs beside it. Same order as given.
 */
export function layOut(events: readonly Span[]): Lane[] {
  const placed = events.map((): Lane => ({ lane: 0, width: 1, lanes: 1 }))
  const order = events.map((_, index) => index).sort((a, b) => compare(at(events, a), at(events, b)) || a - b)
  let group: number[] = []
  let groupEnd = -Infinity
  for (const index of order) {
    const event = at(events, index)
    if (event.start >= groupEnd) {
      settle(group, events, placed)
      group = []
      groupEnd = -Infinity
    }
    group.push(index)
    groupEnd = Math.max(groupEnd, event.end)
  }
  settle(group, events, placed)
  return placed
}

const compare = (a: Span, b: Span): number => a.start - b.start || b.end - a.end

function settle(group: readonly number[], events: readonly Span[], placed: Lane[]): void {
  const lanes: number[][] = []
  for (const index of group) {
    const free = lanes.findIndex((lane) => at(events, lane.at(-1) ?? 0).end <= at(events, index).start)
    const lane = free === -1 ? lanes.push([]) - 1 : free
    at(lanes, lane).push(index)
    placed[index] = { lane, width: 1, lanes: 1 }
  }
  for (const index of group) {
    const { lane } = at(placed, index)
    const next = lanes.findIndex((others, beside) => beside > lane && others.some((other) => touch(at(events, other), at(events, index))))
    placed[index] = { lane, width: (next === -1 ? lanes.length : next) - lane, lanes: lanes.length }
  }
}

const touch = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end

function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new RangeError(`no item ${index}`)
  return found
}
