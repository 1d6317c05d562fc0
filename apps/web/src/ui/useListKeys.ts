import { computed, ref, type ComputedRef, type Ref } from 'vue'

interface List {
  /** Whether the list is on screen. */
  shown: ComputedRef<boolean>
  length: () => number
  open: () => void
  close: () => void
  /** Ctrl+Enter takes too; else it is the form's around. */
  ctrlTakes?: boolean | undefined
  /** Takes the row under the keys; false leaves the key to the form around. */
  take: (row: number, shift: boolean) => boolean
}

/**
 * The keys of a field with a list, as the ARIA authoring guide has them (combobox with a listbox): the focus stays in the
 * field and the row under the keys is told by `aria-activedescendant`. Keys of a composing input method are its own.
 */
export function useListKeys(list: List): { active: Ref<number>; current: ComputedRef<number>; onKey: (event: KeyboardEvent) => void } {
  const active = ref(0)
  const current = computed(() => Math.min(active.value, list.length() - 1))

  const go = (row: number): void => void (active.value = Math.max(0, Math.min(list.length() - 1, row)))
  const whenShown: Record<string, (event: KeyboardEvent) => boolean> = {
    ArrowDown: () => (go(current.value + 1), true),
    ArrowUp: () => (go(current.value - 1), true),
    Home: () => (go(0), true),
    End: () => (go(list.length() - 1), true),
    Escape: () => (list.close(), true),
    Tab: () => (list.close(), false),
    Enter: (event) => (list.ctrlTakes || (!event.ctrlKey && !event.metaKey)) && !event.altKey && list.take(current.value, event.shiftKey),
  }
  const whenHidden: Record<string, (event: KeyboardEvent) => boolean> = {
    ArrowDown: () => (list.open(), true),
    ArrowUp: () => (list.open(), true),
    Enter: (event) => list.take(-1, event.shiftKey),
  }

  function onKey(event: KeyboardEvent): void {
    if (event.isComposing) return
    const taken = (list.shown.value ? whenShown : whenHidden)[event.code === 'NumpadEnter' ? 'Enter' : event.code]?.(event)
    if (!taken) return
    event.preventDefault()
    event.stopPropagation() // an Esc that closes the list leaves the dialog around it open
  }
  return { active, current, onKey }
}
