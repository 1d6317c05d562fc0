import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusal } from '../refusal.fixture.ts'
import { plainDate } from '../time.ts'
import { addIncome, compareRows } from './income.ts'
import { comparable, daysOf, partsOf, requireReportable, startOf } from './period.ts'

const range = (from: string, to: string) => ({ from: plainDate(from), to: plainDate(to) })
const shown = ({ from, to }: ReturnType<typeof range>) => [from.toString(), to.toString()]

describe('a comparable period', () => {
  it('of whole months is as many months before, whatever their lengths', () => {
    expect(shown(comparable(range('2026-03-01', '2026-03-31'), 'previous'))).toEqual(['2026-02-01', '2026-02-28'])
    expect(shown(comparable(range('2026-01-01', '2026-12-31'), 'previous'))).toEqual(['2025-01-01', '2025-12-31'])
    expect(shown(comparable(range('2026-02-01', '2026-02-28'), 'year'))).toEqual(['2025-02-01', '2025-02-28'])
    expect(shown(comparable(range('2024-02-01', '2024-02-29'), 'year'))).toEqual(['2023-02-01', '2023-02-28'])
    expect(shown(comparable(range('2025-02-01', '2025-02-28'), 'year'))).toEqual(['2024-02-01', '2024-02-29'])
  })

  it('of other days is as many days right before, or the same dates of last year', () => {
    expect(shown(comparable(range('2026-11-10', '2026-11-16'), 'previous'))).toEqual(['2026-11-03', '2026-11-09'])
    expect(shown(comparable(range('2026-11-10', '2026-11-16'), 'year'))).toEqual(['2025-11-10', '2025-11-16'])
  })

  it('ends the day before, and is never empty', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 400 }), (start, length) => {
      const from = plainDate('2020-01-01').add({ days: start })
      const period = { from, to: from.add({ days: length }) }
      const before = comparable(period, 'previous')
      expect(before.to.add({ days: 1 }).equals(period.from)).toBe(true)
      expect(daysOf(before)).toBeGreaterThan(0)
      expect(daysOf(comparable(period, 'year'))).toBeGreaterThan(0)
    }))
  })
})

describe('parts of a period', () => {
  it('are all of them, in order, and every day lies in one', () => {
    expect(partsOf(range('2026-10-15', '2026-12-02'), 'month').map(String)).toEqual(['2026-10-01', '2026-11-01', '2026-12-01'])
    // 22 November 2026 is a Sunday.
    expect(partsOf(range('2026-11-20', '2026-11-23'), 'week').map(String)).toEqual(['2026-11-15', '2026-11-22'])
    expect(partsOf(range('2026-11-20', '2026-11-23'), 'practitioner')).toEqual([])
    fc.assert(fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 200 }), fc.constantFrom('month', 'week', 'day'), (start, length, group) => {
      const from = plainDate('2024-01-01').add({ days: start })
      const parts = partsOf({ from, to: from.add({ days: length }) }, group).map(String)
      for (let day = 0; day <= length; day += 1) expect(parts).toContain(startOf(from.add({ days: day }), group).toString())
    }))
  })
})

describe('the rows of a report', () => {
  const sum = (key: string, gross: number) => ({ key, count: 1, gross, net: gross - 1 })

  it('stand beside those of the comparable period: the same group, or the same place of the calendar', () => {
    const rows = compareRows('branch', { keys: [], sums: [sum('a', 5), sum('b', 9)] }, { keys: [], sums: [sum('a', 2), sum('c', 4)] })
    expect(rows.map(({ key, gross, before }) => [key, gross, before?.gross])).toEqual([['b', 9, 0], ['a', 5, 2], ['c', 0, 4]])
    const months = compareRows('month', { keys: ['2026-01-01', '2026-02-01'], sums: [sum('2026-02-01', 7)] }, { keys: ['2025-01-01'], sums: [sum('2025-01-01', 3)] })
    expect(months.map(({ key, gross, before }) => [key, gross, before?.gross])).toEqual([['2026-01-01', 0, 3], ['2026-02-01', 7, 0]])
    expect(compareRows('branch', { keys: [], sums: [sum('a', 5)] }, null)[0]?.before).toBeNull()
  })

  it('add up', () => expect(addIncome([sum('a', 5), sum('b', -9)])).toEqual({ count: 2, gross: -4, net: -6 }))
})

it('a report is of three years at most, by day of one', () => {
  requireReportable(range('2024-01-01', '2026-12-31'), 'month')
  expect(refusal(() => requireReportable(range('2023-12-31', '2026-12-31'), 'month'))).toBe('report_period_invalid')
  expect(refusal(() => requireReportable(range('2025-01-01', '2026-02-01'), 'day'))).toBe('report_period_invalid')
  expect(refusal(() => requireReportable(range('2026-01-02', '2026-01-01'), null))).toBe('report_period_invalid')
})
