import { computed, ref, shallowRef, watch } from 'vue'
import type { PatientPage, TimelineKind } from '@yoman/contract/patients'
import { timelineKinds } from '@yoman/contract/patients'
import { call } from '../../api.ts'
import { countOf, entriesOf, type Entry, knownWithoutGap } from './entries.ts'

/** A patient's timeline: what the page knows, and what was asked for since, without a gap between them. */
export function useTimeline(page: () => PatientPage) {
  const kind = ref<TimelineKind | 'all'>('all')
  const older = shallowRef<{ entries: Entry[]; more: boolean } | null>(null)
  const kinds = computed(() => (kind.value === 'all' ? timelineKinds.filter((one) => countOf(page().counts, one) !== null) : [kind.value]))
  const known = computed(() => knownWithoutGap(page(), kinds.value))
  const entries = computed(() => {
    const here = new Set(known.value.entries.map(({ id }) => id))
    return [...known.value.entries, ...(older.value?.entries ?? []).filter(({ id }) => !here.has(id))]
  })
  const more = computed(() => older.value?.more ?? !known.value.whole)
  watch([kind, () => page().patient.id], () => (older.value = null))

  /** Asks for what lies before the last that is shown. Throws `ApiProblem`. */
  async function askOlder(): Promise<void> {
    const last = entries.value.at(-1)
    if (!last) return
    const asked = [kind.value, page().patient.id].join()
    const answer = await call('GET /patients/:id/timeline', { params: { id: page().patient.id }, query: { before: last.at, beforeId: last.id, ...(kind.value === 'all' ? {} : { kind: kind.value }) } })
    if (asked !== [kind.value, page().patient.id].join()) return // somebody has chosen something else meanwhile
    older.value = { entries: [...(older.value?.entries ?? []), ...entriesOf(answer)], more: answer.more }
  }
  return { kind, kinds: computed(() => timelineKinds.filter((one) => (countOf(page().counts, one) ?? 0) > 0)), entries, more, askOlder }
}
