import { expect, test } from 'vitest'
import { addSpan, copyToWorkdays, daySpans, hoursProblem, type Span } from './week-hours.ts'

const span = (weekday: number, starts: string | null, ends: string | null): Span => ({ weekday, branchId: null, starts, ends })

test('a second stretch of a day begins half an hour after the first, so that the gap is a break', () => {
  expect(addSpan([span(7, '08:00', '13:00')], 7, null)[1]).toEqual(span(7, '13:30', '16:30'))
})

test('a stretch never runs over midnight', () => {
  expect(addSpan([span(7, '08:00', '23:00')], 7, null)[1]).toEqual(span(7, '23:30', '23:55'))
})

test('copies a day to Sunday to Thursday and leaves Friday and Saturday alone', () => {
  const copied = copyToWorkdays([span(7, '08:00', '12:00'), span(7, '13:00', '16:00'), span(1, '10:00', '11:00'), span(5, '08:00', '12:00')], 7)
  expect([7, 1, 2, 3, 4, 5, 6].map((day) => daySpans(copied, day).length)).toEqual([2, 2, 2, 2, 2, 1, 0])
  expect(daySpans(copied, 1)[0]?.starts).toBe('08:00')
})

test('tells the weekday of a time that is missing, of an end before its start and of an overlap', () => {
  expect(hoursProblem([span(1, '08:00', '12:00'), span(2, '08:00', null)])).toEqual({ code: 'time_missing', weekday: 2 })
  expect(hoursProblem([span(3, '12:00', '08:00')])).toEqual({ code: 'ends_before_it_starts', weekday: 3 })
  expect(hoursProblem([span(4, '08:00', '12:00'), span(4, '11:55', '13:00')])).toEqual({ code: 'hours_overlap', weekday: 4 })
  expect(hoursProblem([span(4, '08:00', '12:00'), span(4, '12:00', '13:00')])).toBeNull()
})

test('the same hours in periods that do not meet are no overlap', () => {
  const summer = { ...span(1, '08:00', '12:00'), validFrom: '2027-06-01', validTo: '2027-08-31' }
  expect(hoursProblem([summer, { ...summer, validFrom: '2027-09-01', validTo: null }])).toBeNull()
  expect(hoursProblem([summer, { ...summer, validFrom: '2027-08-31', validTo: null }])?.code).toBe('hours_overlap')
})
