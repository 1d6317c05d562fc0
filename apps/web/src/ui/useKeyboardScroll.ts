import { onBeforeUnmount, ref, watch, type Ref } from 'vue'

const takesFocus = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])'

/** Whether a region scrolls and holds nothing that takes the focus: then it has to take it itself, or the keyboard cannot scroll it (WCAG 2.1.1). */
export function useKeyboardScroll(region: Ref<HTMLElement | null>): Ref<boolean> {
  const needed = ref(false)
  const look = (): void => {
    const element = region.value
    needed.value = element !== null && element.scrollHeight > element.clientHeight && element.querySelector(takesFocus) === null
  }
  const sizes = new ResizeObserver(look)
  const contents = new MutationObserver(look)
  watch(region, (element) => {
    sizes.disconnect()
    contents.disconnect()
    if (!element) return
    sizes.observe(element)
    contents.observe(element, { childList: true, subtree: true, characterData: true })
    look()
  }, { flush: 'post' })
  onBeforeUnmount(() => (sizes.disconnect(), contents.disconnect()))
  return needed
}
