import type { Span } from './grid-model.ts'

/** What is being done to what; minutes since midnight. `grabbed` is the minute under the pointer when it began. */
export type Drag =
  | { kind: 'book'; column: number; grabbed: number }
  | { kind: 'move'; id: string; column: number; start: number; end: number; grabbed: number }
  | { kind: 'resize'; id: string; column: number; start: number; end: number; grabbed: number }

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
  if (drag.kind === 'resize') {
    const end = Math.min(raster.day.end, Math.max(drag.start + raster.step, round(drag.end + minute - drag.grabbed, raster.step)))
    return { column: drag.column, start: drag.start, end: Math.max(end, drag.start + raster.step) }
  }
  const length = drag.end - drag.start
  // Rounding the distance, not the place, would keep a card that stands at 10:07 off the raster for ever.
  const wanted = round(drag.start + minute - drag.grabbed, raster.step)
  const start = Math.max(raster.day.start, Math.min(raster.day.end - length, wanted))
  return { column, start, end: start + length }
}

function bookSpan(from: number, to: number, { day, slot }: Raster): Span {
  const first = Math.floor(Math.min(from, to) / slot) * slot
  const last = Math.max(Math.floor(from / slot) * slot + slot, Math.ceil(to / slot) * slot)
  return { start: Math.max(day.start, first), end: Math.min(day.end, last) }
}

const round = (minute: number, step: number): number => Math.round(minute / step) * step
