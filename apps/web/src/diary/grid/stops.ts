import type { GridEvent, Span } from './grid-model.ts'

/** A place where the keyboard's cursor can stand: an empty slot or a card. */
export interface Stop extends Span {
  column: number
  eventId: string | null
}

/**
 * All stops of a column from top to bottom: every card, and the free time between them cut by the quarter raster. A slot
 * after a card of odd length is short, so that the next one is back on the raster.
 */
export function stopsOf(column: number, events: readonly Pick<GridEvent, 'id' | 'start' | 'end'>[], day: Span, slot: number): Stop[] {
  const cards = [...events].sort((a, b) => a.start - b.start || a.end - b.end)
  const stops: Stop[] = []
  let from = day.start
  for (const card of cards) {
    stops.push(...slots(column, { start: from, end: Math.min(card.start, day.end) }, slot))
    stops.push({ column, start: card.start, end: card.end, eventId: card.id })
    from = Math.max(from, card.end)
  }
  return [...stops, ...slots(column, { start: from, end: day.end }, slot)]
}

function slots(column: number, free: Span, slot: number): Stop[] {
  const found: Stop[] = []
  for (let start = free.start; start < free.end; ) {
    const end = Math.min(free.end, (Math.floor(start / slot) + 1) * slot)
    found.push({ column, start, end, eventId: null })
    start = end
  }
  return found
}

/** The stop at `minute`, or the nearest one. A column always has one as long as its day is not empty. */
export function stopAt(stops: readonly Stop[], minute: number): Stop | undefined {
  const distance = (stop: Stop): number => (minute < stop.start ? stop.start - minute : minute >= stop.end ? minute - stop.end + 1 : 0)
  return stops.reduce<Stop | undefined>((best, stop) => (best === undefined || distance(stop) < distance(best) ? stop : best), undefined)
}

/** Where a key leads among the stops of the cursor's own column; the end of the column holds it. */
export function stopByKey(stops: readonly Stop[], from: Stop, code: string): Stop | undefined {
  const index = stops.findIndex((stop) => stop.eventId === from.eventId && stop.start === from.start)
  if (code === 'ArrowDown') return stops[Math.min(stops.length - 1, index + 1)]
  if (code === 'ArrowUp') return stops[Math.max(0, index - 1)]
  if (code === 'Home') return stops[0]
  if (code === 'End') return stops.at(-1)
  return undefined
}

/** The neighbour column that a left or right arrow means: it follows the eye, not the order. 0 for other keys. */
export function columnStep(code: string, rtl: boolean): -1 | 0 | 1 {
  if (code === 'ArrowLeft') return rtl ? 1 : -1
  if (code === 'ArrowRight') return rtl ? -1 : 1
  return 0
}
