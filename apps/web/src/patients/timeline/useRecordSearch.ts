import { ref, shallowRef, watch } from 'vue'
import type { FoundKind } from '@yoman/contract/record-searches'
import type { Outputs } from '@yoman/contract/routes'
import { call } from '../../api.ts'
import { t } from '../../i18n.ts'
import { problemWords } from '../../problem-words.ts'
import { announce } from '../../ui/announcer.ts'

// Each question opens a whole record and is written down as a reading of it: it waits for the fingers.
const pauseMs = 250

type Answer = Outputs['POST /patients/:id/record-searches']

/** What the record says of what is typed, of one kind or of all. An answer that comes after a newer question is thrown away; until there is one, the last stands. */
export function useRecordSearch(patientId: () => string, text: () => string, kind: () => FoundKind | 'all') {
  const answer = shallowRef<Answer | null>(null)
  const answered = ref('') // what the answer is of
  const answeredKind = ref<FoundKind | 'all'>('all')
  const problem = ref('')
  watch([() => text().trim(), kind, patientId], ([wanted], _before, onCleanup) => {
    if (wanted === '') return void (answer.value = null)
    const stop = new AbortController()
    const timer = setTimeout(() => void ask(wanted, stop.signal), pauseMs)
    onCleanup(() => (clearTimeout(timer), stop.abort()))
  }, { immediate: true })
  watch(patientId, () => (answer.value = null))

  async function ask(wanted: string, signal: AbortSignal): Promise<void> {
    problem.value = ''
    const of = kind()
    try {
      answer.value = await call('POST /patients/:id/record-searches', { params: { id: patientId() }, body: { text: wanted, ...(of === 'all' ? {} : { kind: of }) } }, signal)
      answered.value = wanted
      answeredKind.value = of
      announce(answer.value.items.length === 0 ? t('timeline.notFound') : t('timeline.found', {}, answer.value.items.length))
    } catch (error) {
      if (signal.aborted) return
      answer.value = null // those of an older question would be taken for the answer
      problem.value = problemWords(error)
    }
  }
  return { answer, answered, answeredKind, problem }
}
