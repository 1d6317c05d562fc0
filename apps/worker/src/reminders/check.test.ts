// The night's look at the fortnight ahead, the alarm when something is late, and how long a notice waits.
import { changeAppointment } from '@yoman/use-cases/appointments/change'
import { reminderChecks } from '@yoman/use-cases/reminders/nightly-check'
import { setReminderSettings } from '@yoman/use-cases/reminders/settings'
import { undoStep } from '@yoman/use-cases/appointments/undo'
import { cancelAppointment } from '@yoman/use-cases/appointments/step'
import { instant } from '@yoman/domain/time'
import { smsLength } from '@yoman/messaging/sms-length'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { addRule, openDesk } from '../desk.fixture.ts'
import { checkReminders } from './check.ts'

const desk = await openDesk()
await addRule(desk)
const { db } = desk.database
const ahmad = '+972521234502'

const alarms = () => db.selectFrom('message').select(['dedupe_key', 'staff_id', 'patient_id', 'subject', 'body', 'state', 'to_address']).where('clinic_id', '=', desk.clinic.id).where('kind', '=', 'alarm').orderBy('created_at').orderBy('id').execute()
const nights = () => db.selectFrom('reminder_check').selectAll().where('clinic_id', '=', desk.clinic.id).where('branch_id', '=', desk.clinic.branches.center).orderBy('on_date').execute()

describe('the look at the fortnight ahead', () => {
  it('is taken at night, once for a branch and a date, however many workers there are', async () => {
    desk.setNow('2026-11-21T23:30:00Z') // half past one at night in Jerusalem
    await checkReminders(desk.services)
    expect(await nights()).toEqual([])
    await desk.book('rivka', '2026-11-24T07:00:00Z') // who has no mobile
    desk.setNow('2026-11-22T00:30:00Z')
    await Promise.all([checkReminders(desk.services), checkReminders(desk.services), checkReminders(desk.services)])
    expect((await nights()).map((night) => [night.on_date.toString(), night.silent_patients, night.told])).toEqual([['2026-11-22', 1, true]])
  })

  it('tells each owner by e-mail, in numbers and without a name', async () => {
    const sent = await alarms()
    expect(sent.map(({ staff_id, patient_id, to_address }) => [staff_id, patient_id, to_address])).toEqual([[desk.clinic.staff.owner.id, null, desk.clinic.staff.owner.email]])
    expect(sent[0]?.body).toContain(': 1')
    expect(sent[0]?.body).not.toContain('רבקה')
    await desk.work()
    expect((await alarms()).map(({ state }) => state)).toEqual(['sent'])
    expect(desk.office.ledger.mails().filter(({ to }) => to.includes(desk.clinic.staff.owner.email))).toHaveLength(1)
  })

  it('says nothing on the next night where nothing is new, and speaks again of what is', async () => {
    desk.setNow('2026-11-23T00:30:00Z')
    await checkReminders(desk.services)
    expect((await nights()).map(({ told }) => told)).toEqual([true, false])
    await db.updateTable('patient_phone').set({ number: '+97231234567' }).where('patient_id', '=', desk.clinic.patients.sara).execute()
    await desk.book('sara', '2026-11-25T08:00:00Z')
    desk.setNow('2026-11-24T00:30:00Z')
    await checkReminders(desk.services)
    expect((await nights()).map(({ told, silent_patients }) => [told, silent_patients])).toEqual([[true, 1], [false, 1], [true, 2]])
    expect((await reminderChecks(desk.as('owner'), desk.clinic.branches.center))[0]?.bareDays).toEqual(['2026-11-24', '2026-11-25'])
  })
})

describe('what is late', () => {
  it('is told once a day, as long as it is late, and not of the mails that tell it', async () => {
    desk.setNow('2026-12-06T07:00:00Z')
    await desk.work()
    await desk.book('ahmad', '2026-12-08T07:00:00Z')
    const late = async () => (await alarms()).filter(({ dedupe_key }) => dedupe_key.startsWith('alarm-late-2026-12-07')).length
    desk.setNow('2026-12-07T08:10:00Z')
    await checkReminders(desk.services)
    expect(await late()).toBe(0) // ten minutes are not late
    desk.setNow('2026-12-07T08:16:00Z')
    await Promise.all([checkReminders(desk.services), checkReminders(desk.services)])
    desk.setNow('2026-12-07T12:00:00Z')
    await checkReminders(desk.services)
    expect(await late()).toBe(1)
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(1)
    desk.setNow('2026-12-07T13:00:00Z')
    await checkReminders(desk.services)
    expect(await late()).toBe(1)
  })
})

describe('the grace of a notice', () => {
  it('is the clinic\'s own: what is taken back within it was never said, and then one message says how things stand', async () => {
    desk.setNow('2027-01-10T08:00:00Z')
    await setReminderSettings(desk.as('owner'), { graceMinutes: 10, smsPartPrice: null, version: 0 })
    const id = await desk.book('ahmad', '2027-01-12T07:00:00Z')
    desk.setNow('2027-01-11T08:00:00Z')
    await desk.work()
    const told = desk.smsTo(ahmad).length
    const { version } = await cancelAppointment(desk.as('receptionist'), id, 'clinic')
    await desk.work()
    desk.setNow('2027-01-11T08:09:00Z')
    await undoStep(desk.as('receptionist'), id, version)
    await desk.work()
    desk.setNow('2027-01-11T08:30:00Z')
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(told)

    const moved = await changeAppointment(desk.as('receptionist'), id, version + 1, { startsAt: instant('2027-01-13T08:00:00Z') })
    await desk.work()
    desk.setNow('2027-01-11T08:34:00Z')
    await changeAppointment(desk.as('receptionist'), id, moved.version, { startsAt: instant('2027-01-14T09:00:00Z') })
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(told)
    desk.setNow('2027-01-11T08:45:00Z')
    await desk.work()
    await desk.work()
    expect(desk.smsTo(ahmad).slice(told)).toEqual([expect.stringContaining('11:00')])
  })
})

test('the night counts apart what goes by WhatsApp, which is in no cost of ours', async () => {
  desk.setNow('2027-03-01T08:00:00Z')
  await db.insertInto('whatsapp_setting').values({ clinic_id: desk.clinic.id, sender: '+972559570177' }).execute()
  await db.insertInto('whatsapp_template').values({ clinic_id: desk.clinic.id, language: 'ar', content_sid: `HX${'a'.repeat(32)}`, body: 'موعد {date}' }).execute()
  await db.updateTable('reminder_rule').set({ channel: 'whatsapp', fallback_channels: ['sms'] }).where('clinic_id', '=', desk.clinic.id).execute()
  await db.insertInto('reminder_setting').values({ clinic_id: desk.clinic.id, sms_part_price: 40 }).onConflict((on) => on.column('clinic_id').doUpdateSet({ sms_part_price: 40 })).execute()
  await desk.book('ahmad', '2027-03-09T08:00:00Z')
  await desk.book('olga', '2027-03-09T09:00:00Z') // for whose language nothing was approved: by SMS, of two parts
  desk.setNow('2027-03-02T00:30:00Z')
  await checkReminders(desk.services)
  expect((await nights()).at(-1)).toMatchObject({ leaves: 2, whatsapp: 1, cost: 8 })
})

test('the database counts the parts of an SMS as the sender does; where a part may not end inside a sign of two, one off at most', async () => {
  const letters = fc.constantFrom(...'aZ09 @£$\n^{}[~]|€\\אבת״₪😀'.match(/./gsu) ?? [])
  const texts = fc.oneof(fc.array(letters, { maxLength: 400 }).map((all) => all.join('')), fc.tuple(fc.constantFrom('a', '€', 'א', '😀'), fc.constantFrom(1, 35, 36, 67, 70, 71, 80, 81, 134, 135, 153, 160, 161, 306, 307)).map(([letter, n]) => letter.repeat(n)))
  await fc.assert(
    fc.asyncProperty(texts, async (body) => {
      fc.pre(body.length > 0)
      const { rows } = await desk.database.ownerPool.query<{ n: number }>('select sms_parts($1) as n', [body])
      const off = Math.abs((rows[0]?.n ?? 0) - smsLength(body).parts)
      expect(off, JSON.stringify(body)).toBeLessThanOrEqual(/[\^{}[~\]|€\\😀]/u.test(body) ? 1 : 0)
    }),
    { numRuns: 300 },
  )
})
