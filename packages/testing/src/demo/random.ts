/** A repeatable source of chance (mulberry32): the same seed gives the same clinic on every machine. */
export interface Random {
  next(): number
  int(from: number, to: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  chance(share: number): boolean
  id(): string
}

export function makeRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    int,
    pick: (items) => items[int(0, items.length - 1)] ?? items[0],
    chance: (share) => next() < share,
    id: () => uuid(() => int(0, 15)),
  }
}

/** A version 7 id whose time part is fixed, so that ids are the same in every demo. */
function uuid(nibble: () => number): string {
  const hex = (count: number) => Array.from({ length: count }, () => nibble().toString(16)).join('')
  return `01930000-${hex(4)}-7${hex(3)}-${(8 + (nibble() % 4)).toString(16)}${hex(3)}-${hex(12)}`
}
