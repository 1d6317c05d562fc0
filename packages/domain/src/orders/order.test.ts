import { expect, test } from 'vitest'
import { instant, plainDate } from '../time.ts'
import { checkBooking, checkOpen, gapOf, type OrderStep, orderWindow } from './order.ts'

const today = plainDate('2026-11-22')
const zone = 'Asia/Jerusalem'
const code = (text: string) => expect.objectContaining({ code: text })
const step = (number: number, minGapDays = 0, maxGapDays = 0): OrderStep => ({ step: number, durationMinutes: 30, minGapDays, maxGapDays, bookedAt: null })
const visits = (...starts: string[]) => starts.map((startsAt, place) => ({ step: place + 1, startsAt: instant(startsAt) }))

test.each([
  [0, '2026-11-22', '2026-11-25'],
  [1, '2026-11-26', '2026-12-02'],
  [6, '2026-12-30', '2027-01-07'],
  [26, '2027-05-05', '2027-06-10'],
])('in %i weeks is around that day', (inWeeks, from, to) => {
  const window = orderWindow({ inWeeks }, today)
  expect([String(window.from), String(window.to)]).toEqual([from, to])
})

test('a window that ends before it begins, or is over, is refused', () => {
  expect(() => orderWindow({ fromDate: '2026-12-02', toDate: '2026-12-01' }, today)).toThrow(code('order_window_invalid'))
  expect(() => orderWindow({ fromDate: '2026-11-01', toDate: '2026-11-21' }, today)).toThrow(code('order_window_invalid'))
  expect(String(orderWindow({ fromDate: '2026-11-01', toDate: '2026-11-22' }, today).to)).toBe('2026-11-22')
})

test('a gap has a week of leeway unless it was said, and no gap is the same day', () => {
  expect(gapOf({})).toEqual({ minGapDays: 0, maxGapDays: 0 })
  expect(gapOf({ minGapDays: 14 })).toEqual({ minGapDays: 14, maxGapDays: 21 })
  expect(gapOf({ minGapDays: 3, maxGapDays: 4 })).toEqual({ minGapDays: 3, maxGapDays: 4 })
  expect(() => gapOf({ minGapDays: 4, maxGapDays: 3 })).toThrow(code('order_window_invalid'))
})

test('the doctor and then the hygienist the same day', () => {
  const order = { status: 'open', steps: [step(1), step(2)] } as const
  expect(() => checkBooking(order, visits('2026-12-01T08:00:00Z', '2026-12-01T08:30:00Z'), zone)).not.toThrow()
  expect(() => checkBooking(order, visits('2026-12-01T08:00:00Z', '2026-12-01T08:29:00Z'), zone)).toThrow(code('order_gap_broken'))
  expect(() => checkBooking(order, visits('2026-12-01T08:00:00Z', '2026-12-02T08:00:00Z'), zone)).toThrow(code('order_gap_broken'))
  expect(() => checkBooking(order, visits('2026-12-01T08:00:00Z', '2026-11-30T08:00:00Z'), zone)).toThrow(code('order_gap_broken'))
})

test('days of a gap are days on the branch\'s wall, across a clock change too', () => {
  const order = { status: 'open', steps: [step(1), step(2, 1, 1)] } as const
  expect(() => checkBooking(order, visits('2026-12-01T21:00:00Z', '2026-12-01T22:30:00Z'), zone)).not.toThrow() // 23:00 and 00:30 the next day
  expect(() => checkBooking(order, visits('2027-03-25T08:00:00Z', '2027-03-26T07:00:00Z'), zone)).not.toThrow() // the night the clocks change
})

test('every step is booked, once', () => {
  const order = { status: 'open', steps: [step(1), step(2)] } as const
  expect(() => checkBooking(order, visits('2026-12-01T08:00:00Z'), zone)).toThrow(code('order_steps_missing'))
  const twice = visits('2026-12-01T08:00:00Z', '2026-12-01T09:00:00Z').map((visit) => ({ ...visit, step: 1 }))
  expect(() => checkBooking(order, twice, zone)).toThrow(code('order_steps_missing'))
})

test('a step whose visit stands is not booked again, and the others keep their distance from it', () => {
  const order = { status: 'open', steps: [{ ...step(1), bookedAt: instant('2026-12-01T08:00:00Z') }, step(2)] } as const
  const second = (startsAt: string) => [{ step: 2, startsAt: instant(startsAt) }]
  expect(() => checkBooking(order, second('2026-12-01T08:30:00Z'), zone)).not.toThrow()
  expect(() => checkBooking(order, second('2026-12-02T08:30:00Z'), zone)).toThrow(code('order_gap_broken'))
  expect(() => checkBooking(order, [...visits('2026-12-01T08:00:00Z'), ...second('2026-12-01T08:30:00Z')], zone)).toThrow(code('order_steps_missing'))
})

test('only an open order is booked or closed', () => {
  expect(() => checkOpen({ status: 'booked' })).toThrow(code('order_already_booked'))
  expect(() => checkOpen({ status: 'cancelled' })).toThrow(code('order_cancelled'))
  expect(() => checkOpen({ status: 'open' })).not.toThrow()
})
