import { onBeforeUnmount, onMounted } from 'vue'

/** A physical key, as in `KeyboardEvent.code`: on a Hebrew layout `event.key` of N is a Hebrew letter. `Ctrl+` also means ⌘. */
type Handlers = Record<string, (event: KeyboardEvent) => void>

/** Which handler name a key press stands for, for example `Ctrl+KeyK` or `Shift+Slash`. */
export function keyName(event: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.shiftKey ? 'Shift+' : ''}${event.code}`
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select'))

/** Page-wide shortcuts while the component lives. Plain letters keep quiet where somebody types or a dialog is open. */
export function useShortcuts(handlers: Handlers): void {
  const onKey = (event: KeyboardEvent): void => {
    const handler = handlers[keyName(event)]
    if (!handler || event.defaultPrevented || event.repeat) return
    const plain = !event.ctrlKey && !event.metaKey
    if (plain && (typing(event.target) || document.querySelector('[role=dialog][data-state=open]:not([data-beside]), [role=menu]') !== null)) return
    if (!plain && event.code === 'KeyZ' && typing(event.target)) return
    event.preventDefault()
    handler(event)
  }
  onMounted(() => addEventListener('keydown', onKey))
  onBeforeUnmount(() => removeEventListener('keydown', onKey))
}
