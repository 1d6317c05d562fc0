import { shallowRef, watch, type ShallowRef } from 'vue'
import { ApiProblem } from '../../request.ts'
import { type DeviceDraft, draftsChanged, unsentDrafts } from './device-drafts.ts'

/** What lies on this device of me, read anew whenever a window of this page lets go of a draft. */
export function useUnsavedDrafts(): { drafts: ShallowRef<readonly DeviceDraft[]>; reload: () => Promise<void> } {
  const drafts = shallowRef<readonly DeviceDraft[]>([])
  async function reload(): Promise<void> {
    drafts.value = await unsentDrafts().catch((error: unknown) => {
      // The server was not reached for the key, or the browser keeps nothing: what lies there is offered the next time.
      if (error instanceof ApiProblem || error instanceof DOMException) return []
      throw error
    })
  }
  watch(draftsChanged, reload, { immediate: true })
  return { drafts, reload }
}

/** Whether the record has every word of it: then there is nothing to offer. */
export const hasAll = (record: string, draft: string): boolean => record.includes(draft.trim())
