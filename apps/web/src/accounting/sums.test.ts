import { expect, test } from 'vitest'
import { sumsByKind } from './sums.ts'

test('each kind comes to what its states come to together, and what was not read yet is no difference', () => {
  expect(sumsByKind([
    { kind: '330', state: 'sent', count: 1, totalAgorot: 500, heldAgorot: 0 },
    { kind: '320', state: 'accepted', count: 2, totalAgorot: 2_000, heldAgorot: 2_000 },
    { kind: '320', state: 'different', count: 1, totalAgorot: 1_000, heldAgorot: 1_100 },
  ])).toEqual([{ id: '320', count: 3, ours: 3_000, theirs: 3_100, gap: 100 }, { id: '330', count: 1, ours: 500, theirs: 0, gap: 0 }])
  expect(sumsByKind([])).toEqual([])
})
