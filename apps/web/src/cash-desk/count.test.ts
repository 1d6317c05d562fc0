import { expect, it } from 'vitest'
import { differenceOf, readCounted, shownMeans } from './count.ts'

it('reads what was counted, also nothing', () => {
  expect(['0', '0.00', '₪0', '180.50', '', '-20', '-0', '--1'].map(readCounted)).toEqual([0, 0, 0, 18_050, null, -2_000, 0, null])
  expect([differenceOf(18_000, '180'), differenceOf(18_000, '170'), differenceOf(0, '0'), differenceOf(1, 'x')]).toEqual([0, -1_000, 0, null])
})

it('shows cash always, others where money came in', () => {
  const means = (['cash', 'card', 'bit'] as const).map((method) => ({ method, payments: method === 'card' ? 1 : 0, refunds: 0, refundedAgorot: 0, expectedAgorot: method === 'card' ? 5 : 0 }))
  expect(shownMeans({ day: '2026-11-22', closedId: null, leftBeforeAgorot: 0, payments: [], byLink: [], means }).map(({ method }) => method)).toEqual(['cash', 'card'])
})
