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
}

const pauseMs = 120

/** Reads the page before and the page after once the present one stands, so that turning to them waits for nothing. */
export function usePrefetch({ settled, date, view, inputOf }: Parts): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => [settled(), date(), view()] as const,
    ([stands, from, kind]) => {
      clearTimeout(timer)
      if (!stands || kind === 'month') return
      // Who leafs quickly asks for none of what lies between.
      timer = setTimeout(() => {
        for (const by of [1, -1] as const) {
          const { first, days } = periodOf(turned(from, kind, by), kind)
          prefetch('GET /diary', inputOf(first, days))
        }
      }, pauseMs)
    },
    { immediate: true },
  )
  onBeforeUnmount(() => clearTimeout(timer))
}
