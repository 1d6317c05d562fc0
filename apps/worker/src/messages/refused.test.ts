import { readGauges } from '@yoman/db/messages/gauges'
import { listDeadAddresses } from '@yoman/db/messages/dead-addresses'
import { instant } from '@yoman/domain/time'
import { reviveAddress } from '@yoman/use-cases/messages/dead-addresses'
import { setSendingSettings } from '@yoman/use-cases/messages/sending-settings'
import { outsideClinics, read } from '@yoman/use-cases/transact'
import { afterEach, describe, expect, it } from 'vitest'
import { addRule } from '../desk.fixture.ts'
import { measure } from '../sweeps.ts'
import { acceptedFor, bookMany, expectInvariant, openStormDesk } from './storm.fixture.ts'

const desk = await openStormDesk()
await addRule(desk)
const { ahmad } = desk.clinic.patients
let day = instant('2026-11-24T07:00:00Z')

afterEach(() => desk.office.faults.clear())

/** A visit whose reminder is due now. @returns the appointment's id. */
async function aDueReminder(): Promise<string> {
  do day = day.add({ hours: 24 })
  while (day.toZonedDateTimeISO('Asia/Jerusalem').dayOfWeek > 3)
  desk.setNow(day.subtract({ hours: 48 }))
  const id = await desk.book('ahmad', day.toString())
  desk.setNow(day.subtract({ hours: 23 }))
  return id
}
const numberIs = (number: string) => desk.database.db.updateTable('patient_phone').set({ number }).where('patient_id', '=', ahmad).execute()
const messagesOf = (appointmentId: string) => desk.database.db.selectFrom('message').selectAll().where('appointment_id', '=', appointmentId).orderBy('created_at').orderBy('id').execute()
const pass = (minutes: number): void => desk.setNow(desk.services.clock.now().add({ minutes }))
const dead = () => read(desk.as('receptionist'), (db) => listDeadAddresses(db, ahmad))

describe('a number that the networks refuse', () => {
  it.each([['+15005550009', '21614'], ['+15005550106', '30006']])('%s is marked, nothing more goes there, and a new number heals it', async (number, code) => {
    await numberIs(number)
    const id = await aDueReminder()
    await desk.work()
    expect(await messagesOf(id)).toMatchObject([{ state: 'failed', error_code: code }])
    expect(await dead()).toMatchObject([{ channel: 'sms', address: number, code, patient: { id: ahmad } }])

    const next = await aDueReminder()
    await desk.work()
    expect(await messagesOf(next)).toEqual([])
    expect(await desk.database.db.selectFrom('reminder').select(['state', 'skip_reason']).where('appointment_id', '=', next).execute()).toEqual([{ state: 'skipped', skip_reason: 'nothing_to_send_to' }])

    await numberIs('+972521234502')
    expect(await dead()).toEqual([])
    const healed = await aDueReminder()
    await desk.work()
    expect(await messagesOf(healed)).toMatchObject([{ state: 'delivered', to_address: '+972521234502' }])
  })

  it('works again when somebody says that it does', async () => {
    await numberIs('+15005550106')
    expect(await dead()).toHaveLength(1) // marked before
    await reviveAddress(desk.as('receptionist'), ahmad, 'sms', '+15005550106')
    expect(await dead()).toEqual([])
    await expect(reviveAddress(desk.as('receptionist'), ahmad, 'sms', '+15005550106')).rejects.toThrow()
  })
})

describe('a phone that is off', () => {
  it('is tried again after two hours and after four more, by messages of their own, and then left to the desk', async () => {
    await numberIs('+15005550103')
    const id = await aDueReminder()
    await desk.work()
    expect(await messagesOf(id)).toMatchObject([{ state: 'failed', error_code: '30003' }, { state: 'queued', error_code: '30003' }])
    pass(119)
    await desk.work()
    expect(await messagesOf(id)).toHaveLength(2)
    pass(2)
    await desk.work()
    pass(241)
    await desk.work()
    pass(500)
    await desk.work()
    const all = await messagesOf(id)
    expect(all.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed'])
    for (const one of all) expect(acceptedFor(desk, one.id)).toHaveLength(1)
    expect(await dead()).toEqual([])
    await expectInvariant(desk)
  })

  it('is not tried again for a visit that was told of otherwise, or moved', async () => {
    const id = await aDueReminder()
    await desk.work()
    const [first] = await messagesOf(id)
    await desk.database.db.updateTable('message').set({ state: 'delivered', error_code: null }).where('id', '=', first?.id ?? '').execute() // a late receipt
    pass(121)
    await desk.work()
    expect((await messagesOf(id)).map(({ state, error_code }) => [state, error_code])).toEqual([['delivered', null], ['skipped', 'superseded']])
    await numberIs('+972521234502')
  })
})

describe('a clinic with limits', () => {
  it('sends no more parts in a day than its ceiling, together with any number of senders; the rest waits and leaves when it is raised', async () => {
    desk.setNow('2027-02-08T06:30:00Z')
    const ids = await bookMany(desk, 20, '2027-02-09T07:30:00Z') // late enough that tomorrow would do
    const ceiling = 7
    const today = await setSendingSettings(desk.as('owner'), { version: 0, smsADay: ceiling, smsAMinute: null })
    desk.setNow('2027-02-08T08:00:30Z')
    await Promise.all([desk.work(), desk.work(), desk.work()])
    const rows = async () => desk.database.db.selectFrom('message').select(['state', 'error_code', 'parts']).where('appointment_id', 'in', ids).execute()
    const left = (await rows()).filter(({ state }) => state === 'delivered')
    const parts = left.reduce((sum, one) => sum + (one.parts ?? 0), 0)
    expect(parts).toBeGreaterThan(ceiling - 3)
    expect(parts).toBeLessThanOrEqual(ceiling)
    expect((await rows()).filter(({ error_code }) => error_code === 'daily_ceiling')).toHaveLength(20 - left.length)

    await setSendingSettings(desk.as('owner'), { version: today.version, smsADay: 500, smsAMinute: null })
    pass(16)
    await desk.work()
    expect((await rows()).filter(({ state }) => state === 'delivered')).toHaveLength(20)
    await expectInvariant(desk)
  })

  it('keeps its pace', async () => {
    desk.setNow('2027-02-15T06:30:00Z')
    const ids = await bookMany(desk, 12, '2027-02-16T06:00:00Z')
    await setSendingSettings(desk.as('owner'), { version: 2, smsADay: null, smsAMinute: 5 })
    desk.setNow('2027-02-15T08:00:30Z')
    const counts: number[] = []
    for (let minute = 0; minute < 4; minute += 1) {
      await desk.work()
      counts.push((await desk.database.db.selectFrom('message').select('id').where('appointment_id', 'in', ids).where('state', '=', 'delivered').execute()).length)
      pass(1)
    }
    expect(counts).toEqual([5, 10, 12, 12])
    await setSendingSettings(desk.as('owner'), { version: 3, smsADay: null, smsAMinute: null })
  })
})

it('what is under way is counted for whoever watches, as long as somebody counts', async () => {
  const now = desk.services.machineClock.now()
  const known = () => outsideClinics(desk.database.apiPool, (tx) => readGauges(tx, now.subtract({ minutes: 3 })))
  expect(await known()).toEqual(new Map())
  await desk.office.faults.set({ sms: { cutAfterAccept: 1 }, callbacks: { lost: true } })
  await aDueReminder()
  await desk.work()
  await measure(desk.services)
  expect(Object.fromEntries(await known())).toMatchObject({ unknown: 1, overdue: 0, doubled: 0 })
  expect(await outsideClinics(desk.database.apiPool, (tx) => readGauges(tx, now.add({ minutes: 3 })))).toEqual(new Map())
  desk.passSeconds(121)
  await desk.work()
})

describe('an e-mail address', () => {
  it('that does not exist is marked, and a server that is away is waited for', async () => {
    await desk.database.db.updateTable('reminder_rule').set({ active: false }).execute()
    await addRule(desk, { channel: 'email', atTime: '10:05' })
    const mails = () => desk.office.ledger.mails().length
    await desk.database.db.updateTable('patient').set({ email: 'Ahmad@patients.example' }).where('id', '=', ahmad).execute()
    const before = mails()
    await desk.office.faults.set({ mail: { down: true } })
    const waiting = await aDueReminder()
    pass(6)
    await desk.work()
    expect(await messagesOf(waiting)).toMatchObject([{ state: 'queued', channel: 'email' }])
    await desk.office.faults.clear()
    pass(3)
    await desk.work()
    expect(await messagesOf(waiting)).toMatchObject([{ state: 'sent' }])
    expect(mails()).toBe(before + 1)

    await desk.office.faults.set({ mail: { refuseForGood: 1 } })
    const refused = await aDueReminder()
    pass(6)
    await desk.work()
    expect(await messagesOf(refused)).toMatchObject([{ state: 'failed', error_code: '550' }])
    expect(await dead()).toMatchObject([{ channel: 'email', address: 'ahmad@patients.example' }])
    const next = await aDueReminder()
    pass(6)
    await desk.work()
    expect(await messagesOf(next)).toEqual([])
  })
})
