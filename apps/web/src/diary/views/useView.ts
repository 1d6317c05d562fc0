import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { changePreferences, preferences } from '../../preferences.ts'
import { addressOf, turned, viewStateOf, type LaneKind, type ViewKind, type ViewState } from './view-state.ts'

/** What the address says is shown, and how to go elsewhere. `today` is an ISO date. */
export function useView(today: () => string) {
  const [route, router] = [useRoute(), useRouter()]
  const state = computed(() => viewStateOf(route))
  const go = (change: Partial<ViewState>, how: 'push' | 'replace' = 'push'): void => void router[how](addressOf({ ...state.value, ...change }))
  const show = (iso: string | null): void => void (iso && go({ date: iso === today() ? null : iso }))

  // Who comes without a wish finds the grid as they left it.
  const { view: last } = preferences.value.diary
  if (last === 'week' && state.value.date === null && route.query['view'] === undefined) void router.replace({ path: route.path, query: { ...route.query, view: last } })

  return {
    state,
    go,
    show,
    turn: (by: 1 | -1): void => show(turned(state.value.date ?? today(), state.value.view, by)),
    turnTo(view: ViewKind): void {
      if (view === state.value.view) return
      // Whose week it was says nothing about whom one wants to see on a day.
      go({ view, ...(state.value.view === 'week' ? { of: null } : {}) })
      if ((view === 'day' || view === 'week') && preferences.value.diary.view !== view) void changePreferences({ diary: { view } })
    },
    turnKind: (kind: LaneKind): void => go({ kind, of: null }),
    dayOf: (iso: string): void => go({ view: 'day', of: null, date: iso === today() ? null : iso }),
    weekOf: (id: string): void => go({ view: 'week', of: [id] }),
  }
}
