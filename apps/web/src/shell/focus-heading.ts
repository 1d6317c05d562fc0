import { nextTick, onBeforeUnmount } from 'vue'
import { useRouter } from 'vue-router'

const patienceMs = 5000

/**
 * After a change of page the focus goes to the page's heading, so that a screen reader says where one is and the keyboard
 * goes on from there. Another day, part or item of the same page keeps the focus where it is; so does an open dialog.
 */
export function useHeadingFocus(content: () => HTMLElement | null): void {
  let watcher: MutationObserver | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => {
    watcher?.disconnect()
    clearTimeout(timer)
  }

  const forget = useRouter().afterEach(async (to, from, failure) => {
    if (failure || from.matched.length === 0 || to.matched.at(-1) === from.matched.at(-1)) return
    stop()
    await nextTick()
    const main = content()
    if (!main || dialogOpen()) return
    main.focus({ preventScroll: true })
    if (focusHeading(main)) return
    // The heading may wait for the page's code or data; whoever has moved on meanwhile is left alone.
    watcher = new MutationObserver(() => (document.activeElement !== main || focusHeading(main)) && stop())
    watcher.observe(main, { childList: true, subtree: true })
    timer = setTimeout(stop, patienceMs)
  })
  onBeforeUnmount(() => (forget(), stop()))
}

function focusHeading(main: HTMLElement): boolean {
  const heading = main.querySelector('h1')
  if (!heading) return false
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  return true
}

const dialogOpen = (): boolean => document.querySelector('[role=dialog][data-state=open]') !== null
