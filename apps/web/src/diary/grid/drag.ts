import type { Span } from './grid-model.ts'

/** What is being done to what; minutes since midnight. `grabbed` is the minute under the pointer when it began. */
export type Drag =
  | { kind: 'book'; column: number; grabbed: number }
  | { kind: 'move'; id: string; column: number; start: number; end: number; grabbed: number }
  | { kind: 'resize'; id: string; column: number; start: number; end: number; grabbed: number }
  /** Something from beside the grid, `length` minutes long, held by its upper edge. */
  | { kind: 'bring'; id: string; length: number }

export interface Raster {
  day: Span
  /** Moves and lengths go by this. */
  step: number
  /** Empty slots are cut by this. */
  slot: number
}

export interface Target extends Span {
  column: number
}

/** Where a drag would land with the pointer over `column` and `minute` (unrounded). Lengths survive a move, and nothing leaves the day. */
export function targetOf(drag: Drag, column: number, minute: number, raster: Raster): Target {
  if (drag.kind === 'book') return { column: drag.column, ...bookSpan(drag.grabbed, minute, raster) }
  if (drag.kind === 'bring') return { column, ...setDown(minute, drag.length, raster) }
  if (drag.kind === 'resize') {
    const end = Math.min(raster.day.end, Math.max(drag.start + raster.step, round(drag.end + minute - drag.grabbed, raster.step)))
    return { column: drag.column, start: drag.start, end: Math.max(end, drag.start + raster.step) }
  }
  return { column, ...setDown(drag.start + minute - drag.grabbed, drag.end - drag.start, raster) }
}

/** Whether letting go there would change anything. */
export const changes = (drag: Drag, target: Target): boolean =>
  drag.kind === 'book' || drag.kind === 'bring' || target.column !== drag.column || target.start !== drag.start || target.end !== drag.end

// Rounding the distance, not the place, would keep a card that stands at 10:07 off the raster for ever.
function setDown(minute: number, length: number, { day, step }: Raster): Span {
  const start = Math.max(day.start, Math.min(day.end - length, round(minute, step)))
  return { start, end: start + length }
}

function bookSpan(from: number, to: number, { day, slot }: Raster): Span {
  const first = Math.floor(Math.min(from, to) / slot) * slot
  const last = Math.max(Math.floor(from / slot) * slot + slot, Math.ceil(to / slot) * slot)
  return { start: Math.max(day.start, first), end: Math.min(day.end, last) }
}

const round = (minute: number, step: number): number => Math.round(minute / step) * step
