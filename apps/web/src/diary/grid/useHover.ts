import { onBeforeUnmount, shallowRef, type ShallowRef } from 'vue'

export interface Hovered {
  id: string
  box: DOMRect
}

export interface Hover {
  hovered: ShallowRef<Hovered | null>
  onOver: (event: PointerEvent) => void
  keep: () => void
  leave: () => void
  show: (element: HTMLElement) => void
  hide: () => void
  /** A card was pressed; answers its id. */
  hush: (id: string) => string
}

const restMs = 350 // pointing, not passing over
const leaveMs = 160 // long enough to reach the card that came up

/** Whether a menu, a dialog or a panel lies over the grid: it is what is looked at then, and the first Esc is for it. */
export const isCovered = (): boolean => document.querySelector('[data-dismissable-layer]') !== null

/**
 * Which card is pointed at long enough to tell more of it. `keep` while the pointer is on what came up, `leave` when it goes; `show`
 * shows at once. Fingers and presses tell nothing: they do, and a card that was pressed keeps quiet until the pointer has left it,
 * or what it told would lie over what the press opened and take the first Esc from it.
 */
export function useHover(): Hover {
  const hovered = shallowRef<Hovered | null>(null)
  const wait = oneTimer()
  let pressed: string | null = null

  const hide = (): void => {
    wait.stop()
    hovered.value = null
  }
  const show = (element: HTMLElement): void => {
    wait.stop()
    const id = element.dataset['event']
    if (id !== undefined && element.isConnected) hovered.value = { id, box: element.getBoundingClientRect() }
  }
  const leave = (): void => wait.start(leaveMs, hide)
  const onOver = (event: PointerEvent): void => {
    if (event.pointerType === 'touch' || event.buttons !== 0) return
    const card = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-event]') : null
    if (pressed !== null && card?.dataset['event'] === pressed) return
    pressed = null
    if (!card) return leave()
    if (card.dataset['event'] === hovered.value?.id) wait.stop()
    else wait.start(restMs, () => isCovered() || show(card))
  }
  const hush = (id: string): string => {
    pressed = id
    hide()
    return id
  }

  onBeforeUnmount(hide)
  return { hovered, onOver, keep: wait.stop, leave, show, hide, hush }
}

/** What is to come a little later, and not at all once something else is. */
function oneTimer(): { start: (ms: number, work: () => void) => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => clearTimeout(timer)
  const start = (ms: number, work: () => void): void => {
    stop()
    timer = setTimeout(work, ms)
  }
  return { start, stop }
}
