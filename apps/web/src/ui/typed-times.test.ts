import { expect, test } from 'vitest'
import { readDate, readTime, showDate } from './typed-times.ts'

test.each([
  ['24/11/2026', '2026-11-24'],
  ['24.11.26', '2026-11-24'],
  ['4-2', '2026-02-04'],
  [' 2026-11-24 ', '2026-11-24'],
])('reads the date %j as %s', (typed, iso) => {
  expect(readDate(typed, '2026-11-22')).toBe(iso)
})

test.each(['', '31/11/2026', '29/2/2027', '11/24/2026', 'מחר', '1/2/345', '0/1/2026'])('refuses the date %j', (typed) => {
  expect(readDate(typed, '2026-11-22')).toBeNull()
})

test.each([
  ['9', '09:00'],
  ['930', '09:30'],
  ['09.30', '09:30'],
  ['23:59', '23:59'],
])('reads the time %j as %s', (typed, time) => {
  expect(readTime(typed)).toBe(time)
})

test.each(['', '24:00', '9:60', '9:3', 'תשע'])('refuses the time %j', (typed) => {
  expect(readTime(typed)).toBeNull()
})

test('shows a date day first', () => {
  expect(showDate('2026-11-24')).toBe('24/11/2026')
})
