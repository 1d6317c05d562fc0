import { computed } from 'vue'
import type { Diary } from '@yoman/contract/diary'
import { branch } from '../../branch.ts'
import { t } from '../../i18n.ts'
import { preferences } from '../../preferences.ts'
import { me } from '../../session.ts'
import { useSettings } from '../../settings/useSettings.ts'
import { isOfKind, lanesOf, noPlace, shownLanes, type Lane } from './lanes.ts'
import { laneKinds, type ViewState } from './view-state.ts'

/** Whose and what columns there are, in this person's order, and which of them are on screen. */
export function useLanes(state: () => ViewState, diary: () => Diary | undefined) {
  const { settings } = useSettings()
  const chosen = computed(() => preferences.value.diary.columns[branch.value?.id ?? ''])
  const hidden = computed(() => chosen.value?.hidden ?? [])
  const all = computed(() => lanesOf(state().kind, branch.value?.id, settings.value, diary(), chosen.value))
  // Without a wish the week is that of whoever looks, or of the first that they see.
  const first = computed(() => {
    const own = lanesOf(state().kind, branch.value?.id, settings.value, undefined, chosen.value)
    return own.find(({ id }) => id === me.value?.practitionerId) ?? own.find(({ id }) => !hidden.value.includes(id)) ?? own[0]
  })
  const of = computed<ViewState['of']>(() => state().of ?? (state().view === 'week' && first.value ? [first.value.id] : null))
  const busy = computed(() => new Set([...(diary()?.visits ?? []), ...(diary()?.holds ?? [])].flatMap(({ resourceIds }) => resourceIds)))
  const open = computed(() => new Set((diary()?.columns ?? []).filter(({ open: spans, away = [] }) => spans.length > 0 || away.length > 0).map(({ resourceId }) => resourceId)))
  // A week shows everybody: who is not there on one day may be on the next.
  const isHere = (id: string): boolean => state().view === 'week' || state().kind !== 'people' || open.value.has(id) || busy.value.has(id)
  const usual = computed(() => shownLanes(all.value, null, isHere, hidden.value))
  const kinds = computed(() => new Map([...(settings.value?.resources ?? []).map(({ id, kind }) => [id, kind] as const), ...(diary()?.columns ?? []).map(({ resourceId, kind }) => [resourceId, kind] as const)]))
  const isLane = (id: string): boolean => isOfKind(state().kind, kinds.value.get(id) ?? '')
  const lost = computed(() => state().kind === 'rooms' && !Array.isArray(of.value) && (diary()?.visits ?? []).some(({ resourceIds, status }) => status !== 'cancelled' && !resourceIds.some(isLane)))
  const shown = computed<Lane[]>(() => [...shownLanes(all.value, of.value, isHere, hidden.value), ...(lost.value ? [{ id: noPlace, title: t('diary.views.noPlace'), colour: '' }] : [])])
  return {
    /** Kinds of columns of which the branch has any. */
    kinds: computed(() => laneKinds.filter((kind) => kind === 'people' || lanesOf(kind, branch.value?.id, settings.value, undefined, undefined).length > 0)),
    /** The settings have come, so that the lanes are known before any diary is read. */
    ready: computed(() => settings.value !== undefined),
    of,
    hidden,
    /** What may be chosen, here or not. */
    all,
    /** What can be turned on and off by its number: all that is there. */
    here: computed(() => shownLanes(all.value, 'all', isHere, [])),
    usual,
    shown,
    isLane,
    kindOf: (id: string): string | undefined => kinds.value.get(id),
    placeKindOf: (visitTypeId: string): string | null => settings.value?.visitTypes.find(({ id }) => id === visitTypeId)?.placeKind ?? null,
  }
}
