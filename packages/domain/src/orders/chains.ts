import type { OpenSlot } from '../availability/open-slots.ts'

/** Where one step of an order could go: free slots of each day, soonest first; day 0 is the first day of the window. */
export interface StepSlots {
  step: number
  minutes: number
  bufferBefore: number
  bufferAfter: number
  minGapDays: number
  maxGapDays: number
  /** The free slots of a day, by their start; none where the day was not looked at. */
  on(day: number): readonly OpenSlot[]
}

export interface ChainVisit extends OpenSlot {
  step: number
  minutes: number
}

/** Chains of one part of a day compete with each other; `part` names it by the first visit's start. */
export interface ChainWish {
  /** Days on which the first visit may be: 0 to days − 1. */
  days: number
  limit: number
  partOf(day: number, start: number): string
}

/**
 * Proposals, soonest first: of each day and each part of it the chain in which the patient waits least between visits of one
 * day. Visits follow each other; where two of them share anybody or anything, their buffers do not meet either.
 */
export function chains(steps: readonly StepSlots[], { days, limit, partOf }: ChainWish): ChainVisit[][] {
  const found: ChainVisit[][] = []
  for (let day = 0; day < days && found.length < limit; day += 1) {
    const best = new Map<string, ChainVisit[]>()
    for (const slot of steps[0]?.on(day) ?? []) {
      const chain = complete(steps, [visitOf(steps[0], slot)], day)
      const part = partOf(day, slot.start)
      const rival = best.get(part)
      if (chain && (!rival || waiting(chain) < waiting(rival))) best.set(part, chain)
    }
    found.push(...[...best.values()].sort((a, b) => startOf(a) - startOf(b)))
  }
  return found.slice(0, limit)
}

/** The chain with its remaining visits, each as soon as it can be; null where a step finds no place. */
function complete(steps: readonly StepSlots[], chain: readonly ChainVisit[], day: number): ChainVisit[] | null {
  const next = steps[chain.length]
  const before = chain.at(-1)
  const earlier = steps[chain.length - 1]
  if (!next || !before || !earlier) return [...chain]
  for (let on = day + next.minGapDays; on <= day + next.maxGapDays; on += 1) {
    for (const slot of next.on(on)) {
      if (!follows(earlier, before, next, slot)) continue
      const whole = complete(steps, [...chain, visitOf(next, slot)], on)
      if (whole) return whole
    }
  }
  return null
}

function follows(earlier: StepSlots, before: ChainVisit, next: StepSlots, slot: OpenSlot): boolean {
  const shared = takenBy(before).some((id) => takenBy(slot).includes(id))
  const pause = shared ? earlier.bufferAfter + next.bufferBefore : 0
  return slot.start >= before.start + before.minutes + pause
}

const takenBy = ({ practitionerId, placeId, alsoIds }: OpenSlot): string[] => [practitionerId, ...(placeId === null ? [] : [placeId]), ...alsoIds]

const visitOf = (step: StepSlots | undefined, slot: OpenSlot): ChainVisit => ({ ...slot, step: step?.step ?? 1, minutes: step?.minutes ?? 0 })

const startOf = (chain: readonly ChainVisit[]): number => chain[0]?.start ?? 0

const mostWait = 24 * 60 // a pause longer than a day is a gap that was asked for, not waiting

/** Minutes between visits of one day. */
function waiting(chain: readonly ChainVisit[]): number {
  const pauses = chain.slice(1).map((visit, place) => visit.start - endOf(chain[place]))
  return pauses.filter((pause) => pause < mostWait).reduce((sum, pause) => sum + pause, 0)
}

const endOf = (visit: ChainVisit | undefined): number => (visit ? visit.start + visit.minutes : 0)
