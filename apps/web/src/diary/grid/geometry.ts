import type { Span } from './grid-model.ts'

/** The columns' box on the screen, in CSS pixels; its inline size is shared evenly. */
export interface Box {
  left: number
  top: number
  width: number
}

/** Index of the column under `x`, the nearest one when outside. In right-to-left the first column is the rightmost. */
export function columnAt(x: number, box: Box, count: number, rtl: boolean): number {
  const along = rtl ? box.left + box.width - x : x - box.left
  return Math.min(count - 1, Math.max(0, Math.floor((along / box.width) * count)))
}

/** The minute of the day under `y`, unrounded, and beyond the day when outside. */
export const minuteAt = (y: number, box: Box, day: Span, pixelsPerMinute: number): number => day.start + (y - box.top) / pixelsPerMinute

/** The parts of the day that no open span covers. */
export function closedSpans(day: Span, open: readonly Span[]): Span[] {
  const closed: Span[] = []
  let from = day.start
  for (const span of open) {
    if (span.start > from) closed.push({ start: from, end: Math.min(span.start, day.end) })
    from = Math.max(from, span.end)
  }
  if (from < day.end) closed.push({ start: from, end: day.end })
  return closed.filter((span) => span.start < span.end)
}

/** Pixels to scroll per frame while a drag is held `at` the edges of `from`…`to`: none in the middle, faster nearer the edge. */
export function edgeSpeed(at: number, from: number, to: number): number {
  const zone = Math.min(48, (to - from) / 4)
  if (at < from + zone) return -Math.ceil(((from + zone - at) / zone) * 14)
  if (at > to - zone) return Math.ceil(((at - to + zone) / zone) * 14)
  return 0
}
