import pg from 'pg'
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { type Instant, instant } from '@yoman/domain/time'
import { twilioGateway } from '@yoman/messaging/gateways/twilio'
import { changeAppointment } from '@yoman/use-cases/appointments/change'
import { cancelAppointment } from '@yoman/use-cases/appointments/step'
import { systemClock } from '@yoman/use-cases/clock'
import { claimMessage } from '@yoman/use-cases/messages/claim-message'
import { settleMessage } from '@yoman/use-cases/messages/settle-message'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { accountSid, addRule, authToken } from '../desk.fixture.ts'
import { contextOf } from '../services.ts'
import { askForReceipts, queueDueReminders, settleUnsettled } from '../sweeps.ts'
import { acceptedFor, bookMany, expectInvariant, openStormDesk, round } from './storm.fixture.ts'

// What each of these holds against is the provider's own ledger, not what we believe of it.
const desk = await openStormDesk()
await addRule(desk)
const ahmad = '+972521234502'

beforeEach(() => desk.backToRealTime())
afterEach(() => desk.office.faults.clear())

const messagesOf = (appointmentId: string) => desk.database.db.selectFrom('message').selectAll().where('appointment_id', '=', appointmentId).orderBy('created_at').orderBy('id').execute()
const messageOf = async (appointmentId: string) => {
  const [message, ...more] = await messagesOf(appointmentId)
  if (!message || more.length > 0) throw new Error(`one message was expected, not ${more.length + (message ? 1 : 0)}`)
  return message
}

/** Lets everything that is under way come to its end: looks at the list, pauses, notices. */
async function comeToRest(rounds = 8): Promise<void> {
  for (let index = 0; index < rounds; index += 1) {
    desk.passSeconds(121)
    desk.setNow(desk.services.clock.now().add({ seconds: 121 }))
    await desk.work()
  }
}

/** A visit whose reminder is due at ten of the day before. @returns its id. */
async function aDueReminder(date: string): Promise<string> {
  const startsAt = instant(`${date}T07:00:00Z`)
  desk.setNow(startsAt.subtract({ hours: 47 }))
  const id = await desk.book('ahmad', startsAt.toString())
  desk.setNow(startsAt.subtract({ hours: 23 }))
  return id
}

describe('a storm over one evening', () => {
  it('of failing calls, cut lines and doubled receipts, with four workers and half of the visits being moved or cancelled: each is told once, or not at all', async () => {
    await addRule(desk, { daysBefore: 2 })
    desk.setNow('2026-11-23T06:30:00Z') // a Monday; at ten the reminders of Tuesday and of Wednesday leave together
    onTestFinished(async () => void (await desk.database.db.updateTable('reminder_rule').set({ active: false }).where('days_before', '=', 2).execute()))
    const [mornings, afternoons] = [['2026-11-24T06:00:00Z', '2026-11-25T06:00:00Z'], ['2026-11-24T11:00:00Z', '2026-11-25T11:00:00Z']]
    const booked = await Promise.all((['doctor', 'otherDoctor'] as const).map(async (who) => {
      const ids: string[] = []
      for (const from of mornings) ids.push(...(await bookMany(desk, 48, from, who)))
      for (const from of afternoons) ids.push(...(await bookMany(desk, 36, from, who)))
      return ids
    }))
    const ids = booked.flat()
    await desk.office.faults.set({ sms: { failBeforeAccept: 12, failAfterAccept: 14, cutBeforeAccept: 12, cutAfterAccept: 14, tooMany: 14 }, callbacks: { copies: 2, shuffled: true } })
    desk.setNow('2026-11-23T08:00:30Z')

    const changed = new Map<string, Instant>()
    let sending = true
    const worker = async (): Promise<void> => {
      while (sending) await round(desk.services)
    }
    const workers = [1, 2, 3, 4].map(worker)
    await expect.poll(() => desk.office.ledger.sent().length, { interval: 10, timeout: 30_000 }).toBeGreaterThan(15) // the storm has begun
    const changes = ids.filter((_, index) => index % 2 === 0).map((id, index) => ({ id, cancel: index % 4 === 0 }))
    for (const { id, cancel } of changes) {
      const visit = await desk.database.db.selectFrom('appointment').select(['starts_at', 'version']).where('id', '=', id).executeTakeFirstOrThrow()
      if (cancel) await cancelAppointment(desk.as('owner'), id, 'patient')
      else await changeAppointment(desk.as('owner'), id, visit.version, { startsAt: visit.starts_at.add({ hours: 24 * 14 }) })
      changed.set(id, systemClock.now())
    }
    sending = false
    await Promise.all(workers)
    await comeToRest()

    await expectInvariant(desk)
    const messages = await desk.database.db.selectFrom('message').select(['id', 'appointment_id', 'kind', 'appointment_starts_at', 'state']).where('appointment_id', 'in', ids).execute()
    const reminders = messages.filter(({ kind }) => kind === 'reminder')
    for (const id of ids.filter((one) => !changed.has(one))) {
      expect(reminders.filter(({ appointment_id, state }) => appointment_id === id && state === 'delivered').map(({ id: message }) => acceptedFor(desk, message).length), id).toEqual([1])
    }
    const late = reminders.flatMap(({ id, appointment_id }) => {
      const at = changed.get(appointment_id ?? '')
      return at ? acceptedFor(desk, id).filter(({ createdAt }) => createdAt > at.epochMilliseconds + 2_000) : []
    })
    expect(late, 'left more than two seconds after its visit was moved or cancelled').toEqual([])
    expect(desk.office.ledger.sent().length).toBeGreaterThanOrEqual(ids.length / 2)
  }, 150_000)

  it('in which the database ends all connections and takes none for a while: nothing is lost and nothing said twice', async () => {
    desk.setNow('2026-12-14T06:30:00Z')
    const ids = await bookMany(desk, 40, '2026-12-15T06:00:00Z')
    desk.setNow('2026-12-14T08:00:30Z')
    const superuser = new pg.Client(new URL('/postgres', desk.database.superuserUrl).href)
    await superuser.connect()
    let sending = true
    const before = desk.office.ledger.sent().length
    let failures = 0
    const worker = async (): Promise<void> => {
      while (sending) await round(desk.services).catch(() => (failures += 1))
    }
    const workers = [1, 2].map(worker)
    try {
      for (const reached of [2, 12, 24]) {
        await expect.poll(() => desk.office.ledger.sent().length - before, { interval: 5 }).toBeGreaterThan(reached)
        // What a restart is to whoever is connected: the line goes dead in the middle, and nobody answers for a moment.
        await superuser.query(`alter database ${desk.database.name} with allow_connections false`)
        await superuser.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [desk.database.name])
        await superuser.query('select pg_sleep(0.2)')
        await superuser.query(`alter database ${desk.database.name} with allow_connections true`)
        // What the cut took out of somebody's hands is free again when its lease is over.
        desk.passSeconds(61)
        desk.setNow(desk.services.clock.now().add({ seconds: 61 }))
      }
    } finally {
      sending = false
      await Promise.all(workers)
      await superuser.end()
    }
    await comeToRest()
    await expectInvariant(desk)
    for (const id of ids) expect(acceptedFor(desk, (await messageOf(id)).id), id).toHaveLength(1)
    expect(failures).toBeGreaterThan(0)
  }, 100_000)
})

describe('a provider in trouble', () => {
  it('that says "too many" for an hour is asked ever less often, and then told everything once', async () => {
    const id = await aDueReminder('2026-12-16')
    await desk.office.faults.set({ sms: { tooMany: 1_000_000 } })
    for (let minutes = 0; minutes < 60; minutes += 1) {
      await desk.work()
      desk.setNow(desk.services.clock.now().add({ minutes: 1 }))
    }
    expect(await messageOf(id)).toMatchObject({ state: 'queued', error_code: '20429' })
    expect((await messageOf(id)).attempt).toBeLessThan(14)
    await desk.office.faults.clear()
    desk.setNow(desk.services.clock.now().add({ minutes: 16 }))
    await desk.work()
    expect(acceptedFor(desk, (await messageOf(id)).id)).toHaveLength(1)
    await expectInvariant(desk)
  })

  it('that hangs for longer than the sender may live: whoever comes back late decides, and nobody sends again', async () => {
    const id = await aDueReminder('2026-12-17')
    await queueDueReminders(desk.services)
    const { id: messageId } = await messageOf(id)
    const ctx = contextOf(desk.services, desk.clinic.id)
    const claimed = await claimMessage(ctx, messageId, desk.services.machineClock.now(), 60, () => 1)
    if (!claimed) throw new Error('it was due')
    const outcome = await desk.services.gateways.sms.send({ to: claimed.to, body: claimed.body, statusCallback: `http://127.0.0.1:9/hooks/twilio/status/${messageId}` })
    desk.passSeconds(61) // the call took longer than the lease
    await settleUnsettled(desk.services, { add: () => Promise.resolve() })
    expect(await messageOf(id)).toMatchObject({ state: 'unknown', error_code: 'lease_ran_out' })
    await settleMessage(ctx, messageId, claimed.attempt, outcome, desk.services.machineClock.now())
    await comeToRest()
    expect(acceptedFor(desk, messageId)).toHaveLength(1)
    expect(await messageOf(id)).toMatchObject({ attempt: 1 })
    await expectInvariant(desk)
  })

  it('that does not answer in time is looked up, not asked again', async () => {
    await desk.office.faults.set({ sms: { hangAfterAccept: 1 } })
    const hasty = { ...desk.services, gateways: { ...desk.services.gateways, sms: twilioGateway({ accountSid, authToken, sender: { from: '+972559570100' }, baseUrl: desk.office.httpUrl, timeoutMs: 150 }) } }
    const id = await aDueReminder('2026-12-22')
    await desk.office.faults.set({ callbacks: { lost: true } })
    await round(hasty)
    expect(await messageOf(id)).toMatchObject({ state: 'unknown' })
    await comeToRest()
    expect(acceptedFor(desk, (await messageOf(id)).id)).toHaveLength(1)
    await expectInvariant(desk)
  })
})

describe('receipts', () => {
  /** Posts a receipt as Twilio does. */
  async function receipt(messageId: string, form: Record<string, string>, token = authToken): Promise<number> {
    const url = `${desk.origin}/hooks/twilio/status/${messageId}`
    const params = { AccountSid: accountSid, ...form }
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': getExpectedTwilioSignature(token, url, params) }, body: new URLSearchParams(params) })
    return answer.status
  }

  it('that are lost are asked for, and then known', async () => {
    await desk.office.faults.set({ callbacks: { lost: true } })
    const id = await aDueReminder('2027-01-12')
    await desk.work()
    expect(await messageOf(id)).toMatchObject({ state: 'sent' })
    expect(await askForReceipts(desk.services)).toBe(0) // too soon
    desk.setNow(desk.services.clock.now().add({ minutes: 11 }))
    expect(await askForReceipts(desk.services)).toBe(1)
    expect(await messageOf(id)).toMatchObject({ state: 'delivered', provider_status: 'delivered' })
  })

  it('that come six hours late still count; forged, replayed and older ones change nothing', async () => {
    await desk.office.faults.set({ callbacks: { lost: true } })
    const id = await aDueReminder('2027-01-14')
    await desk.work()
    const { id: messageId, provider_id } = await messageOf(id)
    const sid = provider_id ?? ''
    desk.setNow(desk.services.clock.now().add({ hours: 6 }))
    expect(await receipt(messageId, { MessageSid: sid, MessageStatus: 'failed' }, 'a token of somebody')).toBeGreaterThanOrEqual(400)
    expect(await messageOf(id)).toMatchObject({ state: 'sent' })
    expect(await receipt(messageId, { MessageSid: sid, MessageStatus: 'delivered' })).toBe(204)
    expect(await receipt(messageId, { MessageSid: sid, MessageStatus: 'delivered' })).toBe(204)
    expect(await receipt(messageId, { MessageSid: sid, MessageStatus: 'undelivered', ErrorCode: '30003' })).toBe(204)
    expect(await messageOf(id)).toMatchObject({ state: 'delivered', error_code: null, doubled_at: null })
    await expectInvariant(desk)
  })

  it('of a second carrying are counted: the one case in which a message may arrive twice is known when it happens', async () => {
    const id = await aDueReminder('2027-01-20')
    await desk.work()
    const { id: messageId } = await messageOf(id)
    expect(await receipt(messageId, { MessageSid: 'SMsecond', MessageStatus: 'delivered' })).toBe(204)
    expect((await messageOf(id)).doubled_at).not.toBeNull()
    const { rows } = await desk.database.ownerPool.query('select details from event where name = $1 and subject_id = $2', ['message.doubled', messageId])
    expect(rows).toHaveLength(1)
  })
})

describe('a clock that is set', () => {
  it('an hour back and forth again says nothing a second time', async () => {
    const before = desk.smsTo(ahmad).length
    const id = await aDueReminder('2027-01-26')
    await desk.work()
    const due = desk.services.clock.now()
    for (const hours of [-1, 0, 1, -1, 0]) {
      desk.setNow(due.add({ hours }))
      desk.passSeconds(60)
      await desk.work()
    }
    expect(desk.smsTo(ahmad)).toHaveLength(before + 1)
    expect(await messageOf(id)).toMatchObject({ attempt: 1 })
  })

  it('forward over the hour of a reminder sends it once, and not again when it is set right', async () => {
    const before = desk.smsTo(ahmad).length
    const id = await aDueReminder('2027-01-28')
    const due = desk.services.clock.now()
    desk.setNow(due.subtract({ hours: 2 }))
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(before)
    desk.setNow(due) // stepped
    await desk.work()
    desk.setNow(due.subtract({ hours: 2 })) // and set right
    await desk.work()
    desk.setNow(due)
    await desk.work()
    expect(desk.smsTo(ahmad)).toHaveLength(before + 1)
    expect(await messageOf(id)).toMatchObject({ attempt: 1 })
    await expectInvariant(desk)
  })
})
