import type { Outputs } from '@yoman/contract/routes'

export type Count = Outputs['GET /accounting-reconciliations']['counts'][number]

export interface KindSums {
  id: Count['kind']
  count: number
  ours: number
  theirs: number
  /** Theirs less ours, of what was read back: what is still on its way is no difference. */
  gap: number
}

const read: readonly Count['state'][] = ['accepted', 'different', 'missing']

/** What each kind of document comes to by ours and by theirs, in agorot; kinds that did not occur are left out. */
export function sumsByKind(counts: readonly Count[]): KindSums[] {
  const sums = new Map<Count['kind'], KindSums>()
  for (const { kind, state, count, totalAgorot, heldAgorot } of counts) {
    const before = sums.get(kind) ?? { id: kind, count: 0, ours: 0, theirs: 0, gap: 0 }
    sums.set(kind, { id: kind, count: before.count + count, ours: before.ours + totalAgorot, theirs: before.theirs + heldAgorot, gap: before.gap + (read.includes(state) ? heldAgorot - totalAgorot : 0) })
  }
  return [...sums.values()].sort((a, b) => a.id.localeCompare(b.id))
}
