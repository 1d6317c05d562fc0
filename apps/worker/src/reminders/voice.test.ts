// Reminders by a call of the system: at most one is accepted for each row, only a person counts as having heard it, a digit means what it
// means in an SMS, and whom a call does not reach hears by the next way. Counted in the provider's own ledger.
import { instant, plainTime } from '@yoman/domain/time'
import { callsTo, type Taker } from '@yoman/runtime/post-office/calls'
import { castId } from '@yoman/testing/cast'
import { changeAppointment } from '@yoman/use-cases/appointments/change'
import { patientContext, systemContext } from '@yoman/use-cases/context'
import { answerCall } from '@yoman/use-cases/messages/answer-call'
import { takeReceipt } from '@yoman/use-cases/messages/take-receipt'
import { setVoiceSettings } from '@yoman/use-cases/messages/voice-settings'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '../jobs.ts'
import { lookUpMessage } from '../messages/look-up.ts'
import { sendMessage } from '../messages/send.ts'
import { callsFor, expectInvariant, openStormDesk } from '../messages/storm.fixture.ts'
import { askForReceipts, queueDueReminders } from '../sweeps.ts'

const desk = await openStormDesk()
const { db } = desk.database
const { ledger } = desk.office
const ahmad = { id: desk.clinic.patients.ahmad, number: '+972521234502' }
const caller = '+972559570155'
let day = instant('2026-11-22T07:00:00Z')
let version = 0

beforeAll(async () => {
  await db.insertInto('reminder_rule').values({ clinic_id: desk.clinic.id, id: castId('rule', 'voice'), branch_id: null, days_before: 1, at_time: plainTime('10:00'), channel: 'voice', fallback_channels: ['sms'] }).execute()
  await db.updateTable('patient').set({ language: 'he' }).where('id', '=', ahmad.id).execute()
  await setUp(caller)
})
afterEach(async () => {
  desk.backToRealTime()
  await desk.office.faults.clear()
  await db.deleteFrom('dead_address').execute()
  await db.updateTable('reminder_rule').set({ channel: 'voice', fallback_channels: ['sms'], at_time: plainTime('10:00') }).execute()
  await hasNumber(ahmad.number)
  if ((await db.selectFrom('voice_setting').select('caller').executeTakeFirst())?.caller === null) await setUp(caller)
})

const setUp = async (from: string | null): Promise<void> => void ({ version } = await setVoiceSettings(desk.as('owner'), { caller: from, callPrice: 90, version }))
const hasNumber = (number: string) => db.updateTable('patient_phone').set({ number }).where('patient_id', '=', ahmad.id).execute()
const rule = (fallback: ('sms' | 'email')[]) => db.updateTable('reminder_rule').set({ fallback_channels: fallback }).execute()
const takes = (by: Taker, digits = '', number = ahmad.number) => ledger.add({ kind: 'phone', number, takes: by, digits })

/** A visit whose reminder is due now, not yet worked at. */
async function aDueReminder(laterHours = 0): Promise<string> {
  do day = day.add({ hours: 24 })
  while (day.toZonedDateTimeISO('Asia/Jerusalem').dayOfWeek > 3) // Monday to Wednesday: neither they nor their eves are days of rest
  desk.setNow(day.subtract({ hours: 48 }))
  const id = await desk.book('ahmad', day.add({ minutes: laterHours * 60 }).toString())
  desk.setNow(day.subtract({ hours: 22 }))
  return id
}
const messages = (visit: string) => db.selectFrom('message').select(['id', 'channel', 'state', 'error_code', 'body']).where('appointment_id', '=', visit).where('kind', '=', 'reminder').orderBy('created_at').orderBy('id').execute()
const told = async (visit: string) => (await messages(visit)).map(({ channel, state, error_code }) => `${channel} ${state} ${error_code ?? ''}`.trim())
const statusOf = async (visit: string) => (await db.selectFrom('appointment').select('status').where('id', '=', visit).executeTakeFirstOrThrow()).status
async function theCall(visit: string) {
  const [message] = await messages(visit)
  const [call, ...more] = callsFor(desk, message?.id ?? '')
  if (!call || more.length > 0) throw new Error(`one call was expected, not ${more.length + (call ? 1 : 0)}`)
  return { message, call }
}

describe('a reminder by call', () => {
  it('is said twice from the clinic\'s own number; "1" confirms the visit', async () => {
    takes('person', '1')
    const visit = await aDueReminder()
    await desk.work()
    expect(await told(visit)).toEqual(['voice delivered'])
    expect(await statusOf(visit)).toBe('confirmed')
    const { message, call } = await theCall(visit)
    expect(call).toMatchObject({ to: ahmad.number, from: caller, detects: true, status: 'completed', answeredBy: 'human', digits: '1' })
    expect(call.said.filter((words) => words === message?.body)).toHaveLength(2)
    expect(call.said.at(-1)).toContain('ההגעה אושרה')
    expect(message?.body).toMatch(/^שלום .+, בשעה \d\d:\d\d\.$/)
    expect(message?.body).not.toContain('{')
    expect(await db.selectFrom('inbound_message').select(['channel', 'understood_as', 'appointment_id']).where('appointment_id', '=', visit).execute()).toEqual([{ channel: 'voice', understood_as: 'confirm', appointment_id: visit }])
    await expectInvariant(desk)
  })

  it('is heard by whoever listens to its end and presses nothing', async () => {
    takes('person')
    const visit = await aDueReminder()
    await desk.work()
    expect(await told(visit)).toEqual(['voice delivered'])
    expect(await statusOf(visit)).toBe('booked')
  })

  it('"2" is kept for the desk, "3" asks for another time, and a key that means nothing may be pressed again', async () => {
    takes('person', '2')
    const cancels = await aDueReminder()
    await desk.work()
    expect(await statusOf(cancels)).toBe('booked')
    expect((await theCall(cancels)).call.said.at(-1)).toContain('העברנו את התשובה למרפאה')
    takes('person', '53')
    const moves = await aDueReminder()
    await desk.work()
    expect((await theCall(moves)).call).toMatchObject({ digits: '53' })
    expect(await db.selectFrom('task').select('about').where('appointment_id', '=', moves).execute()).toEqual([{ about: 'wants_to_move' }])
    expect(await db.selectFrom('inbound_message').select(['body', 'understood_as']).where('appointment_id', '=', moves).execute()).toEqual([{ body: '3', understood_as: 'move' }])
  })

  it('speaks for the visit that it was about, and for no other of the same number', async () => {
    const first = await aDueReminder()
    desk.setNow(day.subtract({ hours: 48 }))
    const second = await desk.book('ahmad', day.add({ minutes: 30 }).toString())
    desk.setNow(day.subtract({ hours: 22 }))
    takes('person', '')
    await queueDueReminders(desk.services)
    const [message] = await messages(second)
    await db.updateTable('message').set({ not_before: day.subtract({ hours: 21 }) }).where('id', '=', message?.id ?? '').execute()
    await desk.work()
    takes('person', '1')
    desk.setNow(day.subtract({ hours: 20 }))
    await desk.work()
    expect([await statusOf(first), await statusOf(second)]).toEqual(['booked', 'confirmed'])
  })

  it('pressed after the visit moved, a digit confirms nothing', async () => {
    const visit = await aDueReminder()
    await desk.office.faults.set({ callbacks: { lost: true } })
    takes('unsure')
    await desk.work()
    const { call } = await theCall(visit)
    await changeAppointment(desk.as('receptionist'), visit, 1, { startsAt: day.add({ hours: 2 }) })
    const services = { pool: desk.database.apiPool, vault: desk.cast.vault }
    const now = desk.as('owner').now
    const answer = await answerCall({ system: systemContext(services, desk.clinic.id, now), patient: patientContext(services, desk.clinic.id, now, null) }, (await messages(visit))[0]?.id ?? '', { callId: call.sid, digit: '1' })
    expect(answer).toEqual({ language: 'he', answer: 'kept' })
    expect(await statusOf(visit)).toBe('booked')
  })
})

describe('whom it does not reach', () => {
  it.each([['machine', 'machine'], ['busy', 'busy'], ['no-answer', 'no-answer'], ['failed', 'no_such_number']] as const)('%s: it has failed, and the SMS leaves', async (taker, code) => {
    takes(taker)
    const visit = await aDueReminder()
    await desk.work()
    await desk.work()
    expect(await told(visit)).toEqual([`voice failed ${code}`, 'sms delivered'])
    expect(await db.selectFrom('dead_address').select(['channel', 'address']).execute()).toEqual(taker === 'failed' ? [{ channel: 'voice', address: ahmad.number }] : [])
    await expectInvariant(desk)
  })

  it('of whom nobody can tell whether it was a machine, nothing is said: it has left, and somebody looks', async () => {
    takes('unsure')
    const visit = await aDueReminder()
    await desk.work()
    await desk.work()
    expect(await told(visit)).toEqual(['voice sent'])
  })

  it('without another way it is called once more half an hour later, and never a third time', async () => {
    await rule([])
    takes('busy')
    const visit = await aDueReminder()
    await desk.work()
    desk.setNow(day.subtract({ hours: 21, minutes: 31 }))
    await desk.work()
    expect(await told(visit)).toEqual(['voice failed busy', 'voice queued busy'])
    desk.setNow(day.subtract({ hours: 21, minutes: 25 }))
    await desk.work()
    desk.setNow(day.subtract({ hours: 18 }))
    await desk.work()
    expect(await told(visit)).toEqual(['voice failed busy', 'voice failed busy'])
    await expectInvariant(desk)
  })

  it('the clinic makes no calls (any more): the next way, before and after it was written', async () => {
    takes('person')
    await setUp(null)
    const visit = await aDueReminder()
    await desk.work()
    expect(await told(visit)).toEqual(['sms delivered'])
    expect(await db.selectFrom('reminder').select('skip_reason').where('appointment_id', '=', visit).where('channel', '=', 'voice').execute()).toEqual([{ skip_reason: 'channel_off' }])
    await setUp(caller)
    const written = await aDueReminder()
    await queueDueReminders(desk.services)
    await setUp(null)
    await desk.work()
    expect(await told(written)).toEqual(['voice skipped channel_off', 'sms delivered'])
  })

  it('has a number that no SMS reaches: the call does', async () => {
    const landline = '+97236123456'
    await hasNumber(landline)
    takes('person', '', landline)
    const visit = await aDueReminder()
    await desk.work()
    expect(await told(visit)).toEqual(['voice delivered'])
  })

  it('at night nobody is called: a call that follows a failed SMS waits for nine in the morning', async () => {
    await db.updateTable('reminder_rule').set({ channel: 'sms', fallback_channels: ['voice'], at_time: plainTime('20:30') }).execute()
    await hasNumber('+15005550105')
    takes('person', '', '+15005550105')
    const visit = await aDueReminder(4) // at one
    desk.setNow(day.subtract({ hours: 12, minutes: 29 })) // 20:31 in Israel
    await desk.work()
    await desk.work()
    expect(await told(visit)).toEqual(['sms failed 30005'])
    const due = await db.selectFrom('reminder').select('due_at').where('appointment_id', '=', visit).where('channel', '=', 'voice').executeTakeFirstOrThrow()
    expect(due.due_at.toZonedDateTimeISO('Asia/Jerusalem').hour).toBe(9)
    desk.setNow(day)
    await desk.work()
    expect(await told(visit)).toEqual(['sms failed 30005', 'voice delivered'])
  })
})

describe('where no hour of calls is left before the visit', () => {
  beforeAll(() => db.updateTable('patient').set({ email: 'ahmad@mail.example' }).where('id', '=', ahmad.id).execute())

  /** The SMS of the evening failed a minute after it left. */
  async function inTheEvening(laterHours: number): Promise<string> {
    await db.updateTable('reminder_rule').set({ channel: 'sms', fallback_channels: ['voice', 'email'], at_time: plainTime('20:30') }).execute()
    await hasNumber('+15005550105')
    takes('person', '', '+15005550105')
    const visit = await aDueReminder(laterHours)
    desk.setNow(day.subtract({ hours: 12, minutes: 29 })) // 20:31 in Israel
    await desk.work()
    await desk.work()
    return visit
  }

  it('it goes on by e-mail at once: a visit at half past nine, an evening\'s SMS that failed', async () => {
    const visit = await inTheEvening(0.5)
    expect(await told(visit)).toEqual(['sms failed 30005', 'email sent'])
    expect(await db.selectFrom('reminder').select(['channel', 'state', 'skip_reason']).where('appointment_id', '=', visit).where('channel', '=', 'voice').execute()).toEqual([{ channel: 'voice', state: 'skipped', skip_reason: 'too_late' }])
  })

  it('so does a call that was written in time and could not leave', async () => {
    await db.updateTable('reminder_rule').set({ fallback_channels: ['email'], at_time: plainTime('19:00') }).execute()
    const visit = await aDueReminder(0.5)
    desk.setNow(day.subtract({ hours: 14 })) // 19:00 in Israel
    await queueDueReminders(desk.services)
    desk.setNow(day.subtract({ hours: 12, minutes: 29 }))
    await desk.work()
    expect(await told(visit)).toEqual(['voice skipped too_late', 'email sent'])
  })
})

it('"9" ends the calls, and nothing else', async () => {
  takes('person', '9')
  const visit = await aDueReminder()
  await desk.work()
  expect((await theCall(visit)).call.said.at(-1)).toContain('לא נתקשר עוד')
  const next = await aDueReminder()
  await desk.work()
  expect(await told(next)).toEqual(['sms delivered'])
  await db.insertInto('consent').values({ clinic_id: desk.clinic.id, id: uuid(), patient_id: ahmad.id, channel: 'voice', purpose: 'service', state: 'given', source: 'desk', evidence: '', recorded_at: desk.as('owner').now, recorded_by: null }).execute()
  takes('person')
  const again = await aDueReminder()
  await desk.work()
  expect((await told(again))[0]).toMatch(/^voice/)
})

let numbers = 0
/** A number that was never called: of others the provider's list shows what was called before. */
const aNewNumber = (): string => `+9725211145${String((numbers += 1)).padStart(2, '0')}`
const jobOf = async (visit: string): Promise<Job> => ({ name: 'send-message', clinicId: desk.clinic.id, subjectId: (await messages(visit))[0]?.id ?? '', eventId: null })

describe('a number that a family shares', () => {
  it('is called for each of three, one after the other', async () => {
    const number = aNewNumber()
    await hasNumber(number)
    takes('person', '', number)
    await desk.office.faults.set({ callbacks: { lost: true } }) // what was sent is not known to be over
    const first = await aDueReminder()
    desk.setNow(day.subtract({ hours: 48 }))
    const visits = [first, await desk.book('ahmad', day.add({ minutes: 30 }).toString()), await desk.book('ahmad', day.add({ minutes: 60 }).toString())]
    await db.updateTable('reminder').set({ due_at: day.subtract({ hours: 22 }), state: 'planned', skip_reason: null }).where('appointment_id', 'in', visits).where('channel', '=', 'voice').execute()
    const made: number[] = []
    for (const minutes of [0, 2, 4, 6, 8]) {
      desk.setNow(day.subtract({ hours: 22 }).add({ minutes }))
      await desk.work()
      made.push(callsTo(ledger, number).length)
    }
    expect(made).toEqual([1, 1, 2, 2, 3])
    expect(await Promise.all(visits.map(told))).toEqual([['voice sent'], ['voice sent'], ['voice sent']])
  })

  it('is free again at once when the call before is over', async () => {
    const number = aNewNumber()
    await hasNumber(number)
    takes('person', '', number)
    await aDueReminder()
    desk.setNow(day.subtract({ hours: 48 }))
    const second = await desk.book('ahmad', day.add({ minutes: 30 }).toString())
    await db.updateTable('reminder').set({ due_at: day.subtract({ hours: 22 }), state: 'planned', skip_reason: null }).where('appointment_id', '=', second).where('channel', '=', 'voice').execute()
    desk.setNow(day.subtract({ hours: 22 }))
    await queueDueReminders(desk.services)
    await sendMessage(desk.services, await jobOf(second))
    await desk.office.idle()
    expect(await told(second)).toEqual(['voice delivered'])
    await desk.work()
    expect(callsTo(ledger, number)).toHaveLength(2)
  })

  it('is claimed by one of two workers that come in the same moment', async () => {
    const number = aNewNumber()
    await hasNumber(number)
    takes('person', '', number)
    await desk.office.faults.set({ callbacks: { lost: true } })
    const first = await aDueReminder()
    desk.setNow(day.subtract({ hours: 48 }))
    const second = await desk.book('ahmad', day.add({ minutes: 30 }).toString())
    await db.updateTable('reminder').set({ due_at: day.subtract({ hours: 22 }), state: 'planned', skip_reason: null }).where('appointment_id', '=', second).where('channel', '=', 'voice').execute()
    desk.setNow(day.subtract({ hours: 22 }))
    await queueDueReminders(desk.services)
    const claims = await Promise.all([first, second].map(async (visit) => sendMessage(desk.services, await jobOf(visit))))
    expect(claims).toHaveLength(2)
    expect(callsTo(ledger, number)).toHaveLength(1)
    expect((await Promise.all([first, second].map(told))).flat().sort()).toEqual(['voice queued', 'voice sent'])
  })
})

describe('a line that is cut', () => {
  it.each([['cutAfterAccept', 'voice failed outcome_unknown'], ['cutBeforeAccept', 'voice sent'], ['failAfterAccept', 'voice failed outcome_unknown'], ['hangAfterAccept', 'voice failed outcome_unknown']] as const)('%s, receipts lost: the phone rings once, and it is %s', async (fault, end) => {
    const number = aNewNumber()
    await hasNumber(number)
    takes('person', '', number)
    await desk.office.faults.set({ callbacks: { lost: true }, sms: { [fault]: 1 } })
    const visit = await aDueReminder()
    for (let look = 0; look < 4; look += 1) {
      await desk.work()
      desk.passSeconds(121)
    }
    expect(await told(visit)).toEqual([end])
    expect(callsTo(ledger, number)).toHaveLength(1)
    await expectInvariant(desk)
  }, 60_000)

  it.each(['the one that rang', 'the one that did not'])('of two calls to one number none is taken for the other, where %s is looked up first; its own receipt settles it', async (first) => {
    const number = aNewNumber()
    await hasNumber(number)
    takes('person', '', number)
    const rang = await aDueReminder()
    await desk.office.faults.set({ callbacks: { lost: true }, sms: { cutAfterAccept: 1 } })
    await desk.work()
    desk.setNow(day.subtract({ hours: 48 }))
    const silent = await desk.book('ahmad', day.add({ minutes: 30 }).toString())
    desk.setNow(day.subtract({ hours: 21, minutes: 50 }))
    desk.passSeconds(121)
    await desk.office.faults.set({ sms: { cutBeforeAccept: 1 } })
    await db.updateTable('reminder').set({ due_at: day.subtract({ hours: 22 }), state: 'planned', skip_reason: null }).where('appointment_id', '=', silent).execute()
    await queueDueReminders(desk.services)
    const [ofRang, ofSilent] = [await jobOf(rang), await jobOf(silent)]
    await sendMessage(desk.services, ofSilent)
    expect([await told(rang), await told(silent)]).toMatchObject([[expect.stringContaining('voice unknown')], [expect.stringContaining('voice unknown')]])
    for (const job of first === 'the one that rang' ? [ofRang, ofSilent] : [ofSilent, ofRang]) await lookUpMessage(desk.services, job)
    for (let round = 0; round < 4; round += 1) {
      desk.passSeconds(121)
      await desk.work()
    }
    expect([await told(rang), await told(silent)]).toEqual([['voice failed outcome_unknown'], ['voice failed outcome_unknown']])
    const [call, ...more] = callsTo(ledger, number)
    expect(more).toEqual([])
    await takeReceipt(desk.as('owner'), ofRang.subjectId, { providerId: call?.sid ?? '', status: 'person', errorCode: null })
    expect([await told(rang), await told(silent)]).toEqual([['voice delivered'], ['voice failed outcome_unknown']])
  }, 60_000)

  it.each([['person', 'voice delivered'], ['machine', 'voice failed machine']] as const)('what became of a call that a %s took is asked for where the receipt was lost', async (taker, end) => {
    await desk.office.faults.set({ callbacks: { lost: true } })
    takes(taker)
    const visit = await aDueReminder()
    await desk.work()
    expect(await told(visit)).toEqual(['voice sent'])
    desk.setNow(day.subtract({ hours: 21 }))
    await askForReceipts(desk.services)
    expect((await told(visit))[0]).toBe(end)
  })

  it('receipts that come twice and in the wrong order lead to the same end', async () => {
    await desk.office.faults.set({ callbacks: { copies: 2, shuffled: true } })
    takes('person', '1')
    const visit = await aDueReminder()
    await desk.work()
    expect(await told(visit)).toEqual(['voice delivered'])
    expect(await statusOf(visit)).toBe('confirmed')
  })
})
