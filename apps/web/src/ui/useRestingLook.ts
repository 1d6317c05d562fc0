import { onBeforeUnmount, watch, type WatchSource } from 'vue'

/**
 * Asks the server anew when what is typed has rested for `restMs`, once at the start, and gives up the question before. `look` gets the
 * signal of its own question: an answer that comes after it was given up is nobody's any more.
 */
export function useRestingLook(typed: WatchSource | WatchSource[], restMs: number, look: (signal: AbortSignal) => Promise<void>): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = new AbortController()
  const ask = (): void => {
    asked.abort()
    asked = new AbortController()
    void look(asked.signal)
  }
  watch(typed, () => {
    clearTimeout(timer)
    timer = setTimeout(ask, restMs)
  })
  ask()
  onBeforeUnmount(() => {
    clearTimeout(timer)
    asked.abort()
  })
}
