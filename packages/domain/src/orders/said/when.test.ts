import { expect, test } from 'vitest'
import { plainDate } from '../../time.ts'
import { gapOf, windowOf } from './when.ts'

const today = plainDate('2026-11-22')

test.each([
  [{ unit: 'week', from: 2, to: 2 }, '2026-12-03', '2026-12-09'],
  [{ unit: 'week', from: 2, to: 3 }, '2026-12-06', '2026-12-13'],
  [{ unit: 'month', from: 6, to: 6 }, '2027-05-04', '2027-06-09'],
  [{ unit: 'day', from: 1, to: 1 }, '2026-11-23', '2026-11-23'],
  [{ unit: 'day', from: 4, to: 4 }, '2026-11-25', '2026-11-27'],
  [{ unit: 'day', from: 0, to: 0 }, '2026-11-22', '2026-11-22'],
  [{ date: '2027-05-03' }, '2027-05-03', '2027-05-03'],
  [{ date: '2026-01-01' }, '2026-11-22', '2026-11-22'],
] as const)('%o', (when, fromDate, toDate) => {
  expect(windowOf(when, today)).toEqual({ fromDate, toDate })
})

test('after another visit: the same day, at least so long and up to a week more, or between the two that were said', () => {
  expect(gapOf({ unit: 'day', from: 0, to: 0 })).toEqual({ minGapDays: 0, maxGapDays: 0 })
  expect(gapOf({ unit: 'week', from: 2, to: 2 })).toEqual({ minGapDays: 14, maxGapDays: 21 })
  expect(gapOf({ unit: 'week', from: 2, to: 4 })).toEqual({ minGapDays: 14, maxGapDays: 28 })
  expect(gapOf({ unit: 'month', from: 1, to: 1 })).toEqual({ minGapDays: 30, maxGapDays: 37 })
})
