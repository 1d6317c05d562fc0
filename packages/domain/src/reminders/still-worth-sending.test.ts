import { expect, test } from 'vitest'
import { instant, plainTime } from '../time.ts'
import { hoursFor, type SendingHours } from './sending-hours.ts'
import { type Recipient, stillWorthSending } from './still-worth-sending.ts'

const hours: SendingHours = { zone: 'Asia/Jerusalem', quietFrom: plainTime('21:00'), quietTo: plainTime('08:00'), eveCutoff: plainTime('13:00'), sabbathPolicy: 'back' }
const startsAt = instant('2026-11-25T14:00+02:00')
const reminder = { appointmentStartsAt: startsAt }
const booked = { branchId: 'b', startsAt, status: 'booked' }
const patient: Recipient = { address: '+972501234567', refused: false }
const due = instant('2026-11-24T10:00+02:00')

test('sends what is still true', () => {
  expect(stillWorthSending(reminder, booked, patient, hours, due)).toEqual({ now: 'send' })
  expect(stillWorthSending(reminder, { ...booked, status: 'confirmed' }, patient, hours, due)).toEqual({ now: 'send' })
})

test.each(['held', 'arrived', 'called', 'in_treatment', 'completed', 'cancelled', 'no_show'])('skips a visit that is %s', (status) => {
  expect(stillWorthSending(reminder, { ...booked, status }, patient, hours, due)).toEqual({ now: 'skip', reason: 'not_booked' })
})

test('skips a visit that was moved, even by a minute', () => {
  const moved = { ...booked, startsAt: startsAt.add({ minutes: 1 }) }
  expect(stillWorthSending(reminder, moved, patient, hours, due)).toEqual({ now: 'skip', reason: 'moved' })
})

test('a refusal holds, and without an address there is nothing to send to', () => {
  expect(stillWorthSending(reminder, booked, { ...patient, refused: true }, hours, due)).toEqual({ now: 'skip', reason: 'no_consent' })
  expect(stillWorthSending(reminder, booked, { ...patient, address: null }, hours, due)).toEqual({ now: 'skip', reason: 'nothing_to_send_to' })
  expect(stillWorthSending(reminder, booked, { ...patient, address: '' }, hours, due)).toEqual({ now: 'skip', reason: 'nothing_to_send_to' })
})

test.each([
  ['2026-11-25T13:00+02:00', { now: 'send' }],
  ['2026-11-25T13:00:01+02:00', { now: 'skip', reason: 'too_late' }],
  ['2026-11-25T14:30+02:00', { now: 'skip', reason: 'too_late' }],
  ['2026-11-26T10:00+02:00', { now: 'skip', reason: 'too_late' }],
])('after an outage, at %s: %j', (now, verdict) => {
  expect(stillWorthSending(reminder, booked, patient, hours, instant(now))).toEqual(verdict)
})

test('waits out the night', () => {
  for (const night of ['2026-11-24T21:00+02:00', '2026-11-24T23:59:59+02:00', '2026-11-25T07:59:59+02:00']) {
    expect(stillWorthSending(reminder, booked, patient, hours, instant(night)), night).toEqual({ now: 'wait', until: instant('2026-11-25T08:00+02:00') })
  }
  expect(stillWorthSending(reminder, booked, patient, hours, instant('2026-11-24T20:59:59+02:00'))).toEqual({ now: 'send' })
})

test('a sweep that comes late on Friday waits until Sunday, unless the visit is then too near', () => {
  const friday = instant('2026-11-27T13:00+02:00')
  const sunday = (time: string) => {
    const start = instant(`2026-11-29T${time}+02:00`)
    return stillWorthSending({ appointmentStartsAt: start }, { ...booked, startsAt: start }, patient, hours, friday)
  }
  expect(sunday('09:00')).toEqual({ now: 'wait', until: instant('2026-11-29T08:00+02:00') })
  expect(sunday('08:59')).toEqual({ now: 'skip', reason: 'too_late' })
})

test('says of a call whether only its own hours leave no time, so that another way may go', () => {
  const start = instant('2026-11-25T09:30+02:00')
  const look = (now: string, by: SendingHours) => stillWorthSending({ appointmentStartsAt: start }, { ...booked, startsAt: start }, patient, by, instant(now))
  const calls = hoursFor('voice', hours)
  expect(look('2026-11-24T20:31+02:00', calls)).toEqual({ now: 'skip', reason: 'too_late', otherwise: true })
  expect(look('2026-11-24T22:00+02:00', calls)).toEqual({ now: 'skip', reason: 'too_late', otherwise: true }) // from eight on
  expect(look('2026-11-25T08:31+02:00', calls)).toEqual({ now: 'skip', reason: 'too_late' })
  expect(look('2026-11-24T19:59+02:00', calls)).toEqual({ now: 'send' })
  expect(look('2026-11-24T22:00+02:00', hoursFor('voice', { ...hours, quietTo: plainTime('09:00') }))).toEqual({ now: 'skip', reason: 'too_late' })
})
