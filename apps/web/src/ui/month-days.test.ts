import { expect, test } from 'vitest'
import { dayByKey, monthDays } from './month-days.ts'

test('a month is shown in six weeks from Sunday', () => {
  const days = monthDays('2026-11-22')
  expect(days).toHaveLength(42)
  expect(days[0]).toEqual({ iso: '2026-11-01', day: 1, inMonth: true })
  expect(monthDays('2026-10-05')[0]?.iso).toBe('2026-09-27')
  expect(days.filter((day) => day.inMonth)).toHaveLength(30)
})

test('arrow keys follow the reading direction', () => {
  expect(dayByKey('2026-11-22', 'ArrowLeft', true)).toBe('2026-11-23')
  expect(dayByKey('2026-11-22', 'ArrowLeft', false)).toBe('2026-11-21')
  expect(dayByKey('2026-11-22', 'ArrowRight', true)).toBe('2026-11-21')
  expect(dayByKey('2026-11-22', 'ArrowDown', true)).toBe('2026-11-29')
})

test('pages by month and keeps to the calendar', () => {
  expect(dayByKey('2027-01-31', 'PageDown', true)).toBe('2027-02-28')
  expect(dayByKey('2026-11-22', 'PageUp', true)).toBe('2026-10-22')
  expect(dayByKey('2026-11-22', 'KeyA', true)).toBeNull()
})
