import { onBeforeUnmount, onMounted, type Ref } from 'vue'
import { dropAt, isOver, takeBrought, type Brought } from './bring.ts'
import { changes, targetOf, type Drag, type Raster, type Target } from './drag.ts'
import { edgeScroll } from './edge-scroll.ts'
import { columnAt, minuteAt } from './geometry.ts'
import { drawGhost, type GhostScene } from './ghost.ts'

export interface DragScene extends GhostScene {
  raster: Raster
  movable: boolean
  bookable: boolean
}

interface Parts {
  layer: Ref<HTMLElement | null>
  scroller: Ref<HTMLElement | null>
  ghost: Ref<HTMLElement | null>
  ghostLabel: Ref<HTMLElement | null>
  ghostWarning: Ref<HTMLElement | null>
  scene: () => DragScene
  /** A drag begins to show. */
  lifted: () => void
  /** A drag ended at `target`, somewhere else than it began. */
  drop: (drag: Drag, target: Target) => void
  /** A card was let go over a place beside the grid, by its name. */
  dropOut: (id: string, name: string) => void
  /** Pressed and let go without moving. */
  press: (drag: Drag, target: Target) => void
  /** Pressed long with a finger and let go without moving. */
  pressLong: (id: string, at: { x: number; y: number }) => void
  /** The same on an empty slot. */
  pressLongOn: (column: number, minute: number, at: { x: number; y: number }) => void
  cancelled: () => void
}

/** One press of a pointer, from down to up. */
interface Press {
  drag: Drag
  allowed: boolean
  pointer: number
  touch: boolean
  first: { x: number; y: number }
  last: { x: number; y: number }
  /** Null until it has moved far enough, or long enough, to be a drag. */
  target: Target | null
  over: HTMLElement | null
  /** What the ghost shows: what it was drawn from last. */
  drawn: readonly unknown[]
  timer: ReturnType<typeof setTimeout> | undefined
  scrolling: { stop: () => void } | null
}

const startPixels = 4
const longPressMs = 420
const touchSlack = 10

/**
 * Pointer drags on the grid: mouse and pen at once, touch after a long press (a swipe scrolls). Esc and a lost pointer
 * give everything up. The column and minute are read anew from the page at each move, so scrolling cannot skew them, and
 * nothing here depends on the cards staying the same: live changes do not end a drag.
 */
export function useGridDrag(parts: Parts): { onPointerDown: (event: PointerEvent) => void; dragging: () => boolean } {
  let press: Press | null = null

  function begin(event: PointerEvent, drag: Drag, allowed: boolean): void {
    const at = { x: event.clientX, y: event.clientY }
    const touch = event.pointerType === 'touch'
    press = { drag, allowed, pointer: event.pointerId, touch, first: at, last: at, target: null, over: null, drawn: [], timer: undefined, scrolling: null }
    if (touch) press.timer = setTimeout(lift, longPressMs)
    listen(true)
  }
  function lift(): void {
    if (!press?.allowed) return
    parts.lifted()
    getSelection()?.removeAllRanges() // while nothing may be selected, the browser looks through all cards for where it could be, at each move
    // The layer stays while cards come and go; a finger would stay with the card it began on.
    parts.layer.value?.setPointerCapture(press.pointer)
    document.documentElement.classList.add('dragging')
    follow(press, parts)
    const { value: scroller } = parts.scroller
    if (scroller) press.scrolling = edgeScroll(scroller, () => press?.last ?? { x: 0, y: 0 }, () => press && follow(press, parts))
  }
  function stop(): void {
    listen(false)
    if (press) clearPress(press, parts)
    press = null
  }
  const on = handlers({ press: () => press, lift, stop, parts })
  const listen = (listening: boolean): void => listenTo(on, listening ? 'addEventListener' : 'removeEventListener')

  onMounted(() => onBeforeUnmount(takeBrought((event, brought) => !press && event.button === 0 && begin(event, bringing(brought), parts.scene().movable))))
  onBeforeUnmount(stop)
  return {
    onPointerDown(event) {
      if (event.button !== 0 || !event.isPrimary || press) return
      const { drag, allowed } = dragFrom(event, parts)
      if (drag) begin(event, drag, allowed)
    },
    dragging: () => press?.target != null,
  }
}

const bringing = ({ id, length }: Brought): Drag => ({ kind: 'bring', id, length })

/** What a press begins: on a card to move it, on its edge to resize it, on an empty slot to book. */
function dragFrom(event: PointerEvent, parts: Parts): { drag: Drag | null; allowed: boolean } {
  const { columns, events, movable, bookable } = parts.scene()
  const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-event]') : null
  const { column, minute } = placeUnder(event.clientX, event.clientY, parts)
  if (!element) return { drag: bookable ? { kind: 'book', column, grabbed: minute } : null, allowed: true }
  const card = events.find(({ id }) => id === element.dataset['event'])
  if (!card) return { drag: null, allowed: false }
  const resize = element.classList.contains('card-movable') && isOnLowerEdge(event.clientY, element.getBoundingClientRect())
  const at = { id: card.id, column: columns.findIndex(({ id }) => id === card.columnId), start: card.start, end: card.end, grabbed: minute }
  return { drag: resize ? { kind: 'resize', ...at } : { kind: 'move', ...at }, allowed: movable && !card.fixed }
}

// As high as the edge that day-grid.css shows under the pointer.
const isOnLowerEdge = (y: number, { bottom, height }: DOMRect): boolean => y >= bottom - Math.min(6, height * 0.3)

function placeUnder(x: number, y: number, parts: Parts): { column: number; minute: number } {
  const box = parts.layer.value?.getBoundingClientRect() ?? new DOMRect()
  const { columns, day, pixelsPerMinute, rtl } = parts.scene()
  return { column: columnAt(x, box, columns.length, rtl), minute: minuteAt(y, box, day, pixelsPerMinute) }
}

/** Draws where it would land now, in the grid or on a place beside it. */
function follow(press: Press, parts: Parts): void {
  const [box, label, warning] = [parts.ghost.value, parts.ghostLabel.value, parts.ghostWarning.value]
  if (!box || !label || !warning) return
  const scene = parts.scene()
  const { column, minute } = placeUnder(press.last.x, press.last.y, parts)
  press.target = targetOf(press.drag, column, minute, scene.raster)
  pointAt(press, press.drag.kind === 'move' ? dropAt(press.last.x, press.last.y) : null)
  const inGrid = press.drag.kind !== 'bring' || isOver(press.last, parts.scroller.value)
  const hidden = press.over !== null || !inGrid
  const { target, drag, drawn } = press
  press.drawn = [hidden, target.column, target.start, target.end, scene.events, scene.columns, scene.pixelsPerMinute]
  if (press.drawn.every((one, index) => one === drawn[index])) return // most moves stay within five minutes
  if (hidden) box.hidden = true
  else drawGhost({ box, label, warning }, target, drag.kind === 'book' ? null : drag.id, scene)
}

function pointAt(press: Press, over: HTMLElement | null): void {
  if (press.over === over) return
  press.over?.removeAttribute('data-over')
  over?.setAttribute('data-over', '')
  press.over = over
}

function clearPress(press: Press, parts: Parts): void {
  clearTimeout(press.timer)
  press.scrolling?.stop()
  pointAt(press, null)
  document.documentElement.classList.remove('dragging')
  if (parts.ghost.value) parts.ghost.value.hidden = true
}

/** Tells the page what a press came to. */
function settle({ drag, target, over, touch, first, last }: Press, parts: Parts): void {
  if (target === null) return drag.kind === 'bring' ? undefined : parts.press(drag, targetOf(drag, drag.column, drag.grabbed, parts.scene().raster))
  if (over) return drag.kind === 'move' ? parts.dropOut(drag.id, over.dataset['gridDrop'] ?? '') : undefined
  if (drag.kind === 'bring' && !isOver(last, parts.scroller.value)) return parts.cancelled()
  if (touch && drag.kind === 'book' && Math.hypot(last.x - first.x, last.y - first.y) <= touchSlack) return parts.pressLongOn(drag.column, drag.grabbed, last)
  if (changes(drag, target)) parts.drop(drag, target)
  else if (touch && drag.kind === 'move') parts.pressLong(drag.id, last)
}

interface Running {
  press: () => Press | null
  lift: () => void
  stop: () => void
  parts: Parts
}

/** What the window tells while a pointer is down. */
function handlers({ press, lift, stop, parts }: Running) {
  return {
    pointermove(event: PointerEvent): void {
      const now = press()
      if (!now || event.pointerId !== now.pointer) return
      now.last = { x: event.clientX, y: event.clientY }
      const far = Math.hypot(now.last.x - now.first.x, now.last.y - now.first.y)
      if (now.target) follow(now, parts)
      else if (now.touch && far > touchSlack) stop()
      else if (!now.touch && far >= startPixels && now.allowed) lift()
    },
    pointerup(event: PointerEvent): void {
      const done = press()
      if (!done || event.pointerId !== done.pointer) return
      const ended = { ...done } // tidying up forgets what it was held over
      stop()
      if (ended.touch && ended.target) swallowTap()
      settle(ended, parts)
    },
    pointercancel(event: PointerEvent): void {
      if (event.pointerId === press()?.pointer) stop()
    },
    keydown(event: KeyboardEvent): void {
      if (event.code !== 'Escape' || !press()?.target) return
      event.preventDefault()
      event.stopPropagation()
      stop()
      parts.cancelled()
    },
    // Once a card is lifted the finger moves it, not the page; the browser asks only while the touch goes on.
    touchmove(event: TouchEvent): void {
      if (press()?.target) event.preventDefault()
    },
  }
}

/** A finger that lifted something taps nothing: the mouse that the browser plays after it would take the focus from a menu that has just opened. */
function swallowTap(): void {
  const swallow = (event: TouchEvent): void => void (event.cancelable && event.preventDefault())
  addEventListener('touchend', swallow, { once: true, passive: false, capture: true })
  setTimeout(() => removeEventListener('touchend', swallow, { capture: true }), 300)
}

function listenTo(on: ReturnType<typeof handlers>, change: 'addEventListener' | 'removeEventListener'): void {
  window[change]('pointermove', on.pointermove as EventListener)
  window[change]('pointerup', on.pointerup as EventListener)
  window[change]('pointercancel', on.pointercancel as EventListener)
  window[change]('keydown', on.keydown as EventListener, { capture: true })
  window[change]('touchmove', on.touchmove as EventListener, { passive: false } as AddEventListenerOptions)
}
