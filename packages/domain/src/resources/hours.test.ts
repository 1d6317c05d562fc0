import { expect, test } from 'vitest'
import { checkHours } from './hours.ts'

test('a break is a gap between two stretches of one day', () => {
  expect(() => checkHours([{ weekday: 7, starts: '08:00', ends: '12:00' }, { weekday: 7, starts: '12:00', ends: '16:00' }, { weekday: 1, starts: '09:00', ends: '15:00' }])).not.toThrow()
})

test('stretches of one day do not overlap', () => {
  expect(() => checkHours([{ weekday: 7, starts: '08:00', ends: '12:30' }, { weekday: 7, starts: '12:00', ends: '16:00' }])).toThrow('hours_overlap')
})

test('hours that hold in other months may overlap', () => {
  const summer = { weekday: 7, starts: '08:00', ends: '12:30', validFrom: '2027-06-01', validTo: '2027-08-31' }
  expect(() => checkHours([summer, { weekday: 7, starts: '12:00', ends: '16:00', validFrom: '2027-09-01', validTo: null }])).not.toThrow()
  expect(() => checkHours([summer, { weekday: 7, starts: '12:00', ends: '16:00', validFrom: '2027-08-31', validTo: null }])).toThrow('hours_overlap')
})

test('an end is after its start', () => {
  expect(() => checkHours([{ weekday: 7, starts: '08:00', ends: '08:00' }])).toThrow('ends_before_it_starts')
})
