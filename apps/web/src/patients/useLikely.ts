import { ref, watch, type Ref } from 'vue'
import type { Likely } from '@yoman/contract/patients'
import { call } from '../api.ts'

const pauseMs = 200

/** Who on record may be the one that is being typed. A question that fails proposes nobody: whoever types is not hindered, and saving asks again. */
export function useLikely(typed: () => { givenName: string; familyName: string; phone: string }): Ref<Likely[]> {
  const found = ref<Likely[]>([])
  watch(
    typed,
    ({ givenName, familyName, phone }, _before, onCleanup) => {
      const stop = new AbortController()
      const timer = setTimeout(() => void ask(stop.signal), pauseMs)
      onCleanup(() => (clearTimeout(timer), stop.abort()))
      async function ask(signal: AbortSignal): Promise<void> {
        if (givenName.trim() === '' && phone.trim() === '') return void (found.value = [])
        try {
          found.value = (await call('POST /patient-likenesses', { body: { givenName, familyName, phone } }, signal)).items
        } catch {
          if (!signal.aborted) found.value = []
        }
      }
    },
    { deep: true, immediate: true },
  )
  return found
}
