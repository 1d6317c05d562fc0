import { computed, shallowRef, type ComputedRef } from 'vue'
import { t } from '../../i18n.ts'
import { announce } from '../../ui/announcer.ts'
import { carryBy, pickUp, type Carried } from './carry.ts'
import { columnName, spanText, type Place } from './grid-model.ts'
import { columnStep, stopAt, stopByKey, type Stop } from './stops.ts'
import { useGridCursor, type CursorParts, type GridCursor } from './useGridCursor.ts'

interface Parts extends CursorParts {
  rtl: () => boolean
  movable: () => boolean
  book: (place: Place) => void
  open: (id: string) => void
  menu: (id: string) => void
  /** The menu of the empty slot under the cursor. */
  slotMenu: () => void
  change: (kind: 'move' | 'resize', id: string, place: Place) => void
  /** X: put the card aside. */
  park: (id: string) => void
  /** V: set down here what was put aside. */
  paste: (place: Place) => void
  /** In words, what is in the way of what is carried now; empty where nothing is. */
  inTheWay: () => string
  /** I: tell all that is known of the card. */
  tell: (id: string) => void
}

interface GridKeys {
  cursor: ComputedRef<Stop | undefined>
  carried: ComputedRef<Carried | null>
  onKey: (event: KeyboardEvent) => void
  onKeyUp: (event: KeyboardEvent) => void
  drop: () => void
  standOn: (column: number, minute: number) => void
}

/** The grid by keyboard: one cursor that walks over empty slots and cards, and says each step. Keys go by their place on the keyboard. */
export function useGridKeys(parts: Parts): GridKeys {
  const cursor = useGridCursor(parts)
  const carried = shallowRef<Carried | null>(null)

  function onKey(event: KeyboardEvent): void {
    const from = cursor.at.value
    if (!from) return isPlain(event) || event.code.startsWith('Arrow') ? cursor.go(stopAt(cursor.stopsIn(0), parts.day().start)) : undefined
    const used = giveUp(event) || (event.altKey ? carry(event, from) : walk(event, from, cursor, parts) || act(event, from, cursor, parts))
    if (!used) return
    event.preventDefault()
    event.stopPropagation()
  }

  function giveUp({ code }: KeyboardEvent): boolean {
    if (code !== 'Escape' || !carried.value) return false
    carried.value = null
    announce(t('diary.dragCancelled'))
    return true
  }

  function carry(event: KeyboardEvent, from: Stop): boolean {
    const card = cursor.cardAt(from)
    const arrow = event.code.startsWith('Arrow')
    if (!card || card.fixed || !parts.movable()) return arrow
    const next = carryBy(carried.value ?? pickUp(card, from.column, event.shiftKey), event.code, parts.raster(), parts.rtl(), parts.columns().length)
    if (!next) return arrow
    carried.value = next
    const moved = t(next.kind === 'move' ? 'diary.movedTo' : 'diary.resizedTo', { who: columnName(parts.columns()[next.column]), time: spanText(next) })
    announce([moved, parts.inTheWay()].filter(Boolean).join('. '))
    return true
  }

  function drop(): void {
    const done = carried.value
    carried.value = null
    const column = done && parts.columns()[done.column]
    if (done && column) parts.change(done.kind, done.id, { columnId: column.id, start: done.start, end: done.end })
  }

  return {
    cursor: cursor.at,
    carried: computed(() => carried.value),
    onKey,
    onKeyUp: (event) => void (event.key === 'Alt' && carried.value && (event.preventDefault(), drop())),
    drop,
    standOn: cursor.standOn,
  }
}

const isPlain = ({ ctrlKey, metaKey, altKey, code }: KeyboardEvent): boolean => !ctrlKey && !metaKey && !altKey && (code === 'Enter' || code === 'Space')

function walk(event: KeyboardEvent, from: Stop, cursor: GridCursor, parts: Parts): boolean {
  if (event.ctrlKey || event.metaKey) return false
  const aside = columnStep(event.code, parts.rtl())
  if (aside !== 0) {
    const column = Math.min(parts.columns().length - 1, Math.max(0, from.column + aside))
    const minute = cursor.minute() ?? from.start
    return cursor.go(stopAt(cursor.stopsIn(column), minute), minute), true
  }
  const next = stopByKey(cursor.stopsIn(from.column), from, event.code)
  return cursor.go(next), next !== undefined
}

/** What a key does to the slot or card under the cursor. */
function act(event: KeyboardEvent, from: Stop, { cardAt }: GridCursor, parts: Parts): boolean {
  const column = parts.columns()[from.column]
  if (!column || event.ctrlKey || event.metaKey) return false
  const place = { columnId: column.id, start: from.start, end: from.end }
  const card = cardAt(from)
  const { code, shiftKey } = event
  if (code === 'Enter' || code === 'Space') return card ? parts.open(card.id) : parts.book(place), true
  if (code === 'KeyV' && !shiftKey && parts.movable()) return parts.paste(place), true
  if (code === 'ContextMenu' || (code === 'F10' && shiftKey)) return card ? parts.menu(card.id) : parts.slotMenu(), true
  if (!card) return false
  if (code === 'KeyX' && !shiftKey && parts.movable() && !card.fixed) return parts.park(card.id), true
  if (code === 'KeyI' && !shiftKey) return parts.tell(card.id), true
  return false
}
