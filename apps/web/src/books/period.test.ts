import { expect, it } from 'vitest'
import { datesOf } from './period.ts'

it('gives whole months and years around a day', () => {
  expect(datesOf('lastMonth', '2026-03-31')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(datesOf('thisMonth', '2026-11-22')).toEqual({ from: '2026-11-01', to: '2026-11-30' })
  expect(datesOf('lastMonth', '2027-01-05')).toEqual({ from: '2026-12-01', to: '2026-12-31' })
  expect(datesOf('thisYear', '2026-11-22')).toEqual({ from: '2026-01-01', to: '2026-12-31' })
  expect(datesOf('lastYear', '2026-11-22')).toEqual({ from: '2025-01-01', to: '2025-12-31' })
})

it('gives the last pair of months that is over', () => {
  expect(datesOf('lastTwoMonths', '2026-11-22')).toEqual({ from: '2026-09-01', to: '2026-10-31' })
  expect(datesOf('lastTwoMonths', '2026-12-31')).toEqual({ from: '2026-09-01', to: '2026-10-31' })
  expect(datesOf('lastTwoMonths', '2027-01-01')).toEqual({ from: '2026-11-01', to: '2026-12-31' })
})

it('leaves other dates to whoever types them', () => {
  expect(datesOf('other', '2026-11-22')).toBeNull()
})
