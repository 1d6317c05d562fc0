import { t } from '../../i18n.ts'
import { clockText, overlaps, spanText, within, type GridColumn, type GridEvent, type Place, type Span } from './grid-model.ts'
import type { Target } from './drag.ts'

export interface GhostScene {
  columns: readonly GridColumn[]
  events: readonly GridEvent[]
  day: Span
  pixelsPerMinute: number
  rtl: boolean
  /** What stands in the way there, in words, as the page or the cards know it; '' where nothing does. */
  warn: (ownId: string | null, place: Place, found: Obstacle | null) => string
}

/** What the cards themselves say against a place. */
export type Obstacle = { kind: 'taken'; by: GridEvent } | { kind: 'closed' }

export interface GhostParts {
  box: HTMLElement
  label: HTMLElement
  warning: HTMLElement
}

/**
 * Draws where a drag would land, straight into the DOM: through Vue's reactivity each pointer move cost twenty times as
 * much. It is moved by a transform of a layer of its own and only what differs is written, so that the cards below are neither laid
 * out nor painted anew. Warns in place of a time outside working hours and of one that is taken.
 */
export function drawGhost({ box, label, warning }: GhostParts, target: Target, ownId: string | null, scene: GhostScene): void {
  const column = scene.columns[target.column]
  if (!column) return
  const place = { columnId: column.id, start: target.start, end: target.end }
  const found = obstacleAt(place, column, ownId, scene.events)
  const words = scene.warn(ownId, place, found)
  const aside = target.column * (scene.rtl ? -100 : 100) // of its own width, which is a column's
  write(box.style, 'inlineSize', `${100 / scene.columns.length}%`)
  write(box.style, 'blockSize', `${(target.end - target.start) * scene.pixelsPerMinute}px`)
  write(box.style, 'transform', `translate(${aside}%, ${(target.start - scene.day.start) * scene.pixelsPerMinute}px)`)
  write(box.dataset, 'warns', words === '' ? '' : (found?.kind ?? 'taken'))
  write(box.dataset, 'clash', words)
  write(label, 'textContent', spanText(target))
  write(warning, 'textContent', words)
  box.hidden = false
}

function write<K extends string>(to: { [key in K]?: string | null }, key: K, value: string): void {
  if (to[key] !== value) to[key] = value
}

/** What stands in the way of a place, by the cards of its column and its working hours; a card is never in its own way. */
export function obstacleAt(place: Place, column: GridColumn, ownId: string | null, events: readonly GridEvent[]): Obstacle | null {
  const by = events.find((event) => event.columnId === column.id && event.id !== ownId && overlaps(event, place))
  if (by) return { kind: 'taken', by }
  return within(place, column.open) ? null : { kind: 'closed' }
}

/** The same in words, for a page that knows no more than the cards; '' where nothing is in the way. */
export function obstacleWords(found: Obstacle | null): string {
  if (found === null) return ''
  return found.kind === 'closed' ? t('diary.ghostClosed') : t('diary.ghostTaken', { title: found.by.title, until: `\u2066${clockText(found.by.end)}\u2069` })
}
