import { expect, test } from 'vitest'
import type { Appointment } from '../appointments/appointment.ts'
import { instant } from '../time.ts'
import { missPaper, receivePaper } from './paper.ts'

const now = instant('2026-11-22T07:00:00Z')
const visit: Appointment = {
  id: 'a', branchId: 'b', practitionerId: 'p', patientId: 's', visitTypeId: 't', startsAt: now, endsAt: instant('2026-11-22T07:30:00Z'), status: 'booked', holdExpiresAt: null,
  deskNote: '', cancelReason: null, orderId: null, orderStep: null, version: 3, createdBy: null, resourceIds: ['p'], overbooked: null,
}

test('a paper that the visit asks for is received once, with who and when', () => {
  const { receipt, events } = receivePaper(visit, 'form_17', null, 'me', now)
  expect(receipt).toEqual({ appointmentId: 'a', kind: 'form_17', receivedAt: now, receivedBy: 'me' })
  expect(events).toMatchObject([{ name: 'appointment.paper_received', subject: { id: 'a' }, branchId: 'b', details: { kind: 'form_17' } }])
  expect(receivePaper(visit, 'form_17', receipt, 'another', now)).toEqual({ receipt, events: [] })
  expect(missPaper(visit, 'form_17')).toMatchObject([{ name: 'appointment.paper_missing', details: { kind: 'form_17' } }])
})

test('it may come after the visit, but not for one that will not be, nor for one that asks for none', () => {
  expect(receivePaper({ ...visit, status: 'completed' }, 'referral', null, 'me', now).receipt.kind).toBe('referral')
  for (const status of ['cancelled', 'no_show'] as const) expect(() => receivePaper({ ...visit, status }, 'referral', null, 'me', now)).toThrow('appointment_is_final')
  expect(() => receivePaper(visit, 'none', null, 'me', now)).toThrow('paper_not_asked')
})
