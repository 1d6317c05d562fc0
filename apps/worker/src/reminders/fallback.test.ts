// A rule with two ways: what failed for good goes on by the other one, once; what may have arrived never does.
import { instant } from '@yoman/domain/time'
import { cancelAppointment } from '@yoman/use-cases/appointments/step'
import { changeAppointment } from '@yoman/use-cases/appointments/change'
import { systemContext } from '@yoman/use-cases/context'
import { claimMessage } from '@yoman/use-cases/messages/claim-message'
import { receiveReply } from '@yoman/use-cases/messages/receive-reply'
import { reconcileMessage } from '@yoman/use-cases/messages/reconcile-message'
import { settleMessage } from '@yoman/use-cases/messages/settle-message'
import { takeReceipt } from '@yoman/use-cases/messages/take-receipt'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addRule, openDesk } from '../desk.fixture.ts'
import { sendMessage } from '../messages/send.ts'
import { queueDueReminders } from '../sweeps.ts'

const desk = await openDesk()
await addRule(desk)
const { db } = desk.database
const ahmad = { id: desk.clinic.patients.ahmad, number: '+972521234502', email: 'ahmad@patients.example' }
let day = instant('2026-11-22T07:00:00Z')

beforeAll(async () => {
  await db.updateTable('reminder_rule').set({ fallback_channels: ['email'] }).execute()
  await db.updateTable('patient').set({ email: ahmad.email }).where('id', '=', ahmad.id).execute()
})
afterEach(async () => {
  desk.backToRealTime()
  await desk.office.faults.clear()
  await db.deleteFrom('dead_address').execute() // what one story did to the number is nothing to the next
  await consent('sms', 'given')
  await consent('email', 'given')
})

const now = (): ReturnType<typeof instant> => day.subtract({ hours: 22 })
const consent = (channel: 'sms' | 'email', state: 'given' | 'refused') =>
  db.insertInto('consent').values({ clinic_id: desk.clinic.id, id: uuid(), patient_id: ahmad.id, channel, purpose: 'service', state, source: 'desk', evidence: '', recorded_at: now(), recorded_by: null }).execute()

/** A visit whose reminder is due now, not yet worked at. */
async function aDueReminder(): Promise<string> {
  do day = day.add({ hours: 24 })
  while (day.toZonedDateTimeISO('Asia/Jerusalem').dayOfWeek > 3) // Monday to Wednesday: neither they nor their eves are days of rest
  desk.setNow(day.subtract({ hours: 48 }))
  const id = await desk.book('ahmad', day.toString())
  desk.setNow(now())
  return id
}

const messages = async (appointmentId: string) =>
  (await db.selectFrom('message').select(['id', 'channel', 'state', 'error_code', 'provider_id']).where('appointment_id', '=', appointmentId).where('kind', '=', 'reminder').orderBy('created_at').orderBy('id').execute())
const told = async (appointmentId: string) => (await messages(appointmentId)).map(({ channel, state }) => `${channel} ${state}`)
const reminders = async (appointmentId: string) =>
  (await db.selectFrom('reminder').select(['channel', 'state', 'skip_reason']).where('appointment_id', '=', appointmentId).orderBy('appointment_starts_at').orderBy('due_at').orderBy('channel', 'desc').execute()).map(({ channel, state, skip_reason }) => `${channel} ${skip_reason ?? state}`)
const api = () => systemContext({ pool: desk.database.apiPool, vault: desk.cast.vault }, desk.clinic.id, now())
const undelivered = (messageId: string, providerId: string, status = 'undelivered') => takeReceipt(api(), messageId, { providerId, status, errorCode: '30006' })

/** The SMS has left; its receipt is still to come. */
async function anSmsOnItsWay(): Promise<{ visit: string; message: string; provider: string }> {
  const visit = await aDueReminder()
  await desk.work()
  const [sms] = await messages(visit)
  if (sms?.provider_id == null) throw new Error('the SMS should have left')
  return { visit, message: sms.id, provider: sms.provider_id }
}

describe('what is known to have failed', () => {
  it('goes on by e-mail at once, and once, however often the network says it', async () => {
    const { visit, message, provider } = await anSmsOnItsWay()
    expect(await told(visit)).toEqual(['sms sent'])
    await Promise.all([undelivered(message, provider), undelivered(message, provider), undelivered(message, provider, 'failed')])
    await desk.work()
    await undelivered(message, provider)
    await desk.work()
    expect(await told(visit)).toEqual(['sms failed', 'email sent'])
    expect(await reminders(visit)).toEqual(['sms done', 'email done'])
  })

  it('by the provider\'s own no as well', async () => {
    await db.updateTable('patient_phone').set({ number: '+15005550009' }).where('patient_id', '=', ahmad.id).execute() // no phone that takes SMS
    const visit = await aDueReminder()
    await desk.work()
    await db.updateTable('patient_phone').set({ number: ahmad.number }).where('patient_id', '=', ahmad.id).execute()
    expect((await messages(visit)).map(({ channel }) => channel).at(-1)).toBe('email')
    expect((await told(visit)).at(-1)).toBe('email sent')
  })

  it('by e-mail instead of a second SMS where the phone was only off: not by both', async () => {
    const { visit, message, provider } = await anSmsOnItsWay()
    await takeReceipt(api(), message, { providerId: provider, status: 'undelivered', errorCode: '30003' })
    await desk.work()
    desk.setNow(day.subtract({ hours: 14 }))
    await desk.work()
    desk.setNow(day.subtract({ hours: 3 }))
    await desk.work()
    expect(await told(visit)).toEqual(['sms failed', 'email sent'])
  })

  it('goes nowhere once the visit was cancelled', async () => {
    const { visit, message, provider } = await anSmsOnItsWay()
    await cancelAppointment(desk.as('receptionist'), visit, 'patient')
    await undelivered(message, provider)
    await desk.work()
    expect(await told(visit)).toEqual(['sms failed'])
  })

  it('and then the visit is cancelled before the e-mail leaves: it stays at home', async () => {
    const { visit, message, provider } = await anSmsOnItsWay()
    await undelivered(message, provider)
    await cancelAppointment(desk.as('receptionist'), visit, 'patient')
    await desk.work()
    expect(await told(visit)).toEqual(['sms failed'])
    expect(await reminders(visit)).toEqual(['sms done', 'email cancelled'])
  })

  it('says nothing of the old time once the visit was moved', async () => {
    const { visit, message, provider } = await anSmsOnItsWay()
    await changeAppointment(desk.as('receptionist'), visit, 1, { startsAt: day.add({ hours: 2 }) })
    await undelivered(message, provider)
    await desk.work()
    expect((await told(visit)).filter((one) => one.startsWith('email'))).toEqual([])
  })

  it('comes to nothing where it is too late to help', async () => {
    const { visit, message, provider } = await anSmsOnItsWay()
    desk.setNow(day.subtract({ minutes: 40 }))
    await takeReceipt(systemContext({ pool: desk.database.apiPool, vault: desk.cast.vault }, desk.clinic.id, day.subtract({ minutes: 40 })), message, { providerId: provider, status: 'undelivered', errorCode: '30003' })
    await desk.work()
    expect(await told(visit)).toEqual(['sms failed'])
  })

  it('honours STOP: whoever refused e-mail too hears nothing more, on no way', async () => {
    const { visit, message, provider } = await anSmsOnItsWay()
    await receiveReply(api(), { providerId: uuid(), from: ahmad.number, body: 'STOP' })
    await consent('email', 'refused')
    await undelivered(message, provider)
    await desk.work()
    expect(await told(visit)).toEqual(['sms failed'])
    expect(await reminders(visit)).toEqual(['sms done', 'email no_consent'])
  })
})

describe('what is not known to have failed', () => {
  it('never goes on by itself: neither while its outcome is unknown nor when it is given up', async () => {
    await desk.office.faults.set({ sms: { cutBeforeAccept: 2 } })
    const visit = await aDueReminder()
    for (let look = 0; look < 6; look += 1) {
      await desk.work()
      desk.passSeconds(121)
    }
    expect((await messages(visit)).map(({ channel, state, error_code }) => [channel, state, error_code])).toEqual([['sms', 'failed', 'outcome_unknown']])
    const [sms] = await messages(visit)
    await undelivered(sms?.id ?? '', 'SMlate') // now it is known
    await desk.work()
    expect(await told(visit)).toEqual(['sms failed', 'email sent'])
  })

  /** An SMS that was cut off after it was taken, which the provider's list did not show: it waits to be sent again. @returns the id by which the provider carries it. */
  async function aHiddenOne(): Promise<{ visit: string; message: string; hidden: string }> {
    await desk.office.faults.set({ sms: { cutBeforeAccept: 1 } }) // to us the same as taken and hidden
    const visit = await aDueReminder()
    await queueDueReminders(desk.services)
    const [sms] = await messages(visit)
    if (!sms) throw new Error('the reminder was due')
    await sendMessage(desk.services, { name: 'send-message', clinicId: desk.clinic.id, subjectId: sms.id, eventId: null })
    for (const look of [1, 2]) await reconcileMessage(api(), sms.id, [], desk.services.machineClock.now().add({ seconds: look }))
    expect((await messages(visit))[0]).toMatchObject({ state: 'queued' })
    return { visit, message: sms.id, hidden: `SMhidden${sms.id.slice(-8)}` }
  }
  const codes = async (visit: string) => (await messages(visit)).map(({ channel, state, error_code }) => `${channel} ${state} ${error_code ?? ''}`.trim())

  it('nor where the second try was refused: the first may have arrived, and its receipt says so', async () => {
    const { visit, message, hidden } = await aHiddenOne()
    const claimed = await claimMessage(api(), message, desk.services.machineClock.now(), 60, () => 1)
    await settleMessage(api(), message, claimed?.attempt ?? 0, { kind: 'rejected', code: '21610', optedOut: true }, now())
    await desk.work()
    expect(await codes(visit)).toEqual(['sms failed outcome_unknown'])
    await takeReceipt(api(), message, { providerId: hidden, status: 'delivered', errorCode: null })
    expect(await codes(visit)).toEqual(['sms delivered'])
  })

  it('nor where STOP was said to the first before the second left: no e-mail after it', async () => {
    const { visit, message, hidden } = await aHiddenOne()
    await receiveReply(api(), { providerId: uuid(), from: ahmad.number, body: 'STOP' })
    await desk.work()
    expect(await codes(visit)).toEqual(['sms failed outcome_unknown'])
    await takeReceipt(api(), message, { providerId: hidden, status: 'delivered', errorCode: null })
    expect(await codes(visit)).toEqual(['sms delivered'])
  })

  it('but does where the first is known to have failed before the second left, which then stays at home', async () => {
    const { visit, message, hidden } = await aHiddenOne()
    const sent = desk.smsTo(ahmad.number).length
    await undelivered(message, hidden)
    await desk.work()
    expect(await told(visit)).toEqual(['sms failed', 'email sent'])
    expect(desk.smsTo(ahmad.number)).toHaveLength(sent)
  })

  it.each(['hidden', 'second'])('and where both were carried only when both have failed, whichever is heard first (%s)', async (first) => {
    const { visit, message, hidden } = await aHiddenOne()
    await desk.work()
    const second = (await messages(visit))[0]?.provider_id ?? ''
    const [one, other] = first === 'hidden' ? [hidden, second] : [second, hidden]
    await undelivered(message, one)
    await takeReceipt(api(), message, { providerId: one, status: 'sent', errorCode: null }) // late, and of no more use
    await desk.work()
    expect(await codes(visit)).toEqual([first === 'hidden' ? 'sms sent' : 'sms failed outcome_unknown'])
    await undelivered(message, other)
    await desk.work()
    expect(await told(visit)).toEqual(['sms failed', 'email sent'])
  })

  const failure = (id: string) => ({ providerId: id, status: 'undelivered', errorCode: '30003' })
  const [sent, unknownAgain, refused] = [{ kind: 'accepted' as const, providerId: 'SMsecond' }, { kind: 'unknown' as const, reason: 'cut' }, { kind: 'rejected' as const, code: '21211' }]
  it.each([
    ['is carried too, and arrives', sent, 'SMsecond', 'delivered', ['sms delivered']],
    ['is carried too, and fails', sent, 'SMsecond', 'undelivered', ['sms failed', 'email sent']],
    ['is refused', refused, null, null, ['sms failed', 'email sent']],
    ['is cut, and arrives all the same', unknownAgain, 'SMother', 'delivered', ['sms delivered']],
    ['is cut, and fails as well', unknownAgain, 'SMother', 'undelivered', ['sms failed', 'email sent']],
  ] as const)('the first is heard to have failed while the second is under way, which %s', async (_, outcome, provider, status, end) => {
    const { visit, message, hidden } = await aHiddenOne()
    const claimed = await claimMessage(api(), message, desk.services.machineClock.now(), 60, () => 1)
    await takeReceipt(api(), message, failure(`${hidden}${provider ?? ''}`))
    await desk.work()
    expect(await told(visit)).toEqual(['sms sending']) // no e-mail beside an SMS that may be arriving
    await settleMessage(api(), message, claimed?.attempt ?? 0, outcome, desk.services.machineClock.now())
    if (outcome.kind === 'unknown') await reconcileMessage(api(), message, [], desk.services.machineClock.now())
    if (provider !== null) {
      await desk.work()
      expect((await told(visit)).filter((way) => way.startsWith('email'))).toEqual([])
      await takeReceipt(api(), message, { providerId: provider, status, errorCode: status === 'delivered' ? null : '30003' })
    }
    await desk.work()
    expect(await told(visit)).toEqual(end)
  })

  it('the second fails before its acceptance is heard of: of the first nothing is known, so no e-mail', async () => {
    const { visit, message, hidden } = await aHiddenOne()
    const claimed = await claimMessage(api(), message, desk.services.machineClock.now(), 60, () => 1)
    const second = `SM2nd${message.slice(-8)}`
    await takeReceipt(api(), message, failure(second))
    await settleMessage(api(), message, claimed?.attempt ?? 0, { kind: 'accepted', providerId: second }, desk.services.machineClock.now())
    await desk.work()
    expect(await codes(visit)).toEqual(['sms failed outcome_unknown'])
    await takeReceipt(api(), message, failure(hidden))
    await desk.work()
    expect(await told(visit)).toEqual(['sms failed', 'email sent'])
  })

  it('the first went to a number that was wrong: its failure is not that of the second, and marks no number', async () => {
    const { visit, message, hidden } = await aHiddenOne()
    await db.updateTable('patient_phone').set({ number: '+972521234599' }).where('patient_id', '=', ahmad.id).execute()
    await desk.work()
    await db.updateTable('patient_phone').set({ number: ahmad.number }).where('patient_id', '=', ahmad.id).execute()
    const second = (await messages(visit))[0]?.provider_id ?? ''
    await takeReceipt(api(), message, { providerId: hidden, status: 'undelivered', errorCode: '30005' })
    await desk.work()
    expect(await codes(visit)).toEqual(['sms sent'])
    expect(await db.selectFrom('dead_address').select('address').execute()).toEqual([])
    await takeReceipt(api(), message, { providerId: second, status: 'delivered', errorCode: null })
    expect(await codes(visit)).toEqual(['sms delivered'])
  })

  it('a delivered one is left alone, whatever comes later', async () => {
    const { visit, message, provider } = await anSmsOnItsWay()
    await takeReceipt(api(), message, { providerId: provider, status: 'delivered', errorCode: null })
    await undelivered(message, provider)
    await desk.work()
    expect(await told(visit)).toEqual(['sms delivered'])
  })
})

describe('a way that is not possible', () => {
  it('is left out: who refused SMS gets the e-mail', async () => {
    const visit = await aDueReminder()
    await consent('sms', 'refused')
    await desk.work()
    expect(await told(visit)).toEqual(['email sent'])
    expect(await reminders(visit)).toEqual(['sms no_consent', 'email done'])
  })

  it('leads nowhere where there is no other: the desk sees why', async () => {
    const visit = await aDueReminder()
    await consent('sms', 'refused')
    await consent('email', 'refused')
    await desk.work()
    expect(await told(visit)).toEqual([])
    expect(await reminders(visit)).toEqual(['sms no_consent', 'email no_consent'])
  })

  it('a patient who wants e-mail alone gets no SMS, also where the mail is refused', async () => {
    await db.insertInto('reminder_wish').values({ clinic_id: desk.clinic.id, id: uuid(), patient_id: ahmad.id, reminders: 'email', extra_days_before: null, extra_at_time: null, written_by: desk.clinic.staff.receptionist.id, written_at: now() }).execute()
    const first = await aDueReminder()
    await desk.work()
    expect(await told(first)).toEqual(['email sent'])
    await consent('email', 'refused')
    const second = await aDueReminder()
    await desk.work()
    expect(await told(second)).toEqual([])
    await db.updateTable('reminder_wish').set({ reminders: 'none' }).execute()
    await consent('email', 'given')
    const third = await aDueReminder()
    await desk.work()
    expect(await told(third)).toEqual([])
    expect(await reminders(third)).toEqual(['sms patient_wish'])
  })
})
