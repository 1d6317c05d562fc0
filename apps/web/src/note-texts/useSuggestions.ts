import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { NoteText } from '@yoman/contract/note-texts'
import { fieldFrom, fieldsIn, type TextField } from '@yoman/domain/note-texts/fields'
import { type SnippetTyped, snippetsFor, snippetTyped } from '@yoman/domain/note-texts/snippet'
import { insertText } from './insert-text.ts'

export interface Suggestion {
  key: string
  name: string
  words: string
}

export interface Suggestions {
  list: ComputedRef<Suggestion[]>
  active: Ref<number>
  /** The words before the field whose choices are offered; empty while snippets are. */
  label: ComputedRef<string>
  /** To be told of each key, and whenever the text or the selection may have changed. */
  onKey(event: KeyboardEvent): void
  look(): void
  take(index: number): void
  hide(): void
  /** Selects the first place to fill in from `at` on; false where there is none. */
  goTo(at: number, back?: boolean): boolean
}

const most = 8

/** What a note's text field offers at the caret: the choices of a field that is selected, or the snippets of the letters typed. */
export function useSuggestions(field: () => HTMLTextAreaElement | null, texts: () => readonly NoteText[]): Suggestions {
  const chosenField = ref<TextField | null>(null)
  const typed = ref<SnippetTyped | null>(null)
  const active = ref(0)
  const list = computed<Suggestion[]>(() => {
    if (chosenField.value) return chosenField.value.choices.map((words) => ({ key: words, name: words, words }))
    if (!typed.value) return []
    return snippetsFor(texts(), typed.value.letters).slice(0, most).map(({ id, name, body }) => ({ key: id, name, words: body }))
  })
  // A lone sign is no wish yet: Enter stays a new line until the list is entered.
  watch(() => list.value.map(({ key }) => key).join('\n'), () => (active.value = typed.value?.letters === '' ? -1 : 0))
  const hide = (): void => void (chosenField.value = typed.value = null)

  function look(): void {
    const at = field()
    if (!at) return
    const { value, selectionStart: from, selectionEnd: to } = at
    chosenField.value = fieldsIn(value).find(({ start, end, choices }) => start === from && end === to && choices.length > 0) ?? null
    typed.value = from === to && !chosenField.value ? snippetTyped(value, from) : null
  }
  function goTo(from: number, back = false): boolean {
    const at = field()
    const next = at && fieldFrom(at.value, from, back)
    if (!at || !next) return false
    at.focus()
    at.setSelectionRange(next.start, next.end)
    look()
    return true
  }
  function take(index: number): void {
    const [at, one] = [field(), list.value[index]]
    if (!at || !one) return
    const from = chosenField.value?.start ?? typed.value?.start ?? 0
    const wasField = chosenField.value !== null
    insertText(at, from, wasField ? at.selectionEnd : at.selectionStart, one.words)
    hide()
    if (wasField || fieldsIn(one.words).length > 0) goTo(from)
  }
  const onKey = (event: KeyboardEvent): void => {
    if (keyed(event, { list: list.value, active, take, hide, whole: typed.value?.letters ?? null })) event.preventDefault()
    else if (event.code === 'Tab' && tabbed(event.shiftKey)) event.preventDefault()
  }
  // Where nothing is left to fill in, Tab leaves the field as everywhere.
  const tabbed = (back: boolean): boolean => goTo(back ? (field()?.selectionStart ?? 0) : (field()?.selectionEnd ?? 0), back)
  return { list, active, label: computed(() => chosenField.value?.label ?? ''), onKey, look, take, hide, goTo }
}

interface Keys {
  list: readonly Suggestion[]
  active: Ref<number>
  take(index: number): void
  hide(): void
  /** The letters of a snippet, where they are what is typed. */
  whole: string | null
}

/** What a key does to the list; false where it does nothing. Keys are told by their place: letters depend on the layout. */
function keyed({ code, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent, { list, active, take, hide, whole }: Keys): boolean {
  if (list.length === 0 || altKey || ctrlKey || metaKey || shiftKey) return false
  const exact = whole === null ? -1 : list.findIndex(({ name }) => name === whole)
  if (code === 'ArrowDown') active.value = (active.value + 1) % list.length
  else if (code === 'ArrowUp') active.value = (Math.max(active.value, 0) + list.length - 1) % list.length
  else if ((code === 'Enter' || code === 'NumpadEnter' || code === 'Tab') && active.value >= 0) take(active.value)
  else if (code === 'Space' && exact >= 0) take(exact)
  else if (code === 'Escape') hide()
  else return false
  return true
}
