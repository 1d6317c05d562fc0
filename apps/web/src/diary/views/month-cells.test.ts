import { expect, test } from 'vitest'
import { emptyCells, freeShare } from './month-cells.ts'
import { moved } from './reorder.ts'

test('a month begins under its weekday', () => {
  expect([emptyCells('2026-11-01'), emptyCells('2026-12-01'), emptyCells('2027-01-15'), emptyCells('2027-05-01')]).toEqual([0, 2, 5, 6])
})

test('only a full day is full, and only an empty one empty', () => {
  const share = (freeMinutes: number) => freeShare({ openMinutes: 1000, freeMinutes })
  expect([share(0), share(1), share(500), share(999), share(1000)]).toEqual([0, 1, 50, 99, 100])
  expect(freeShare({ openMinutes: 0, freeMinutes: 0 })).toBe(0)
})

test('one that is moved lands where it was sent, or at the end', () => {
  expect([moved(['a', 'b', 'c'], 'a', 1), moved(['a', 'b', 'c'], 'c', -3), moved(['a', 'b', 'c'], 'b', 9)].map((ids) => ids.join(''))).toEqual(['bac', 'cab', 'acb'])
})
