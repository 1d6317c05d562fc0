import { ref, watch } from 'vue'
import { me } from '../../session.ts'
import type { DeviceDraft } from './device-drafts.ts'

/*
 * Words whose note has left the screen (a colleague signed it, another visit was opened), and that this device cannot seal.
 * They are in the memory of this window, unsealed and therefore for the length of the session alone; the browser asks before
 * it closes on them.
 */
const kept = new Map<string, DeviceDraft>()
watch(() => me.value?.staffId, () => kept.clear(), { flush: 'sync' })
addEventListener('beforeunload', (event) => kept.size > 0 && event.preventDefault())

/** Rises whenever a draft of this window may have to be offered, or no more. */
export const draftsChanged = ref(0)

/** `author` wrote them; where somebody else sits here by now, or nobody, they are not kept. */
export function keepInWindow(draft: DeviceDraft, author: string): void {
  if (me.value?.staffId !== author) return
  kept.set(draft.id, draft)
  draftsChanged.value += 1
}

export const draftsInWindow = (): DeviceDraft[] => [...kept.values()]
export const forgetInWindow = (id: string): unknown => kept.delete(id)
