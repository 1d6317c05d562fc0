import type { Raster } from './drag.ts'
import type { GridEvent, Span } from './grid-model.ts'
import { columnStep } from './stops.ts'

/** A card on its way by Alt and arrows; it lands when Alt is let go. */
export interface Carried extends Span {
  kind: 'move' | 'resize'
  id: string
  column: number
}

/** The card as it lies when it is picked up; Shift makes it longer or shorter instead of moving it. */
export const pickUp = (card: GridEvent, column: number, shift: boolean): Carried => ({ kind: shift ? 'resize' : 'move', id: card.id, column, start: card.start, end: card.end })

/** Where an arrow takes it; null for other keys, and for arrows that mean nothing to it. Nothing leaves the day. */
export function carryBy(at: Carried, code: string, { day, step }: Raster, rtl: boolean, columns: number): Carried | null {
  const down = code === 'ArrowDown' ? step : code === 'ArrowUp' ? -step : 0
  const aside = at.kind === 'move' ? columnStep(code, rtl) : 0
  if (down === 0 && aside === 0) return null
  if (at.kind === 'resize') return { ...at, end: Math.min(day.end, Math.max(at.start + step, at.end + down)) }
  return { ...at, ...slide(at, down, day), column: Math.min(columns - 1, Math.max(0, at.column + aside)) }
}

function slide(span: Span, by: number, day: Span): Span {
  const start = Math.min(day.end - (span.end - span.start), Math.max(day.start, span.start + by))
  return { start, end: start + span.end - span.start }
}
