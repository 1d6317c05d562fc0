import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import { t } from '../../i18n.ts'
import { announce } from '../../ui/announcer.ts'
import type { Raster } from './drag.ts'
import { columnName, spanText, within, type GridColumn, type GridEvent, type Span } from './grid-model.ts'
import { stopAt, stopsOf, type Stop } from './stops.ts'

export interface CursorParts {
  columns: () => readonly GridColumn[]
  eventsIn: (columnId: string) => readonly GridEvent[]
  day: () => Span
  raster: () => Raster
}

export interface GridCursor {
  at: ComputedRef<Stop | undefined>
  /** The minute that sideways steps keep to, however long the cards on the way are. */
  minute: () => number | undefined
  stopsIn: (column: number) => Stop[]
  /** The card at a stop; undefined on an empty slot. */
  cardAt: (stop: Stop) => GridEvent | undefined
  /** Goes there and says it. */
  go: (stop: Stop | undefined, minute?: number) => void
  /** Goes there without a word: the pointer or the page brought it. */
  standOn: (column: number, minute: number) => void
}

/** The keyboard's cursor: it stands on an empty slot or on a card, and stays with the card wherever that goes. */
export function useGridCursor(parts: CursorParts): GridCursor {
  const wanted = shallowRef<{ column: number; minute: number; eventId: string | null } | null>(null)
  const stopsIn = (column: number): Stop[] => {
    const { id } = parts.columns()[column] ?? {}
    return id === undefined ? [] : stopsOf(column, parts.eventsIn(id), parts.day(), parts.raster().slot)
  }
  // Looked up anew from what is there now: cards come and go under the cursor.
  const at = computed<Stop | undefined>(() => {
    if (wanted.value === null) return undefined
    const { eventId, minute } = wanted.value
    const column = Math.min(wanted.value.column, parts.columns().length - 1)
    return (eventId === null ? undefined : stopOfEvent(eventId, parts.columns().length, stopsIn)) ?? stopAt(stopsIn(column), minute)
  })
  const cardAt = (stop: Stop): GridEvent | undefined => {
    const column = parts.columns()[stop.column]
    return column && stop.eventId !== null ? parts.eventsIn(column.id).find(({ id }) => id === stop.eventId) : undefined
  }
  const stand = (stop: Stop, minute: number): void => void (wanted.value = { column: stop.column, minute, eventId: stop.eventId })

  watch(parts.columns, (columns) => wanted.value && wanted.value.column >= columns.length && (wanted.value = null))
  return {
    at,
    minute: () => wanted.value?.minute,
    stopsIn,
    cardAt,
    go(stop, minute) {
      if (!stop) return
      stand(stop, minute ?? stop.start)
      speak(stop, parts.columns()[stop.column], cardAt(stop))
    },
    standOn(column, minute) {
      const stop = stopAt(stopsIn(column), minute)
      if (stop) stand(stop, stop.start)
    },
  }
}

function stopOfEvent(eventId: string, columns: number, stopsIn: (column: number) => Stop[]): Stop | undefined {
  for (let column = 0; column < columns; column += 1) {
    const found = stopsIn(column).find((stop) => stop.eventId === eventId)
    if (found) return found
  }
  return undefined
}

function speak(stop: Stop, column: GridColumn | undefined, card: GridEvent | undefined): void {
  if (!column) return
  const said = { who: columnName(column), time: spanText(stop) }
  if (card) announce(t('diary.card', { ...said, title: card.title, status: card.toneLabel }))
  else announce(t(within(stop, column.open) ? 'diary.freeSlot' : 'diary.closedSlot', said))
}
