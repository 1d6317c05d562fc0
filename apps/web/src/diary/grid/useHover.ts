import { onBeforeUnmount, shallowRef, type ShallowRef } from 'vue'

export interface Hovered {
  id: string
  box: DOMRect
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
export function useHover(): {
  hovered: ShallowRef<Hovered | null>
  onOver: (event: PointerEvent) => void
  keep: () => void
  leave: () => void
  show: (element: HTMLElement) => void
  hide: () => void
  /** A card was pressed; answers its id. */
  hush: (id: string) => string
} {
  const hovered = shallowRef<Hovered | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let pressed: string | null = null

  const after = (ms: number, work: () => void): void => {
    clearTimeout(timer)
    timer = setTimeout(work, ms)
  }
  const hide = (): void => {
    clearTimeout(timer)
    hovered.value = null
  }
  const show = (element: HTMLElement): void => {
    clearTimeout(timer)
    const id = element.dataset['event']
    if (id !== undefined && element.isConnected) hovered.value = { id, box: element.getBoundingClientRect() }
  }
  const leave = (): void => after(leaveMs, hide)

  onBeforeUnmount(hide)
  return {
    hovered,
    onOver(event) {
      if (event.pointerType === 'touch' || event.buttons !== 0) return
      const card = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-event]') : null
      if (pressed !== null && card?.dataset['event'] === pressed) return
      pressed = null
      if (!card) return leave()
      if (card.dataset['event'] === hovered.value?.id) clearTimeout(timer)
      else after(restMs, () => isCovered() || show(card))
    },
    keep: () => clearTimeout(timer),
    leave,
    show,
    hide,
    hush(id) {
      pressed = id
      hide()
      return id
    },
  }
}
