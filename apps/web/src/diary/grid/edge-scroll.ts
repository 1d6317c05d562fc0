import { edgeSpeed } from './geometry.ts'

/** Scrolls while a drag is held at an edge of `scroller`, a little each frame. `moved` follows each step; `stop` ends it. */
export function edgeScroll(scroller: HTMLElement, at: () => { x: number; y: number }, moved: () => void): { stop: () => void } {
  let frame = requestAnimationFrame(step)
  const style = getComputedStyle(scroller)
  // The head and the hours lie over the edges; what is under them is an edge too.
  const [head, axis] = [parseFloat(style.scrollPaddingBlockStart) || 0, parseFloat(style.scrollPaddingInlineStart) || 0]
  const rtl = style.direction === 'rtl'

  function step(): void {
    const box = scroller.getBoundingClientRect()
    const { x, y } = at()
    const across = edgeSpeed(x, box.left + (rtl ? 0 : axis), box.right - (rtl ? axis : 0))
    const down = edgeSpeed(y, box.top + head, box.bottom)
    if (across !== 0 || down !== 0) {
      const before = [scroller.scrollLeft, scroller.scrollTop]
      scroller.scrollBy({ left: across, top: down, behavior: 'instant' })
      if (before[0] !== scroller.scrollLeft || before[1] !== scroller.scrollTop) moved()
    }
    frame = requestAnimationFrame(step)
  }
  return { stop: () => cancelAnimationFrame(frame) }
}
