import { computed, ref, shallowRef, watch } from 'vue'
import type { Condition } from '@yoman/contract/patient-filters'
import type { Outputs } from '@yoman/contract/routes'
import { call } from '../../api.ts'
import { t } from '../../i18n.ts'
import { problemWords } from '../../problem-words.ts'
import { announce } from '../../ui/announcer.ts'
import { pageOf } from '../../ui/page-of.ts'
import { isWhole } from './condition-kinds.ts'

const pauseMs = 200 // an age is typed digit by digit

/** The patients of whom the conditions hold, page by page, and how many they are. The last answers stand until the next are there. */
export function usePatientList(conditions: () => readonly Condition[], trail: () => readonly string[]) {
  const page = shallowRef<Outputs['POST /patient-lists'] | null>(null)
  const count = ref<number | null>(null)
  const problem = ref('')
  const again = ref(0)
  const wanted = computed(() => JSON.stringify(conditions().filter(isWhole)))
  watch([wanted, () => trail().at(-1), again], ([now], [before], onCleanup) => {
    const asked = askedIn(now)
    if (asked.length === 0) return void ((page.value = null), (problem.value = ''))
    onCleanup(soon(now === before ? 0 : pauseMs, async (signal) => void (page.value = await call('POST /patient-lists', { body: { conditions: asked, limit: 50, ...pageOf(trail()) } }, signal))))
  }, { immediate: true })
  watch([wanted, again], ([now], _before, onCleanup) => {
    count.value = null // another list has another number: none is better than a wrong one
    const asked = askedIn(now)
    if (asked.length === 0) return
    onCleanup(soon(pauseMs, async (signal) => {
      count.value = (await call('POST /patient-counts', { body: { conditions: asked } }, signal)).count
      announce(t('lists.count', {}, count.value))
    }))
  }, { immediate: true })

  /** Does it after a pause, unless it is called off before. */
  function soon(ms: number, work: (signal: AbortSignal) => Promise<void>): () => void {
    const stop = new AbortController()
    const run = async (): Promise<void> => {
      try {
        problem.value = ''
        await work(stop.signal)
      } catch (error) {
        if (stop.signal.aborted) return
        page.value = null // those of other conditions would be taken for the answer
        problem.value = problemWords(error)
      }
    }
    const timer = setTimeout(() => void run(), ms)
    return () => (clearTimeout(timer), stop.abort())
  }
  return { page, count, problem, retry: () => void (again.value += 1) }
}

const askedIn = (wanted: string): Condition[] => JSON.parse(wanted) as Condition[] // written by ourselves just before
