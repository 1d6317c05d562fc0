import { nextTick, ref, watch } from 'vue'
import type { useView } from './useView.ts'

/** Prints the list of a day: goes to its list, and once that stands opens the browser's own printing. */
export function usePrint({ go, state }: ReturnType<typeof useView>, { ready, today }: { ready: () => boolean; today: () => string }): { printDay: (iso: string) => void } {
  const wanted = ref<string | null>(null)
  const stands = (): boolean => state.value.view === 'list' && (state.value.date ?? today()) === wanted.value && ready()
  watch(
    () => wanted.value !== null && stands(),
    async (now) => {
      if (!now) return
      wanted.value = null
      await nextTick()
      print()
    },
  )
  return {
    printDay(iso) {
      wanted.value = iso
      const date = iso === today() ? null : iso
      if (state.value.view !== 'list' || state.value.date !== date) go({ view: 'list', date, ...(state.value.view === 'week' ? { of: null } : {}) })
    },
  }
}
