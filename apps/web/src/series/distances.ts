import type { Distance } from '@yoman/contract/series'

/** The distances that are asked for at a checkout, in their order; the key names the words. */
export const distances = {
  w1: { weeks: 1 },
  w2: { weeks: 2 },
  w4: { weeks: 4 },
  w6: { weeks: 6 },
  m1: { months: 1 },
  m3: { months: 3 },
  m6: { months: 6 },
  m12: { months: 12 },
} as const satisfies Record<string, Distance>

export type DistanceKey = keyof typeof distances
export const distanceKeys = Object.keys(distances) as DistanceKey[] // keys of our own constant
