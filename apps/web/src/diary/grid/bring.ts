/** Something beside the grid that can be dragged into it: an id that the page knows, and how many minutes it lasts. */
export interface Brought {
  id: string
  length: number
}

type Taker = (event: PointerEvent, brought: Brought) => void
let taker: Taker | null = null

/** The grid on screen takes what is dragged in. @returns what ends it. */
export function takeBrought(take: Taker): () => void {
  taker = take
  return () => void (taker === take && (taker = null))
}

/** To be called where the pointer goes down on such a thing; without a grid nothing happens. */
export const bringIn: Taker = (event, brought) => taker?.(event, brought)

/** The name of the place beside the grid under the pointer (`data-grid-drop`) where a card can be let go, or null. */
export function dropAt(x: number, y: number): HTMLElement | null {
  const element = document.elementFromPoint(x, y)
  return element instanceof Element ? element.closest<HTMLElement>('[data-grid-drop]') : null
}
