import { nextTick, onMounted, watch, type Ref } from 'vue'

interface Parts {
  dayStart: () => number
  pixelsPerMinute: () => number
  /** The minute to show when the grid appears; null shows its top. */
  first: () => number | null
}

/** Keeps the same time of day at the top when the day on screen begins earlier or later, or its scale changes: nobody's place is lost to somebody else's change. */
export function useKeptScroll(scroller: Ref<HTMLElement | null>, { dayStart, pixelsPerMinute, first }: Parts): void {
  watch(
    [dayStart, pixelsPerMinute],
    ([start, scale], [startBefore, scaleBefore]) => {
      const { value: element } = scroller
      if (!element || element.scrollTop === 0) return // who sees the top goes on seeing it
      const minute = startBefore + element.scrollTop / scaleBefore
      element.scrollTop = (minute - start) * scale
    },
    { flush: 'post' },
  )
  onMounted(async () => {
    await nextTick()
    const minute = first()
    if (scroller.value && minute !== null) scroller.value.scrollTop = (minute - dayStart()) * pixelsPerMinute() - scroller.value.clientHeight / 3
  })
}
