import { randomUUID } from 'node:crypto'
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { callTexts } from '@yoman/messaging/texts/call'
import { castContext, castId, castNow } from '@yoman/testing/cast'
import { testApi } from '@yoman/testing/api'
import { loadVisitFacts } from '@yoman/db/messages/visit-facts'
import { systemContext } from '@yoman/use-cases/context'
import { read } from '@yoman/use-cases/transact'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { instant } from '@yoman/domain/time'
import { describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const { accountSid, authToken } = { accountSid: api.services.twilio.accountSid ?? '', authToken: api.services.twilio.authToken ?? '' }
const number = '+972521234502'

async function post(path: string, form: Record<string, string>, sign: { token?: string; url?: string; none?: boolean } = {}) {
  const params = { AccountSid: accountSid, ...form }
  const signature = getExpectedTwilioSignature(sign.token ?? authToken, `${api.services.publicUrl}${sign.url ?? path}`, params)
  return api.app.inject({
    method: 'POST', url: path, payload: new URLSearchParams(params).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...(sign.none ? {} : { 'x-twilio-signature': signature }) },
  })
}

let made = 0
/** A visit of which a call is under way; as the worker leaves it. */
async function aCall({ channel = 'voice' as 'voice' | 'sms', of = 'ahmad' as 'ahmad' | 'sara' | 'noam' | 'john', to = number } = {}) {
  const startsAt = instant('2026-11-24T07:00:00Z').add({ minutes: 5 * made })
  const appointmentId = castId('call', String((made += 1)))
  await bookAppointment(castContext(api.cast, hadar, 'receptionist', api.database.apiPool), {
    id: appointmentId, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients[of], startsAt, durationMinutes: 5,
  })
  const id = randomUUID()
  await api.database.db.insertInto('message').values({
    clinic_id: hadar.id, id, kind: 'reminder', channel, patient_id: hadar.patients[of], appointment_id: appointmentId, appointment_starts_at: startsAt,
    reminder_id: null, invoice_id: null, dedupe_key: id, language: 'ar', to_address: to, body: 'x', state: 'sending', not_before: castNow, useful_until: null, attempt: 1,
    lease_until: castNow, first_tried_at: castNow, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null, created_at: castNow,
  }).execute()
  return { id, appointmentId, status: `/hooks/twilio/calls/${id}/status`, digits: `/hooks/twilio/calls/${id}/digits` }
}
const message = (id: string) => api.database.db.selectFrom('message').select(['state', 'provider_id', 'error_code']).where('id', '=', id).executeTakeFirstOrThrow()
const statusOf = async (id: string) => (await api.database.db.selectFrom('appointment').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status

describe('what became of a call', () => {
  it('leads its message forward, however often and in whatever order it is told', async () => {
    const { id, status } = await aCall()
    for (const form of [{ CallStatus: 'ringing' }, { CallStatus: 'completed', AnsweredBy: 'human' }, { CallStatus: 'in-progress' }, { CallStatus: 'completed', AnsweredBy: 'human' }, { CallStatus: 'initiated' }]) {
      expect((await post(status, { CallSid: 'CA1', ...form })).statusCode).toBe(204)
    }
    expect(await message(id)).toEqual({ state: 'delivered', provider_id: 'CA1', error_code: null })
  })

  it('by a machine is a failure with a reason of its own', async () => {
    const { id, status } = await aCall()
    await post(status, { CallSid: 'CA2', CallStatus: 'completed', AnsweredBy: 'machine_end_beep' })
    expect(await message(id)).toEqual({ state: 'failed', provider_id: 'CA2', error_code: 'machine' })
  })

  it('that Twilio did not sign for this address with our token is refused, and changes nothing', async () => {
    const { id, status, digits, appointmentId } = await aCall()
    const other = await aCall()
    for (const sign of [{ none: true }, { token: 'another' }, { url: other.status }, { url: other.digits }]) {
      expect((await post(status, { CallSid: 'CA3', CallStatus: 'completed', AnsweredBy: 'human' }, sign)).statusCode).toBe(403)
      expect((await post(digits, { CallSid: 'CA3', Digits: '1' }, sign)).statusCode).toBe(403)
    }
    expect((await post(digits, { CallSid: 'CA3', Digits: '1', AccountSid: 'AC0' })).statusCode).toBe(403)
    expect(await message(id)).toMatchObject({ state: 'sending' })
    expect(await statusOf(appointmentId)).toBe('booked')
  })

  it('that nobody knows, or without words, is told as it is', async () => {
    expect((await post(`/hooks/twilio/calls/${randomUUID()}/status`, { CallSid: 'CA4', CallStatus: 'busy' })).statusCode).toBe(404)
    expect((await post('/hooks/twilio/calls/nonsense/status', { CallSid: 'CA4', CallStatus: 'busy' })).statusCode).toBe(400)
    const { status, digits } = await aCall()
    expect((await post(status, {})).statusCode).toBe(400)
    for (const Digits of ['', '12', 'x']) expect((await post(digits, { CallSid: 'CA4', Digits })).statusCode).toBe(400)
  })
})

describe('a key', () => {
  it('"1" confirms the visit of the call, once, and is said back in the patient\'s language', async () => {
    const { id, digits, appointmentId } = await aCall()
    for (const again of [1, 2]) {
      const answer = await post(digits, { CallSid: 'CA5', Digits: '1' })
      expect([answer.statusCode, answer.headers['content-type']], String(again)).toEqual([200, 'text/xml'])
      expect(answer.body).toContain(callTexts.ar.answers.confirmed)
    }
    expect(await statusOf(appointmentId)).toBe('confirmed')
    expect(await message(id)).toMatchObject({ state: 'delivered', provider_id: 'CA5' })
    expect(await api.database.db.selectFrom('inbound_message').select(['channel', 'body', 'understood_as']).where('provider_id', '=', 'CA5-1').execute()).toEqual([{ channel: 'voice', body: '1', understood_as: 'confirm' }])
    const desk = await api.as(hadar.staff.receptionist)
    const [conversation] = (await desk('GET /conversations')).body.items.filter((one) => one.number === number)
    expect((await desk('GET /conversations/:id', { params: { id: conversation?.id ?? '' } })).body.words.filter(({ direction }) => direction === 'in')).toMatchObject([{ channel: 'voice', body: '1', understoodAs: 'confirm' }])
  })

  it('that means nothing is asked for again, and kept nowhere', async () => {
    const { digits, appointmentId } = await aCall()
    const answer = await post(digits, { CallSid: 'CA6', Digits: '7' })
    expect(answer.body).toContain(callTexts.ar.answers.again)
    expect(answer.body).toContain(`action="${api.services.publicUrl.replace(/\/+$/, '')}${digits}"`)
    expect(await statusOf(appointmentId)).toBe('booked')
    expect(await api.database.db.selectFrom('inbound_message').select('id').where('provider_id', 'like', 'CA6%').execute()).toEqual([])
  })

  it('"2" cancels where the clinic wants it and the hours allow it', async () => {
    const owner = await api.as(hadar.staff.owner)
    const before = (await owner('GET /answer-settings')).body
    const kept = await aCall()
    expect((await post(kept.digits, { CallSid: 'CA7', Digits: '2' })).body).toContain(callTexts.ar.answers.kept)
    expect(await statusOf(kept.appointmentId)).toBe('booked')
    await owner('PUT /answer-settings', { body: { ...before, replyCancels: true, cancelHours: 0 } })
    const done = await aCall()
    for (const time of ['first', 'again']) expect((await post(done.digits, { CallSid: 'CA8', Digits: '2' })).body, time).toContain(callTexts.ar.answers.cancelled)
    expect((await post(kept.digits, { CallSid: 'CA7', Digits: '2' })).body).toContain(callTexts.ar.answers.kept)
    expect(await statusOf(done.appointmentId)).toBe('cancelled')
    expect(await statusOf(kept.appointmentId)).toBe('booked')
    await owner('PUT /answer-settings', { body: { ...before, version: before.version + 1 } })
  })

  it('"9" refuses calls and no SMS', async () => {
    const { digits } = await aCall()
    expect((await post(digits, { CallSid: 'CA9', Digits: '9' })).body).toContain(callTexts.ar.answers.stopped)
    expect(await api.database.db.selectFrom('consent').select(['channel', 'state']).where('patient_id', '=', hadar.patients.ahmad).where('source', '=', 'reply').execute()).toEqual([{ channel: 'voice', state: 'refused' }])
  })

  it.each(['sara', 'noam'] as const)('of a call for %s is hers or his alone, and nobody else\'s with the number, also when the visit moved', async (of) => {
    const shared = '+972501234501'
    const [moved, asked] = [await aCall({ of, to: shared }), await aCall({ of, to: shared })]
    await api.database.db.updateTable('message').set({ appointment_starts_at: instant('2026-11-23T07:00:00Z') }).where('id', '=', moved.id).execute()
    expect((await post(moved.digits, { CallSid: `CAm-${of}`, Digits: '1' })).body).toContain(callTexts.ar.answers.kept)
    expect(await api.database.db.selectFrom('inbound_message').select('patient_id').where('provider_id', '=', `CAm-${of}-1`).execute()).toEqual([{ patient_id: hadar.patients[of] }])
    const refused = async (key: 'sara' | 'noam') => {
      const { appointmentId } = await aCall({ of: key, to: shared })
      return (await read(systemContext(api.services, hadar.id, castNow), (db) => loadVisitFacts(db, appointmentId, 'voice')))?.refused
    }
    const other = of === 'sara' ? 'noam' : 'sara'
    const before = await refused(other)
    expect(await refused(of)).toBe(false)
    await post(asked.digits, { CallSid: `CAn-${of}`, Digits: '9' })
    expect([await refused(of), await refused(other)]).toEqual([true, before])
  })

  it('nobody phones whom no call is to reach: a refusal of phone calls counts, until calls of the system are wished for', async () => {
    const { appointmentId } = await aCall({ of: 'john' })
    const say = (channel: 'phone' | 'voice' | 'sms', state: 'given' | 'refused', minute: number) => api.database.db.insertInto('consent').values({
      clinic_id: hadar.id, id: randomUUID(), patient_id: hadar.patients.john, channel, purpose: 'service', state, source: 'desk', evidence: '', recorded_at: castNow.add({ minutes: minute }), recorded_by: null,
    }).execute()
    const heard: (boolean | undefined)[] = []
    for (const [minute, [channel, state]] of ([['sms', 'refused'], ['phone', 'refused'], ['sms', 'given'], ['voice', 'given'], ['phone', 'given'], ['voice', 'refused'], ['phone', 'given'], ['voice', 'given'], ['phone', 'refused'], ['phone', 'given']] as const).entries()) {
      await say(channel, state, minute)
      heard.push((await read(systemContext(api.services, hadar.id, castNow), (db) => loadVisitFacts(db, appointmentId, 'voice')))?.refused)
    }
    expect(heard).toEqual([false, true, true, false, false, true, true, false, true, false])
  })

  it('of an SMS is no key of a call', async () => {
    const { digits } = await aCall({ channel: 'sms' })
    expect((await post(digits, { CallSid: 'CA10', Digits: '1' })).statusCode).toBe(404)
  })
})
