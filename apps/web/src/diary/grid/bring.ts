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

/** The place beside the grid under the pointer (`data-grid-drop`, by its name) where a card can be let go, or null. */
export function dropAt(x: number, y: number): HTMLElement | null {
  const places = [...document.querySelectorAll<HTMLElement>('[data-grid-drop]')]
  // Asking what lies under a point goes through all cards of the day: only where such a place is.
  if (!places.some((place) => isOver({ x, y }, place))) return null
  return document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-grid-drop]') ?? null
}

/** Whether a point of the window is in the box of an element. */
export function isOver({ x, y }: { x: number; y: number }, element: HTMLElement | null): boolean {
  const box = element?.getBoundingClientRect()
  return box !== undefined && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
}
