/** What is still to be done of an item. */
export interface OpenItem {
  id: string
  priceItemId: string
  tooth: string | null
  quantity: number
  doneQuantity: number
}

/** What a signed encounter says was done. */
export interface Work {
  priceItemId: string
  tooth: string | null
  quantity: number
}

/**
 * Which items the work settles, and how many of each are done then. Work on a tooth settles an item of that very tooth before one
 * that names none; an item of a tooth is not settled by work that names another tooth, or none. Faces do not matter: the filling
 * that was planned MO and became MOD is that filling. Items are asked in their order; nothing counts twice.
 */
export function settleItems(items: readonly OpenItem[], work: readonly Work[]): Map<string, number> {
  const done = new Map(items.map(({ id, doneQuantity }) => [id, doneQuantity]))
  for (const { priceItemId, tooth, quantity } of work) {
    let left = quantity
    const fitting = items.filter((item) => item.priceItemId === priceItemId)
    for (const item of [...fitting.filter((one) => one.tooth !== null && one.tooth === tooth), ...fitting.filter((one) => one.tooth === null)]) {
      const before = done.get(item.id) ?? 0
      const taken = Math.min(left, item.quantity - before)
      done.set(item.id, before + taken)
      left -= taken
    }
  }
  return new Map([...done].filter(([id, now]) => now !== items.find((item) => item.id === id)?.doneQuantity))
}

/** Why an agreed phase waits for the desk; null where it does not. */
export type Waiting = 'never_booked' | 'visit_cancelled' | 'work_remains' | null

export interface PhaseNow {
  /** Whether something of it is still to be done. */
  open: boolean
  setAside: boolean
  /** The statuses of all visits that were booked for it. */
  visits: readonly string[]
}

/** A visit that is still to be, or is now. */
export const comingStatuses = ['booked', 'confirmed', 'arrived', 'called', 'in_treatment'] as const
const coming: ReadonlySet<string> = new Set(comingStatuses)

/** Whether somebody must still book it: never booked; booked and cancelled or missed; or the visit was and work remains. */
export function waitingOf({ open, setAside, visits }: PhaseNow): Waiting {
  if (!open || setAside || visits.some((status) => coming.has(status))) return null
  if (visits.includes('completed')) return 'work_remains'
  return visits.length > 0 ? 'visit_cancelled' : 'never_booked'
}
