import { expect, test } from 'vitest'
import { hoursOf, periodsOf } from './periods.ts'

const row = (weekday: number, validFrom: string | null, validTo: string | null = null) => ({ branchId: 'b', weekday, starts: '08:00', ends: '12:00', validFrom, validTo })

test('hours are grouped by the dates for which they hold, the undated first', () => {
  const periods = periodsOf([row(1, '2027-06-01'), row(7, null), row(1, null), row(2, '2027-06-01')])
  expect(periods.map(({ validFrom, spans }) => [validFrom, spans.length])).toEqual([[null, 2], ['2027-06-01', 2]])
})

test('what was read is what is written', () => {
  const hours = [row(7, null), row(1, null), row(1, '2027-06-01', '2027-08-31')]
  expect(hoursOf(periodsOf(hours))).toEqual(hours)
})

test('somebody without hours has one empty week to fill', () => {
  expect(periodsOf([])).toEqual([{ validFrom: null, validTo: null, spans: [] }])
})
