import { instant } from '@yoman/domain/time'
import { cancelAppointment } from '@yoman/use-cases/appointments/step'
import { changeAppointment } from '@yoman/use-cases/appointments/change'
import { beforeEach, describe, expect, it } from 'vitest'
import { addRule as addRuleByTyping, changeRule } from '@yoman/use-cases/reminders/rules'
import { v7 as uuid } from 'uuid'
import { addRule, openDesk } from '../desk.fixture.ts'
import { queueDueReminders } from '../sweeps.ts'

const desk = await openDesk()
await addRule(desk)
const sara = '+972501234501'
const ahmad = '+972521234502'

beforeEach(() => desk.setNow('2026-11-22T07:00:00Z'))

describe('the reminder of a visit', () => {
  it('leaves at its hour the day before, once, in the patient\'s language and without what the visit is for', async () => {
    await desk.book('sara', '2026-11-24T07:00:00Z')
    await desk.work()
    expect(desk.smsTo(sara)).toEqual([])
    desk.setNow('2026-11-23T08:00:30Z')
    await desk.work()
    await desk.work()
    const [text, ...more] = desk.smsTo(sara)
    expect(more).toEqual([])
    expect(text).toContain('09:00')
    expect(text).toContain('שרה')
    expect(text).not.toContain('שיחה')
    const message = await desk.database.db.selectFrom('message').selectAll().where('patient_id', '=', desk.clinic.patients.sara).executeTakeFirstOrThrow()
    expect(message).toMatchObject({ state: 'sent', attempt: 1, kind: 'reminder' })
    expect(await desk.database.db.selectFrom('outbox').selectAll().execute()).toEqual([])
  })

  it('of a Sunday leaves before the Sabbath', async () => {
    await desk.book('ahmad', '2026-11-29T07:00:00Z')
    desk.setNow('2026-11-27T07:59:00Z')
    await desk.work()
    expect(desk.smsTo(ahmad)).toEqual([])
    desk.setNow('2026-11-27T08:00:00Z') // Friday, 10:00 in Jerusalem
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(1)
  })

  it('keeps the wall clock over both clock changes of 2027', async () => {
    // Summer time begins on Friday 26 March 2027 and ends on Sunday 31 October 2027, both at two at night.
    const before = desk.smsTo(ahmad).length
    desk.setNow('2027-03-01T08:00:00Z')
    await desk.book('ahmad', '2027-04-06T07:00:00Z')
    desk.setNow('2027-04-05T06:59:00Z')
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(before)
    desk.setNow('2027-04-05T07:00:00Z') // 10:00 in summer time
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(before + 1)
    expect(desk.smsTo(ahmad).at(-1)).toContain('10:00')

    desk.setNow('2027-10-25T08:00:00Z')
    await desk.book('ahmad', '2027-11-01T08:00:00Z')
    desk.setNow('2027-10-31T07:59:00Z')
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(before + 1)
    desk.setNow('2027-10-31T08:00:00Z') // 10:00 in winter time, eight hours after the change
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(before + 2)
  })

  it('is not sent to who refused, has no mobile, or hears too late; and the reason is kept', async () => {
    desk.setNow('2026-12-20T07:00:00Z')
    const rivka = await desk.book('rivka', '2026-12-22T09:00:00Z')
    const late = await desk.book('olga', '2026-12-22T11:00:00Z')
    desk.setNow('2026-12-22T10:30:00Z')
    await desk.work()
    const kept = await desk.database.db.selectFrom('reminder').select(['appointment_id', 'state', 'skip_reason']).where('appointment_id', 'in', [rivka, late]).execute()
    expect(kept).toEqual(expect.arrayContaining([{ appointment_id: rivka, state: 'skipped', skip_reason: 'no_consent' }, { appointment_id: late, state: 'skipped', skip_reason: 'too_late' }]))
    expect(desk.smsTo('+972531234506')).toEqual([])
    expect(desk.smsTo('+972541234503')).toEqual([])
  })
})

describe('a visit that changes', () => {
  it('booked, moved twice and cancelled before anything was said: nothing is said', async () => {
    const before = desk.smsTo(ahmad).length
    const id = await desk.book('ahmad', '2026-12-08T07:00:00Z')
    await changeAppointment(desk.as('receptionist'), id, 1, { startsAt: instant('2026-12-09T07:00:00Z') })
    await changeAppointment(desk.as('receptionist'), id, 2, { startsAt: instant('2026-12-10T07:00:00Z') })
    await desk.work()
    await cancelAppointment(desk.as('receptionist'), id, 'patient')
    desk.setNow('2026-12-09T08:01:00Z')
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(before)
    const reminders = await desk.database.db.selectFrom('reminder').select(['state', 'skip_reason']).where('appointment_id', '=', id).orderBy('appointment_starts_at').execute()
    expect(reminders).toEqual([{ state: 'skipped', skip_reason: 'moved' }, { state: 'skipped', skip_reason: 'moved' }, { state: 'skipped', skip_reason: 'cancelled' }])
  })

  it('moved twice and cancelled after its reminder: one notice of where it stands, then one that it is cancelled', async () => {
    desk.setNow('2027-01-10T08:00:00Z')
    const id = await desk.book('ahmad', '2027-01-12T07:00:00Z')
    desk.setNow('2027-01-11T08:00:00Z')
    await desk.work()
    const told = desk.smsTo(ahmad).length
    await changeAppointment(desk.as('receptionist'), id, 1, { startsAt: instant('2027-01-13T08:00:00Z') })
    await changeAppointment(desk.as('receptionist'), id, 2, { startsAt: instant('2027-01-14T09:00:00Z') })
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(told) // there are three minutes to take it back
    desk.setNow('2027-01-11T08:03:30Z')
    await desk.work()
    expect(desk.smsTo(ahmad).slice(told)).toEqual([expect.stringContaining('11:00')])
    await cancelAppointment(desk.as('receptionist'), id, 'clinic')
    await desk.work()
    desk.setNow('2027-01-11T08:07:00Z')
    await desk.work()
    await desk.work()
    const kinds = await desk.database.db.selectFrom('message').select(['kind', 'state']).where('appointment_id', '=', id).orderBy('created_at').orderBy('id').execute()
    expect(kinds.filter(({ state }) => state === 'sent').map(({ kind }) => kind)).toEqual(['reminder', 'moved', 'cancelled'])
    expect(desk.smsTo(ahmad)).toHaveLength(told + 2)
    desk.setNow('2027-01-13T08:30:00Z')
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(told + 2)
  })

  it('cancelled between the queue and the sending: the reminder stays at home', async () => {
    desk.setNow('2027-02-07T08:00:00Z')
    const before = desk.smsTo(ahmad).length
    const id = await desk.book('ahmad', '2027-02-09T07:00:00Z')
    desk.setNow('2027-02-08T08:00:00Z')
    expect(await queueDueReminders(desk.services)).toBe(1)
    await cancelAppointment(desk.as('receptionist'), id, 'patient')
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(before)
    const message = await desk.database.db.selectFrom('message').select(['state', 'error_code']).where('appointment_id', '=', id).executeTakeFirstOrThrow()
    expect(message).toEqual({ state: 'skipped', error_code: 'not_booked' })
  })
})

describe('a rule that changes', () => {
  const remindersOf = async (appointmentId: string) =>
    (await desk.database.db.selectFrom('reminder').select(['due_at', 'state', 'skip_reason', 'moved_for']).where('appointment_id', '=', appointmentId).orderBy('due_at').execute()).map((row) => [row.due_at.toString(), row.skip_reason ?? row.state, row.moved_for])

  it('holds for the visits that are booked already, and lets go of them when it is switched off', async () => {
    desk.setNow('2027-05-30T07:00:00Z')
    const id = await desk.book('sara', '2027-06-07T07:00:00Z') // a Monday
    const threeBefore = uuid() // a Friday; at eight in the evening, on an eve
    const typed = { branchId: null, daysBefore: 3, atTime: '20:00', channel: 'email' as const, active: true }
    await addRuleByTyping(desk.as('owner'), threeBefore, typed)
    expect(await remindersOf(id)).toEqual([['2027-06-06T07:00:00Z', 'planned', null]])
    await desk.work()
    expect(await remindersOf(id)).toEqual([['2027-06-04T09:30:00Z', 'planned', 'eve'], ['2027-06-06T07:00:00Z', 'planned', null]])

    await changeRule(desk.as('owner'), threeBefore, 1, { ...typed, active: false })
    await desk.work()
    expect(await remindersOf(id)).toEqual([['2027-06-04T09:30:00Z', 'rule_off', 'eve'], ['2027-06-06T07:00:00Z', 'planned', null]])
    await cancelAppointment(desk.as('receptionist'), id, 'patient')
  })

  it('says nothing a second time of what was said, and leaves cancelled visits alone', async () => {
    desk.setNow('2027-06-10T07:00:00Z')
    const [told, cancelled] = [await desk.book('ahmad', '2027-06-14T07:00:00Z'), await desk.book('sara', '2027-06-14T08:00:00Z')]
    desk.setNow('2027-06-13T07:00:30Z')
    await desk.work()
    await cancelAppointment(desk.as('receptionist'), cancelled, 'patient')
    const before = desk.smsTo(ahmad).length
    await addRuleByTyping(desk.as('owner'), uuid(), { branchId: null, daysBefore: 1, atTime: '12:00', channel: 'email', active: false })
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(before)
    expect((await remindersOf(told)).map(([, state]) => state)).toEqual(['done'])
    expect((await remindersOf(cancelled)).every(([, state]) => state !== 'planned')).toBe(true)
  })

  it('takes nothing away of what waits, and says of whom it came too late for that it did', async () => {
    desk.setNow('2027-06-17T07:00:00Z') // a Thursday
    const waiting = await desk.book('ahmad', '2027-06-21T07:00:00Z') // a Monday: the reminder leaves on Sunday at ten
    desk.setNow('2027-06-20T06:30:00Z')
    const earlier = uuid() // at nine, which is over by now
    await addRuleByTyping(desk.as('owner'), earlier, { branchId: null, daysBefore: 1, atTime: '09:00', channel: 'email', active: true })
    await desk.work()
    expect(await remindersOf(waiting)).toEqual([['2027-06-20T06:00:00Z', 'rule_came_late', null], ['2027-06-20T07:00:00Z', 'planned', null]])

    const [rule] = await desk.database.db.selectFrom('reminder_rule').selectAll().where('channel', '=', 'sms').where('active', '=', true).execute()
    if (!rule) throw new Error('the desk has its rule')
    await changeRule(desk.as('owner'), rule.id, rule.version, { branchId: null, daysBefore: 1, atTime: '09:15', channel: 'sms', active: true })
    await desk.work()
    expect((await remindersOf(waiting)).at(-1)).toEqual(['2027-06-20T07:00:00Z', 'planned', null]) // better at its old hour than never
    await changeRule(desk.as('owner'), rule.id, rule.version + 1, { branchId: null, daysBefore: 1, atTime: '10:00', channel: 'sms', active: true })
    await changeRule(desk.as('owner'), earlier, 1, { branchId: null, daysBefore: 1, atTime: '09:00', channel: 'email', active: false })
    const before = desk.smsTo(ahmad).length
    desk.setNow('2027-06-20T07:00:30Z')
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(before + 1)
  })
})
