// What a ceiling or a pace keeps back: it is seen to be late, goes by another way where waiting leads nowhere, and has an order.
import { readGauges } from '@yoman/db/messages/gauges'
import { findQueuedMessages } from '@yoman/db/messages/queries'
import { findSendingSetting, takeAllowance } from '@yoman/db/messages/sending'
import { countLate } from '@yoman/db/reminders/checks'
import { instant, plainDate } from '@yoman/domain/time'
import { castId } from '@yoman/testing/cast'
import { changeAppointment } from '@yoman/use-cases/appointments/change'
import { setSendingSettings } from '@yoman/use-cases/messages/sending-settings'
import { acrossClinics, outsideClinics, read, transact } from '@yoman/use-cases/transact'
import { beforeAll, expect, it } from 'vitest'
import { addRule, openDesk } from '../desk.fixture.ts'
import { measure } from '../sweeps.ts'
import { bookMany } from './storm.fixture.ts'

const desk = await openDesk()
await addRule(desk)
const { db } = desk.database
const { ahmad } = desk.clinic.patients

beforeAll(async () => {
  await db.updateTable('reminder_rule').set({ fallback_channels: ['email'] }).execute()
  await db.updateTable('patient').set({ email: 'ahmad@patients.example' }).where('id', '=', ahmad).execute()
})

const limits = async (smsADay: number | null, smsAMinute: number | null) => {
  const { version } = await read(desk.as('owner'), findSendingSetting)
  await setSendingSettings(desk.as('owner'), { version, smsADay, smsAMinute })
}
const messagesOf = (appointmentId: string) => db.selectFrom('message').select(['channel', 'kind', 'state', 'error_code', 'not_before']).where('appointment_id', '=', appointmentId).orderBy('created_at').orderBy('id').execute()
const late = () => read(desk.as('owner'), (at) => countLate(at, desk.services.clock.now()))

it('goes by e-mail at once where tomorrow is too late, and else waits, late after a quarter of an hour however often it is looked at', async () => {
  desk.setNow('2027-02-22T07:00:00Z')
  const [early, noon] = [await desk.book('ahmad', '2027-02-23T06:30:00Z'), await desk.book('ahmad', '2027-02-23T12:00:00Z')]
  await limits(1, null) // less than one message costs
  desk.setNow('2027-02-22T08:00:30Z')
  await desk.work()
  expect((await messagesOf(early)).map(({ channel, state, error_code }) => [channel, state, error_code])).toEqual([['sms', 'skipped', 'over_ceiling'], ['email', 'sent', null]])
  expect(await messagesOf(noon)).toMatchObject([{ state: 'queued', error_code: 'daily_ceiling', not_before: instant('2027-02-22T08:15:30Z') }])
  expect(await late()).toBe(0)
  desk.setNow('2027-02-22T08:16:00Z')
  await desk.work()
  desk.setNow('2027-02-22T08:17:00Z')
  expect(await messagesOf(noon)).toMatchObject([{ not_before: instant('2027-02-22T08:31:00Z') }])
  expect(await late()).toBe(1)
  await measure(desk.services)
  expect((await outsideClinics(desk.database.apiPool, (tx) => readGauges(tx, desk.services.machineClock.now().subtract({ minutes: 3 })))).get('overdue')).toBe(1)
  await limits(null, null)
  desk.setNow('2027-02-22T08:40:00Z')
  await desk.work()
  expect(await late()).toBe(0)
})

it('keeps its pace for reminders; who is told of a change waits behind nobody', async () => {
  desk.setNow('2027-03-08T07:00:00Z')
  const moved = await desk.book('ahmad', '2027-03-09T12:00:00Z')
  const ids = await bookMany(desk, 4, '2027-03-09T07:30:00Z')
  await db.updateTable('reminder').set({ due_at: instant('2027-03-08T08:05:00Z') }).where('appointment_id', 'in', ids).execute()
  desk.setNow('2027-03-08T08:00:30Z')
  await desk.work()
  expect(await messagesOf(moved)).toMatchObject([{ kind: 'reminder', state: 'sent' }])
  await limits(null, 1)
  await changeAppointment(desk.as('receptionist'), moved, 1, { startsAt: instant('2027-03-09T12:30:00Z') })
  await desk.work() // the news of it is written, and waits for its few minutes
  desk.setNow('2027-03-08T08:05:30Z')
  await desk.work()
  expect((await messagesOf(moved)).map(({ kind, state }) => `${kind} ${state}`)).toContain('moved sent')
  const left = async () => (await Promise.all(ids.map(messagesOf))).map(([one]) => one?.state === 'sent')
  const leftFirst = (await left()).filter(Boolean).length
  expect(leftFirst).toBeLessThanOrEqual(1)
  const counts: number[] = []
  for (let minute = 6; minute < 10; minute += 1) {
    desk.setNow(`2027-03-08T08:0${minute}:40Z`)
    await desk.work()
    counts.push((await left()).filter(Boolean).length - leftFirst)
  }
  expect(counts.slice(0, 3)).toEqual([1, 2, 3])
})

it('lets what is of no use soonest go first', async () => {
  const at = instant('2027-03-08T08:30:00Z')
  const order = [['reminder', 9], ['reminder', 3], ['cancelled', 20], ['reminder', 6]] as const
  await db.deleteFrom('message').where('state', '=', 'queued').execute()
  for (const [index, [kind, hours]] of order.entries()) {
    const id = castId('waiting', String(index))
    await db.insertInto('message').values({
      clinic_id: desk.clinic.id, id, kind, channel: 'sms', patient_id: ahmad, appointment_id: null, appointment_starts_at: null, reminder_id: null, invoice_id: null, offer_id: null, dedupe_key: id, language: 'he', to_address: '+972521234502',
      body: '', not_before: at.add({ seconds: index }), useful_until: at.add({ hours }), created_at: at, lease_until: null, first_tried_at: null, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null,
    }).execute()
  }
  const due = await acrossClinics(desk.services.pool, (tx) => findQueuedMessages(tx, at.add({ minutes: 1 }), 10))
  expect(due.map(({ id }) => order.findIndex((_, index) => castId('waiting', String(index)) === id))).toEqual([2, 1, 3, 0])
  await db.deleteFrom('message').where('state', '=', 'queued').execute()
})

it('counts who looked at the clock a minute ago into the minute that is under way', async () => {
  const day = plainDate('2027-03-15')
  const take = (minute: string) => transact({ ...desk.as('owner'), pool: desk.services.pool }, (tx) => takeAllowance(tx, { day, dayStart: instant('2027-03-14T22:00:00Z'), minute: instant(minute), parts: 1, mostADay: null, mostAMinute: 2 }))
  const taken = []
  for (const minute of ['08:00', '08:01', '08:00', '08:01', '08:00']) taken.push(await take(`2027-03-15T${minute}:00Z`))
  expect(taken).toEqual(['taken', 'taken', 'taken', 'pace', 'pace'])
})
