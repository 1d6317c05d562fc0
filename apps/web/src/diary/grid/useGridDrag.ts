import { onBeforeUnmount, type Ref } from 'vue'
import { targetOf, type Drag, type Raster, type Target } from './drag.ts'
import { columnAt, edgeSpeed, minuteAt } from './geometry.ts'
import { drawGhost, type GhostScene } from './ghost.ts'

interface Parts {
  layer: Ref<HTMLElement | null>
  scroller: Ref<HTMLElement | null>
  ghost: Ref<HTMLElement | null>
  ghostLabel: Ref<HTMLElement | null>
  scene: () => GhostScene & { raster: Raster; rtl: boolean; movable: boolean; bookable: boolean }
  /** A drag ended at `target`, somewhere else than it began. */
  drop: (drag: Drag, target: Target) => void
  /** Pressed and let go without moving. */
  press: (drag: Drag, target: Target) => void
  cancelled: () => void
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
  let drag: Drag | null = null
  let target: Target | null = null
  let mayMove = false
  let first = { x: 0, y: 0 }
  let last = { x: 0, y: 0 }
  let pointer = -1
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame = 0

  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary || drag) return
    const begun = begin(event)
    if (!begun) return
    drag = begun
    pointer = event.pointerId
    first = last = { x: event.clientX, y: event.clientY }
    if (event.pointerType === 'touch') timer = setTimeout(lift, longPressMs)
    listen(true)
  }

  function begin(event: PointerEvent): Drag | null {
    const { columns, events, rtl, movable, bookable } = parts.scene()
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-event]') : null
    const { column, minute } = placeUnder(event.clientX, event.clientY, rtl)
    if (!element) return bookable ? { kind: 'book', column, grabbed: minute } : null
    const card = events.find(({ id }) => id === element.dataset['event'])
    if (!card) return null
    const resize = event.target instanceof Element && event.target.closest('[data-resize]') !== null
    const at = { id: card.id, column: columns.findIndex(({ id }) => id === card.columnId), start: card.start, end: card.end, grabbed: minute }
    mayMove = movable && !card.fixed
    return resize ? { kind: 'resize', ...at } : { kind: 'move', ...at }
  }

  function placeUnder(x: number, y: number, rtl: boolean): { column: number; minute: number } {
    const box = parts.layer.value?.getBoundingClientRect() ?? new DOMRect()
    const { columns, day, pixelsPerMinute } = parts.scene()
    return { column: columnAt(x, box, columns.length, rtl), minute: minuteAt(y, box, day, pixelsPerMinute) }
  }

  const allowed = (): boolean => drag !== null && (drag.kind === 'book' || mayMove)

  function onMove(event: PointerEvent): void {
    if (event.pointerId !== pointer) return
    last = { x: event.clientX, y: event.clientY }
    const far = Math.hypot(last.x - first.x, last.y - first.y)
    if (target) return follow()
    if (event.pointerType === 'touch') return void (far > touchSlack && stop())
    if (far >= startPixels && allowed()) lift()
  }

  function lift(): void {
    if (!allowed()) return
    parts.layer.value?.setPointerCapture(pointer)
    document.documentElement.classList.add('dragging')
    follow()
    frame = requestAnimationFrame(scroll)
  }

  function follow(): void {
    if (!drag || !parts.ghost.value || !parts.ghostLabel.value) return
    const scene = parts.scene()
    const { column, minute } = placeUnder(last.x, last.y, scene.rtl)
    target = targetOf(drag, column, minute, scene.raster)
    drawGhost(parts.ghost.value, parts.ghostLabel.value, target, drag.kind === 'book' ? null : drag.id, scene)
  }

  function scroll(): void {
    const box = parts.scroller.value?.getBoundingClientRect()
    if (!target || !box) return
    const [across, down] = [edgeSpeed(last.x, box.left, box.right), edgeSpeed(last.y, box.top + 40, box.bottom)]
    if (across !== 0 || down !== 0) {
      parts.scroller.value?.scrollBy(across, down)
      follow()
    }
    frame = requestAnimationFrame(scroll)
  }

  function onUp(event: PointerEvent): void {
    if (event.pointerId !== pointer || !drag) return
    const [done, where] = [drag, target]
    const pressed = where ?? targetOf(done, done.column, done.grabbed, parts.scene().raster)
    stop()
    if (where === null) parts.press(done, pressed)
    else if (done.kind === 'book' || where.column !== done.column || where.start !== done.start || where.end !== done.end) parts.drop(done, where)
  }

  function onKey(event: KeyboardEvent): void {
    if (event.code !== 'Escape' || !target) return
    event.preventDefault()
    event.stopPropagation()
    stop()
    parts.cancelled()
  }

  // Once a card is lifted the finger moves it, not the page; the browser asks only while the touch goes on.
  const holdPage = (event: TouchEvent): void => void (target && event.preventDefault())
  const onCancel = (event: PointerEvent): void => void (event.pointerId === pointer && stop())

  function listen(on: boolean): void {
    const change = on ? 'addEventListener' : 'removeEventListener'
    window[change]('pointermove', onMove as EventListener)
    window[change]('pointerup', onUp as EventListener)
    window[change]('pointercancel', onCancel as EventListener)
    window[change]('keydown', onKey as EventListener, { capture: true })
    window[change]('touchmove', holdPage as EventListener, { passive: false } as AddEventListenerOptions)
  }

  function stop(): void {
    listen(false)
    clearTimeout(timer)
    cancelAnimationFrame(frame)
    document.documentElement.classList.remove('dragging')
    if (parts.ghost.value) parts.ghost.value.hidden = true
    drag = target = null
    mayMove = false
    pointer = -1
  }

  onBeforeUnmount(stop)
  return { onPointerDown, dragging: () => target !== null }
}
