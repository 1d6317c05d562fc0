import { computed, type ComputedRef, type Ref } from 'vue'
import type { NoteText } from '@yoman/contract/note-texts'
import { useRead } from '../api.ts'
import { may } from '../session.ts'

/** Templates and snippets of the clinic and mine; empty until they are here. `loaded` says that they are, `error` why they are not. */
export function useNoteTexts(): { texts: ComputedRef<readonly NoteText[]>; loaded: ComputedRef<boolean>; error: Ref<Error | null>; again: () => void } {
  const { data, error, refetch } = useRead('GET /note-texts', {}, { enabled: () => may('note_text.read') })
  return { texts: computed(() => data.value?.items ?? []), loaded: computed(() => data.value !== undefined), error, again: () => void refetch() }
}
