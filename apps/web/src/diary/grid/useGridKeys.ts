import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import { t } from '../../i18n.ts'
import { announce } from '../../ui/announcer.ts'
import type { Raster } from './drag.ts'
import { columnName, spanText, within, type GridColumn, type GridEvent, type Place, type Span } from './grid-model.ts'
import { columnStep, stopAt, stopByKey, stopsOf, type Stop } from './stops.ts'

interface Parts {
  columns: () => readonly GridColumn[]
  eventsIn: (columnId: string) => readonly GridEvent[]
  day: () => Span
  raster: () => Raster
  rtl: () => boolean
  movable: () => boolean
  book: (place: Place) => void
  open: (id: string) => void
  menu: (id: string) => void
  change: (kind: 'move' | 'resize', id: string, place: Place) => void
}

/** A card on its way by Alt and arrows; it lands when Alt is let go. */
export interface Carried extends Span {
  kind: 'move' | 'resize'
  id: string
  column: number
}

/** The grid by keyboard: one cursor that walks over empty slots and cards, and says each step. */
export function useGridKeys(parts: Parts): {
  cursor: ComputedRef<Stop | undefined>
  carried: ComputedRef<Carried | null>
  onKey: (event: KeyboardEvent) => void
  onKeyUp: (event: KeyboardEvent) => void
  drop: () => void
  standOn: (column: number, minute: number) => void
} {
  const wanted = shallowRef<{ column: number; minute: number; eventId: string | null } | null>(null)
  const carried = shallowRef<Carried | null>(null)

  const stopsIn = (column: number): Stop[] => {
    const { id } = parts.columns()[column] ?? {}
    return id === undefined ? [] : stopsOf(column, parts.eventsIn(id), parts.day(), parts.raster().slot)
  }
  // Looked up anew from what is there now: cards come and go under the cursor.
  const cursor = computed<Stop | undefined>(() => {
    if (wanted.value === null) return undefined
    const { eventId } = wanted.value
    const column = Math.min(wanted.value.column, parts.columns().length - 1)
    return (eventId === null ? undefined : findEvent(eventId)) ?? stopAt(stopsIn(column), wanted.value.minute)
  })

  function findEvent(eventId: string): Stop | undefined {
    for (let column = 0; column < parts.columns().length; column += 1) {
      const found = stopsIn(column).find((stop) => stop.eventId === eventId)
      if (found) return found
    }
    return undefined
  }

  function standOn(column: number, minute: number): void {
    const stop = stopAt(stopsIn(column), minute)
    if (stop) wanted.value = { column, minute: stop.start, eventId: stop.eventId }
  }

  function go(stop: Stop | undefined, minute?: number): void {
    if (!stop) return
    wanted.value = { column: stop.column, minute: minute ?? stop.start, eventId: stop.eventId }
    speak(stop)
  }

  function speak(stop: Stop): void {
    const column = parts.columns()[stop.column]
    if (!column) return
    const card = stop.eventId === null ? undefined : parts.eventsIn(column.id).find(({ id }) => id === stop.eventId)
    const said = { who: columnName(column), time: spanText(stop) }
    if (card) announce(t('diary.card', { ...said, title: card.title, status: card.toneLabel }))
    else announce(t(within(stop, column.open) ? 'diary.freeSlot' : 'diary.closedSlot', said))
  }

  function onKey(event: KeyboardEvent): void {
    const from = cursor.value
    if (!from) return go(stopAt(stopsIn(0), parts.day().start))
    const used = event.altKey ? carry(event, from) : walk(event, from) || act(event, from)
    if (!used) return
    event.preventDefault()
    event.stopPropagation()
  }

  function walk(event: KeyboardEvent, from: Stop): boolean {
    if (event.ctrlKey || event.metaKey) return false
    const aside = columnStep(event.code, parts.rtl())
    if (aside !== 0) {
      const column = Math.min(parts.columns().length - 1, Math.max(0, from.column + aside))
      const minute = wanted.value?.minute ?? from.start
      return go(stopAt(stopsIn(column), minute), minute), true
    }
    const next = stopByKey(stopsIn(from.column), from, event.code)
    return go(next), next !== undefined
  }

  function act(event: KeyboardEvent, from: Stop): boolean {
    const column = parts.columns()[from.column]
    if (event.code === 'Escape' && carried.value) return (carried.value = null), announce(t('diary.dragCancelled')), true
    if (event.code === 'Enter' || event.code === 'Space') {
      if (from.eventId !== null) parts.open(from.eventId)
      else if (column) parts.book({ columnId: column.id, start: from.start, end: from.end })
      return true
    }
    if (from.eventId !== null && (event.code === 'ContextMenu' || (event.code === 'F10' && event.shiftKey))) return parts.menu(from.eventId), true
    return false
  }

  function carry(event: KeyboardEvent, from: Stop): boolean {
    const column = parts.columns()[from.column]
    const card = column && from.eventId !== null ? parts.eventsIn(column.id).find(({ id }) => id === from.eventId) : undefined
    if (!card || card.fixed || !parts.movable()) return event.code.startsWith('Arrow')
    const at = carried.value ?? { kind: event.shiftKey ? ('resize' as const) : ('move' as const), id: card.id, column: from.column, start: card.start, end: card.end }
    const { day, step } = parts.raster()
    const down = event.code === 'ArrowDown' ? step : event.code === 'ArrowUp' ? -step : 0
    const aside = at.kind === 'move' ? columnStep(event.code, parts.rtl()) : 0
    if (down === 0 && aside === 0) return event.code.startsWith('Arrow')
    const next: Carried =
      at.kind === 'resize'
        ? { ...at, end: Math.min(day.end, Math.max(at.start + step, at.end + down)) }
        : { ...at, ...slide(at, down, day), column: Math.min(parts.columns().length - 1, Math.max(0, at.column + aside)) }
    carried.value = next
    announce(t(at.kind === 'move' ? 'diary.movedTo' : 'diary.resizedTo', { who: columnName(parts.columns()[next.column]), time: spanText(next) }))
    return true
  }

  function slide(span: Span, by: number, day: Span): Span {
    const start = Math.min(day.end - (span.end - span.start), Math.max(day.start, span.start + by))
    return { start, end: start + span.end - span.start }
  }

  function drop(): void {
    const done = carried.value
    carried.value = null
    const column = done && parts.columns()[done.column]
    if (done && column) parts.change(done.kind, done.id, { columnId: column.id, start: done.start, end: done.end })
  }

  watch(parts.columns, (columns) => wanted.value && wanted.value.column >= columns.length && (wanted.value = null))
  return {
    cursor,
    carried: computed(() => carried.value),
    onKey,
    onKeyUp: (event) => void (event.key === 'Alt' && carried.value && (event.preventDefault(), drop())),
    drop,
    standOn,
  }
}
