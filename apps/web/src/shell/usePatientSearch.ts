import { ref, watch, type Ref } from 'vue'
import type { PatientFound } from '@yoman/contract/patient-parts'
import { call } from '../api.ts'
import { problemWords } from '../problem-words.ts'
import { toast } from '../ui/toasts.ts'

// Whoever pastes or begins to type is answered at once; within a word the answers wait for the fingers.
const pauseMs = 90
const wordMs = 400

/** Patients for what is typed. An answer that comes after a newer question is thrown away. */
export function usePatientSearch(): { text: Ref<string>; found: Ref<PatientFound[]>; busy: Ref<boolean> } {
  const text = ref('')
  const found = ref<PatientFound[]>([])
  const busy = ref(false)

  let typedAt = -Infinity
  watch(text, (typed, _before, onCleanup) => {
    const wanted = typed.trim()
    const within = performance.now() - typedAt < wordMs
    typedAt = performance.now()
    if (wanted === '') return void ((found.value = []), (busy.value = false))
    const stop = new AbortController()
    const timer = within ? setTimeout(() => void ask(wanted, stop.signal), pauseMs) : undefined
    if (!within) void ask(wanted, stop.signal) // at the key itself: the answer is made while this window draws
    busy.value = true
    onCleanup(() => (clearTimeout(timer), stop.abort()))
  })

  async function ask(wanted: string, signal: AbortSignal): Promise<void> {
    try {
      found.value = (await call('POST /patient-searches', { body: { text: wanted } }, signal)).items
      busy.value = false
    } catch (error) {
      if (signal.aborted) return
      found.value = [] // those of an older question would be taken for the answer
      busy.value = false
      toast(problemWords(error), { tone: 'problem' })
    }
  }
  return { text, found, busy }
}
