import type { Ref } from 'vue'
import { columnAt, minuteAt } from './geometry.ts'
import type { Place, Span } from './grid-model.ts'

interface Point {
  x: number
  y: number
}

interface Parts {
  layer: Ref<HTMLElement | null>
  /** What is drawn where the cursor stands. */
  cursorMark: Ref<HTMLElement | null>
  cardOf: (id: string) => HTMLElement | null
  scene: () => { columns: number; day: Span; pixelsPerMinute: number; rtl: boolean }
  standOn: (column: number, minute: number) => void
  /** The empty slot under the cursor; null where it stands on a card. */
  slot: () => Place | null
  hide: () => void
  menu: (id: string, at: Point) => void
  slotMenu: (place: Place, at: Point) => void
}

/** The menus of cards and of empty slots: by the right button, by the menu key at the cursor, by a long press. */
export function useGridMenus({ layer, cursorMark, cardOf, scene, standOn, slot, hide, menu, slotMenu }: Parts) {
  /** The menu of the slot that the cursor stands on. */
  function atSlot(at: Point): void {
    const place = slot()
    hide()
    if (place) slotMenu(place, at)
  }
  function openAt(box: DOMRect | undefined, open: (at: Point) => void): void {
    if (box) open({ x: box.left + box.width / 2, y: box.top + Math.min(box.height, 24) })
  }
  return {
    atSlot,
    openMenu: (id: string): void => openAt(cardOf(id)?.getBoundingClientRect(), (at) => menu(id, at)),
    openSlotMenu: (): void => openAt(cursorMark.value?.getBoundingClientRect(), atSlot),
    onContextMenu(event: MouseEvent): void {
      if (!(event.target instanceof Element) || event.target.closest('[data-block]')) return // a block has a dialog of its own
      event.preventDefault()
      // A long press lifts first, and the menu key is heard as a key: the cursor is the place then, not the pointer.
      if (event instanceof PointerEvent && event.pointerType !== 'mouse' && event.pointerType !== 'pen') return
      hide()
      const at = { x: event.clientX, y: event.clientY }
      const id = event.target.closest<HTMLElement>('[data-event]')?.dataset['event']
      if (id !== undefined) return menu(id, at)
      const box = layer.value?.getBoundingClientRect()
      if (!box) return
      const { columns, day, pixelsPerMinute, rtl } = scene()
      standOn(columnAt(at.x, box, columns, rtl), minuteAt(at.y, box, day, pixelsPerMinute))
      atSlot(at)
    },
  }
}
