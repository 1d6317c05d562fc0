import { onBeforeUnmount, watch } from 'vue'
import { prefetch } from '../../api.ts'
import type { Input } from '../../request.ts'
import { periodOf, turned, type ViewKind } from './view-state.ts'

interface Parts {
  /** What was asked for last is on screen. */
  settled: () => boolean
  date: () => string
  view: () => ViewKind
  inputOf: (first: string, days: number) => Input<'GET /diary'>
  blocksOf: (first: string, days: number) => Input<'GET /blocks'>
}

const pauseMs = 120

/** Reads the page before and the page after once the present one stands, so that turning to them waits for nothing and draws once. */
export function usePrefetch({ settled, date, view, inputOf, blocksOf }: Parts): void {
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => [settled(), date(), view()] as const,
    ([stands, from, kind]) => {
      stop()
      if (!stands || kind === 'month') return
      // Who leafs quickly asks for none of what lies between, and nothing is asked before the present page is drawn.
      frame = requestAnimationFrame(() => (timer = setTimeout(() => ahead(from, kind), pauseMs)))
    },
    { immediate: true },
  )
  function ahead(from: string, kind: ViewKind): void {
    for (const by of [1, -1] as const) {
      const { first, days } = periodOf(turned(from, kind, by), kind)
      prefetch('GET /diary', inputOf(first, days))
      prefetch('GET /blocks', blocksOf(first, days))
    }
  }
  function stop(): void {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
  onBeforeUnmount(stop)
}
