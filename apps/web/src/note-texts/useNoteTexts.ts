import { computed, type ComputedRef } from 'vue'
import type { NoteText } from '@yoman/contract/note-texts'
import { useRead } from '../api.ts'
import { may } from '../session.ts'

/** Templates and snippets of the clinic and mine; empty until they are here. `loaded` says that they are. */
export function useNoteTexts(): { texts: ComputedRef<readonly NoteText[]>; loaded: ComputedRef<boolean> } {
  const { data } = useRead('GET /note-texts', {}, { enabled: () => may('note_text.read') })
  return { texts: computed(() => data.value?.items ?? []), loaded: computed(() => data.value !== undefined) }
}
