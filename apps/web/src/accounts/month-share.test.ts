import { expect, test } from 'vitest'
import { trend } from './month-share.ts'

const month = (name: string, visits: number, missed: number) => ({ month: name, visits, missed })

test('the latest month with visits stands beside all before it together, not beside the mean of their shares', () => {
  expect(trend([month('2026-12', 0, 0), month('2026-11', 50, 1), month('2026-10', 100, 10), month('2026-09', 300, 6)])).toEqual({ month: '2026-11', now: '2%', before: '4%', visits: 50, earlierVisits: 400, months: 2 })
})

test('says nothing where there is nothing to compare with', () => {
  expect(trend([])).toBeNull()
  expect(trend([month('2026-11', 50, 1)])).toBeNull()
  expect(trend([month('2026-11', 50, 1), month('2026-10', 0, 0)])).toBeNull()
})
