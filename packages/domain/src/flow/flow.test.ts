import { expect, test } from 'vitest'
import { instant } from '../time.ts'
import { isLate, isTooLong, minutesSince, usualFlow } from './flow.ts'

const at = (time: string) => instant(`2026-11-22T${time}Z`)

test('minutes run in whole ones, from nothing, and never backwards', () => {
  expect(minutesSince(at('08:00:00'), at('08:19:59'))).toBe(19)
  expect(minutesSince(at('08:00:00'), at('07:59:00'))).toBe(0)
  expect(minutesSince(null, at('08:00:00'))).toBe(0)
})

test("a wait is too long from the clinic's own minute on", () => {
  expect(isTooLong(19, usualFlow)).toBe(false)
  expect(isTooLong(20, usualFlow)).toBe(true)
  expect(isTooLong(20, { waitingMinutes: 45 })).toBe(false)
})

test('late is who should have come, not who came, was missed or called it off', () => {
  const late = (status: string, now: string) => isLate({ status, startsAt: at('08:00:00') }, usualFlow, at(now))
  expect(late('booked', '08:09:59')).toBe(false)
  expect(late('booked', '08:10:00')).toBe(true)
  expect(late('confirmed', '09:00:00')).toBe(true)
  expect(['arrived', 'called', 'in_treatment', 'completed', 'cancelled', 'no_show', 'held'].filter((status) => late(status, '12:00:00'))).toEqual([])
})
