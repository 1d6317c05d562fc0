import { shallowRef, watch, type ShallowRef } from 'vue'
import { type DeviceDraft, unsentDrafts } from './device-drafts.ts'
import { draftsChanged } from './window-drafts.ts'

/** What lies on this device of me, read anew whenever a window of this page lets go of a draft. */
export function useUnsavedDrafts(): { drafts: ShallowRef<readonly DeviceDraft[]>; reload: () => Promise<void> } {
  const drafts = shallowRef<readonly DeviceDraft[]>([])
  async function reload(): Promise<void> {
    drafts.value = await unsentDrafts()
  }
  watch(draftsChanged, reload, { immediate: true })
  return { drafts, reload }
}
