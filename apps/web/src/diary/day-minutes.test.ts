import { expect, test } from 'vitest'
import { instantOf, minuteOf, minuteOfTime } from './day-minutes.ts'

const zone = 'Asia/Jerusalem'

test('a minute of the branch’s day and its instant are two ways to say one thing', () => {
  expect(instantOf(570, zone, '2026-11-22')).toBe('2026-11-22T07:30:00Z')
  expect(minuteOf('2026-11-22T07:30:00Z', zone, '2026-11-22')).toBe(570)
})

test('what belongs to another day stands at the edge', () => {
  expect(minuteOf('2026-11-22T22:30:00Z', zone, '2026-11-22')).toBe(1440)
  expect(minuteOf('2026-11-21T10:00:00Z', zone, '2026-11-22')).toBe(0)
})

test('the clock changes of 2027 keep the wall’s time', () => {
  expect(instantOf(540, zone, '2027-03-26')).toBe('2027-03-26T06:00:00Z')
  expect(instantOf(540, zone, '2027-10-31')).toBe('2027-10-31T07:00:00Z')
})

test('reads a time of day', () => {
  expect(minuteOfTime('09:05')).toBe(545)
})
