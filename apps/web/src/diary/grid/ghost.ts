import { overlaps, spanText, within, type GridColumn, type GridEvent, type Span } from './grid-model.ts'
import type { Target } from './drag.ts'

export interface GhostScene {
  columns: readonly GridColumn[]
  events: readonly GridEvent[]
  day: Span
  pixelsPerMinute: number
  /** In words, what would be in the way of a card there; empty where nothing is known. */
  clash?: ((cardId: string, target: Target) => string) | undefined
}

/**
 * Draws where a drag would land, straight into the DOM: through Vue's reactivity each pointer move cost twenty times as
 * much. Warns in place of a time outside working hours and of one that is taken.
 */
export function drawGhost(ghost: HTMLElement, label: HTMLElement, target: Target, ownId: string | null, scene: GhostScene): void {
  const column = scene.columns[target.column]
  if (!column) return
  const share = 100 / scene.columns.length
  ghost.style.insetInlineStart = `${target.column * share}%`
  ghost.style.inlineSize = `${share}%`
  ghost.style.top = `${(target.start - scene.day.start) * scene.pixelsPerMinute}px`
  ghost.style.blockSize = `${(target.end - target.start) * scene.pixelsPerMinute}px`
  const taken = scene.events.some((event) => event.columnId === column.id && event.id !== ownId && overlaps(event, target))
  const words = ownId === null ? '' : (scene.clash?.(ownId, target) ?? '')
  ghost.dataset['warns'] = taken ? 'taken' : within(target, column.open) ? (words ? 'taken' : '') : 'closed'
  label.textContent = spanText(target)
  ghost.dataset['clash'] = words
  ghost.hidden = false
}
