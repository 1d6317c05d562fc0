import { expect, test } from 'vitest'
import type { Settings } from '@yoman/contract/settings'
import { readyToBook, stepsDone } from './begin-steps.ts'

const clinic: Settings['clinic'] = { id: 'c', name: 'מרפאה', legalName: '', vatNumber: '', language: 'he', currency: 'ILS', email: null, phone: null, version: 1 } as Settings['clinic'] // what this test does not read is left out
const empty: Settings = { clinic, branches: [], resources: [], visitTypes: [], priceItems: [], colleagues: [] }
const doctor = { id: 'd', kind: 'practitioner', name: 'ד״ר', nameEn: '', branchId: null, sort: 0, colour: '#000000', active: true, practitioner: null, hours: [], version: 1 } as Settings['resources'][number]
const hour = { branchId: 'b', weekday: 7, starts: '08:00', ends: '16:00', validFrom: null, validTo: null }

test('a clinic that was just made has everything before it', () => {
  expect(stepsDone({ settings: empty, rules: 0, hasPatients: false })).toEqual({ clinic: false, hours: false, people: false, places: false, types: false, reminders: false, patients: false })
})

test('a practitioner counts from the day they have hours, and only while they work here', () => {
  const with_ = (resource: Settings['resources'][number]) => stepsDone({ settings: { ...empty, resources: [resource] }, rules: 0, hasPatients: false }).people
  expect(with_(doctor)).toBe(false)
  expect(with_({ ...doctor, hours: [hour] })).toBe(true)
  expect(with_({ ...doctor, hours: [hour], active: false })).toBe(false)
})

test('a first appointment needs somebody who works and a kind of visit, and nothing else', () => {
  const done = stepsDone({ settings: empty, rules: 1, hasPatients: true })
  expect(readyToBook(done)).toBe(false)
  expect(readyToBook({ ...done, people: true, types: true })).toBe(true)
})
