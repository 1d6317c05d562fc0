import { expect, it } from 'vitest'
import { plainDate } from '../time.ts'
import { isWorthTelling, lastDayOf, latestDay, monthToTell } from './statement.ts'

it('tells of the month before, for a week from its day on', () => {
  const at = (today: string, day: number) => monthToTell(plainDate(today), day)?.toString() ?? null
  expect(at('2026-12-01', 1)).toBe('2026-11-01')
  expect(at('2026-12-07', 1)).toBe('2026-11-01')
  expect(at('2026-12-08', 1)).toBeNull()
  expect(at('2027-01-04', 5)).toBeNull()
  expect(at('2027-01-05', 5)).toBe('2026-12-01')
  expect(at('2027-02-27', latestDay)).toBe('2027-01-01')
  expect(at('2027-02-28', latestDay)).toBeNull()
  expect(lastDayOf(plainDate('2028-02-01')).toString()).toBe('2028-02-29')
})

it('is worth telling where something is owed, and where something happened if the clinic wants that', () => {
  const document = { patient: '', kind: '320' as const, number: 1, on: '2026-11-03', total: 100, received: 100 }
  expect(isWorthTelling({ owed: 1, documents: [] }, 'owing')).toBe(true)
  expect(isWorthTelling({ owed: 0, documents: [document] }, 'owing')).toBe(false)
  expect(isWorthTelling({ owed: 0, documents: [document] }, 'moved')).toBe(true)
  expect(isWorthTelling({ owed: 0, documents: [] }, 'moved')).toBe(false)
  expect(isWorthTelling({ owed: 5, documents: [document] }, 'nobody')).toBe(false)
})
