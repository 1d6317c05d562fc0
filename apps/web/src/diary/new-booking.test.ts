import { expect, test } from 'vitest'
import { newBooking, patientFrom } from './new-booking.ts'

test('an empty slot fills in who, when and how long; nothing else is guessed', () => {
  const form = newBooking({ date: '2026-11-22', practitionerId: 'p', minute: 545, length: 45, patientId: null })
  expect(form).toMatchObject({ date: '2026-11-22', practitionerId: 'p', time: '09:05', length: 45, visitTypeId: null, note: '' })
})

test('what was searched for becomes the new record', () => {
  expect(patientFrom('  רות בן דוד ')).toMatchObject({ givenName: 'רות', familyName: 'בן דוד', phone: '' })
  expect(patientFrom('050-123 4567')).toMatchObject({ givenName: '', familyName: '', phone: '050-123 4567' })
})

test('consent is never assumed', () => {
  expect(patientFrom('רות').agrees).toBe(false)
})
