import { ref, watch, type Ref } from 'vue'
import type { Encounter } from '@yoman/contract/encounters'
import type { NoteText } from '@yoman/contract/note-texts'
import { templateFor } from '@yoman/domain/note-texts/snippet'
import { t } from '../i18n.ts'
import { toast } from '../ui/toasts.ts'
import { unsentDrafts } from './drafts/device-drafts.ts'

interface Beginning {
  encounter: Encounter
  visitTypeId: string
  text: Ref<string>
  texts: Ref<readonly NoteText[]>
  loaded: Ref<boolean>
  /** Puts words into the untouched note. */
  begin(words: string): void
  /** They are there. */
  onBegun(): void
}

/**
 * A note in which nobody has written begins with the template of its visit type; one press takes it back. Gives the words that
 * stand there untouched, which are nobody's note yet.
 */
export function useFirstTemplate({ encounter, visitTypeId, text, texts, loaded, begin, onBegun }: Beginning): Ref<string> {
  const untouched = ref('')
  async function start(): Promise<void> {
    const template = templateFor(texts.value, visitTypeId)
    if (!template || encounter.note !== null || encounter.status !== 'draft') return
    const drafts = await unsentDrafts().catch(() => []) // the note looks for them by itself, and says what is wrong
    if (text.value !== '' || drafts.some(({ encounterId }) => encounterId === encounter.id)) return
    untouched.value = template.body
    begin(template.body)
    toast(t('notes.texts.began', { name: template.name }), { undo: () => text.value === template.body && begin('') })
    onBegun()
  }
  watch(loaded, (here) => here && void start(), { immediate: true })
  watch(text, (now) => now !== untouched.value && (untouched.value = ''))
  return untouched
}
