import PostalMime from 'postal-mime'
import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { changeAppointment } from '@yoman/use-cases/appointments/change'
import { cancelAppointment } from '@yoman/use-cases/appointments/step'
import { recordConsent } from '@yoman/use-cases/consents/record'
import { queueReminder } from '@yoman/use-cases/reminders/queue-reminder'
import { accountOfDay } from '@yoman/use-cases/reminders/day-account'
import { expect, it } from 'vitest'
import { addRule, noQueue, openDesk } from '../desk.fixture.ts'
import { relayOutbox } from '../relay.ts'
import { contextOf } from '../services.ts'
import { queueDueReminders } from '../sweeps.ts'

const desk = await openDesk()
await addRule(desk, { channel: 'email' })
const { sara, ahmad } = desk.clinic.patients
const refuse = (patient: string, purpose: 'service' | 'marketing', channel: 'sms' | 'email') =>
  recordConsent(desk.as('receptionist'), patient, { id: uuid(), channel, purpose, state: 'refused', source: 'desk' })
const messagesOf = (appointmentId: string) => desk.database.db.selectFrom('message').select(['state', 'error_code', 'channel']).where('appointment_id', '=', appointmentId).execute()

it('a reminder by e-mail carries the visit for the calendar, without what it is for', async () => {
  desk.setNow('2026-11-23T07:00:00Z')
  const id = await desk.book('sara', '2026-11-25T07:00:00Z')
  desk.setNow('2026-11-24T08:00:30Z')
  await desk.work()
  const [mail] = desk.office.ledger.mails()
  expect(mail?.attachments).toMatchObject([{ name: 'visit.ics' }])
  const parsed = await PostalMime.parse(desk.office.ledger.rawMail(mail?.id ?? ''), { attachmentEncoding: 'utf8' })
  const text = String(parsed.attachments[0]?.content)
  expect(parsed.attachments[0]?.mimeType).toBe('text/calendar')
  for (const line of ['METHOD:PUBLISH', 'DTSTART:20261125T070000Z', 'SEQUENCE:1']) expect(text.split(/\r?\n/)).toContain(line)
  expect(text).not.toMatch(new RegExp(`${id}|שיחה|שרה`))
  expect(parsed.text).toContain('שרה')
  expect(parsed.html).toContain('dir="rtl"')
})

it('who was told by e-mail hears by e-mail that it moved and that it is off, and the calendar with them; until then nobody has told them', async () => {
  desk.setNow('2026-12-14T07:00:00Z')
  const id = await desk.book('sara', '2026-12-16T07:00:00Z')
  const { branches } = desk.clinic
  desk.setNow('2026-12-15T08:00:30Z')
  await desk.work()
  const account = async () => (await accountOfDay(desk.as('receptionist'), { branchId: branches.center, date: '2026-12-16' })).items.find(({ appointmentId }) => appointmentId === id)
  expect(await account()).toMatchObject({ state: 'delivered' })
  await changeAppointment(desk.as('receptionist'), id, 1, { startsAt: instant('2026-12-16T09:00:00Z') })
  expect(await account()).toMatchObject({ state: 'not_reached', excuse: null })
  await desk.work()
  desk.setNow('2026-12-15T08:04:00Z')
  await desk.work()
  expect(await account()).toMatchObject({ state: 'delivered' })
  await cancelAppointment(desk.as('receptionist'), id, 'clinic')
  await desk.work()
  desk.setNow('2026-12-15T08:08:00Z')
  await desk.work()
  expect(await account()).toMatchObject({ state: 'cancelled' })
  const mails = desk.office.ledger.mails().slice(-2)
  const entries = await Promise.all(mails.map(async (mail) => String((await PostalMime.parse(desk.office.ledger.rawMail(mail.id), { attachmentEncoding: 'utf8' })).attachments[0]?.content).split(/\r?\n/)))
  expect(entries.map((lines) => lines.find((line) => line.startsWith('METHOD')))).toEqual(['METHOD:PUBLISH', 'METHOD:CANCEL'])
  expect(entries[0]).toContain('DTSTART:20261216T090000Z')
  expect(desk.smsTo('+972501234501')).toEqual([])
})

it('who refused advertisements is reminded all the same; who refused service is not', async () => {
  await desk.database.db.updateTable('patient').set({ email: 'ahmad@patients.example' }).where('id', '=', ahmad).execute()
  desk.setNow('2026-11-30T07:00:00Z')
  await refuse(sara, 'marketing', 'email')
  await refuse(ahmad, 'service', 'email')
  const [told, silent] = [await desk.book('sara', '2026-12-02T07:00:00Z'), await desk.book('ahmad', '2026-12-02T08:00:00Z')]
  desk.setNow('2026-12-01T08:00:30Z')
  await desk.work()
  expect(await messagesOf(told)).toMatchObject([{ state: 'sent' }])
  expect(await messagesOf(silent)).toEqual([])
})

it('a refusal that is written while the reminder becomes a message, or waits to leave, is honoured: whoever comes second sees the first', async () => {
  desk.setNow('2026-12-07T07:00:00Z')
  const ids = []
  for (let index = 0; index < 6; index += 1) ids.push(await desk.book('sara', `2026-12-09T0${7 + Math.floor(index / 3)}:${20 * (index % 3) || '00'}:00Z`))
  desk.setNow('2026-12-08T08:00:30Z')
  const due = await desk.database.db.selectFrom('reminder').select('id').where('appointment_id', 'in', ids).where('state', '=', 'planned').execute()
  const [first, ...others] = due
  await queueReminder(contextOf(desk.services, desk.clinic.id), first?.id ?? '', desk.services.compose)
  const before = desk.office.ledger.mails().length
  await Promise.all([refuse(sara, 'service', 'email'), ...others.map(({ id }) => queueReminder(contextOf(desk.services, desk.clinic.id), id, desk.services.compose))])
  await queueDueReminders(desk.services)
  await relayOutbox(desk.services, noQueue)
  await desk.work()
  expect(desk.office.ledger.mails()).toHaveLength(before) // none left: the refusal stood before any of them was claimed
  const states = (await messagesOf(ids[0] ?? '')).concat(...(await Promise.all(ids.slice(1).map(messagesOf))))
  expect(states.length).toBeGreaterThan(0)
  expect(states.every(({ state, error_code }) => state === 'skipped' && error_code === 'no_consent')).toBe(true)
})
