import { randomUUID } from 'node:crypto'
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { instant } from '@yoman/domain/time'
import { castId } from '@yoman/testing/cast'
import { testApi } from '@yoman/testing/api'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { castContext, castNow } from '@yoman/testing/cast'
import { loadVisitFacts } from '@yoman/db/messages/visit-facts'
import { systemContext } from '@yoman/use-cases/context'
import { read } from '@yoman/use-cases/transact'
import { describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const { accountSid, authToken } = { accountSid: api.services.twilio.accountSid ?? '', authToken: api.services.twilio.authToken ?? '' }
const ahmad = '+972521234502'
const only = '+972541117700' // of which nothing else was ever told

async function post(path: string, form: Record<string, string>, sign: { token?: string; url?: string; none?: boolean } = {}) {
  const params = { AccountSid: accountSid, ...form }
  const signature = getExpectedTwilioSignature(sign.token ?? authToken, `${api.services.publicUrl}${sign.url ?? path}`, params)
  return api.app.inject({
    method: 'POST', url: path, payload: new URLSearchParams(params).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...(sign.none ? {} : { 'x-twilio-signature': signature }) },
  })
}

let made = 0
/** A visit whose reminder has left; as the worker leaves it. */
async function aSentReminder(patient: 'ahmad' | 'sara' | 'noam' | 'john', startsAt: string, { to = ahmad, at = castNow, kind = 'reminder' as 'reminder' | 'booked' } = {}) {
  const appointmentId = castId('hook', String((made += 1)))
  await bookAppointment(castContext(api.cast, hadar, 'receptionist', api.database.apiPool), {
    id: appointmentId, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients[patient], startsAt: instant(startsAt),
  })
  const id = randomUUID()
  await api.database.db.insertInto('message').values({
    clinic_id: hadar.id, id, kind, channel: 'sms', patient_id: hadar.patients[patient], appointment_id: appointmentId, appointment_starts_at: instant(startsAt),
    reminder_id: null, invoice_id: null, dedupe_key: id, language: 'ar', to_address: to, body: 'x', state: 'sending', not_before: at, useful_until: null, attempt: 1,
    lease_until: at, first_tried_at: at, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null, created_at: at,
  }).execute()
  return { id, appointmentId }
}
const message = (id: string) => api.database.db.selectFrom('message').select(['state', 'provider_id', 'error_code']).where('id', '=', id).executeTakeFirstOrThrow()
const statusOf = async (id: string) => (await api.database.db.selectFrom('appointment').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status

describe('a receipt', () => {
  it('leads the message forward, however often and in whatever order it comes', async () => {
    const { id } = await aSentReminder('ahmad', '2026-11-24T07:00:00Z')
    const path = `/hooks/twilio/status/${id}`
    for (const status of ['delivered', 'sent', 'delivered', 'queued']) expect((await post(path, { MessageSid: 'SM1', MessageStatus: status })).statusCode).toBe(204)
    expect(await message(id)).toEqual({ state: 'delivered', provider_id: 'SM1', error_code: null })
    expect(await api.database.db.selectFrom('message_receipt').select('status').where('message_id', '=', id).orderBy('status').execute()).toEqual([{ status: 'delivered' }, { status: 'queued' }, { status: 'sent' }])
  })

  it('of an opt-out is a refusal of messages', async () => {
    const { id } = await aSentReminder('sara', '2026-11-24T08:00:00Z')
    await post(`/hooks/twilio/status/${id}`, { MessageSid: 'SM2', MessageStatus: 'undelivered', ErrorCode: '21610' })
    expect(await message(id)).toMatchObject({ state: 'failed', error_code: '21610' })
    const [newest] = await api.database.db.selectFrom('consent').selectAll().where('patient_id', '=', hadar.patients.sara).where('channel', '=', 'sms').orderBy('id', 'desc').execute()
    expect(newest).toMatchObject({ state: 'refused', source: 'system' })
  })

  it('that Twilio did not sign for this address with our token is refused, and changes nothing', async () => {
    const { id } = await aSentReminder('ahmad', '2026-11-24T09:00:00Z')
    const { id: other } = await aSentReminder('ahmad', '2026-11-24T11:00:00Z')
    const path = `/hooks/twilio/status/${id}`
    const form = { MessageSid: 'SM3', MessageStatus: 'failed' }
    for (const sign of [{ none: true }, { token: 'another' }, { url: `/hooks/twilio/status/${other}` }]) expect((await post(path, form, sign)).statusCode).toBe(403)
    expect((await post(path, { ...form, AccountSid: 'AC0' })).statusCode).toBe(403)
    expect(await message(id)).toMatchObject({ state: 'sending' })
  })

  it('of a message that nobody knows, or without words, is told as it is', async () => {
    expect((await post(`/hooks/twilio/status/${randomUUID()}`, { MessageSid: 'SM4', MessageStatus: 'sent' })).statusCode).toBe(404)
    expect((await post('/hooks/twilio/status/nonsense', { MessageSid: 'SM4', MessageStatus: 'sent' })).statusCode).toBe(400)
    expect((await post(`/hooks/twilio/status/${randomUUID()}`, {})).statusCode).toBe(400)
  })
})

describe('a reply', () => {
  it('"1" confirms the visit that the number was told of, once', async () => {
    const { appointmentId } = await aSentReminder('ahmad', '2026-11-23T07:00:00Z')
    for (const again of [1, 2]) expect((await post('/hooks/twilio/inbound', { MessageSid: 'SMin1', From: ahmad, Body: ' 1 ' })).statusCode, String(again)).toBe(200)
    expect(await statusOf(appointmentId)).toBe('confirmed')
    const kept = await api.database.db.selectFrom('inbound_message').selectAll().where('provider_id', '=', 'SMin1').execute()
    expect(kept).toEqual([expect.objectContaining({ understood_as: 'confirm', appointment_id: appointmentId, patient_id: hadar.patients.ahmad })])
    const call = await api.as(hadar.staff.receptionist)
    expect((await call('GET /inbound-messages')).body.items[0]).toMatchObject({ understoodAs: 'confirm', fromNumber: ahmad, patient: { id: hadar.patients.ahmad } })
  })

  it('from a number that was thought dead says that it works: messages go there again, and nobody asks for another', async () => {
    await aSentReminder('ahmad', '2026-11-24T06:00:00Z')
    const { db } = api.database
    await db.insertInto('dead_address').values({ clinic_id: hadar.id, channel: 'sms', address: ahmad, code: '30005', marked_at: castNow }).execute()
    await db.insertInto('task').values({ clinic_id: hadar.id, id: randomUUID(), branch_id: hadar.branches.center, patient_id: hadar.patients.ahmad, words: '', about: 'dead_address', channel: 'sms', address: ahmad, assignee_role: 'receptionist', due_at: castNow, created_at: castNow }).execute()
    await post('/hooks/twilio/inbound', { MessageSid: 'SMalive', From: ahmad, Body: 'תודה' })
    expect(await db.selectFrom('dead_address').selectAll().where('address', '=', ahmad).execute()).toEqual([])
    expect(await db.selectFrom('task').select(['status', 'closed_because', 'closed_by']).where('address', '=', ahmad).execute()).toEqual([{ status: 'kept', closed_because: 'works', closed_by: null }])
    expect(await db.selectFrom('event').select('details').where('name', '=', 'message.address_works').execute()).toEqual([{ details: { channel: 'sms' } }])
  })

  it('"2" is kept for the desk and cancels nothing', async () => {
    const { appointmentId } = await aSentReminder('ahmad', '2026-11-23T06:30:00Z')
    await post('/hooks/twilio/inbound', { MessageSid: 'SMin2', From: ahmad, Body: 'إلغاء' })
    expect(await statusOf(appointmentId)).toBe('booked')
    expect(await api.database.db.selectFrom('inbound_message').select(['understood_as', 'appointment_id']).where('provider_id', '=', 'SMin2').execute()).toEqual([{ understood_as: 'cancel', appointment_id: appointmentId }])
  })

  it('"2" cancels where the clinic wants it and the hours allow it, and else never', async () => {
    const owner = await api.as(hadar.staff.owner)
    const before = (await owner('GET /answer-settings')).body
    expect((await owner('PUT /answer-settings', { body: { ...before, replyCancels: true, cancelHours: 48 } })).status).toBe(200)
    const { appointmentId } = await aSentReminder('john', '2026-11-23T13:00:00Z', { to: only })
    await post('/hooks/twilio/inbound', { MessageSid: 'SMin2a', From: only, Body: '2' })
    expect(await statusOf(appointmentId)).toBe('booked')
    await owner('PUT /answer-settings', { body: { ...before, replyCancels: true, cancelHours: 0, version: before.version + 1 } })
    await post('/hooks/twilio/inbound', { MessageSid: 'SMin2b', From: only, Body: '2' })
    expect(await statusOf(appointmentId)).toBe('cancelled')
    const [deed] = await api.database.db.selectFrom('event').select('actor_kind').where('name', '=', 'appointment.cancelled').where('subject_id', '=', appointmentId).execute()
    expect(deed?.actor_kind).toBe('patient')
    await owner('PUT /answer-settings', { body: { ...before, version: before.version + 2 } })
  })

  it('is of the visit that was spoken of last: "2" cancels no other, and none where two could be meant', async () => {
    const owner = await api.as(hadar.staff.owner)
    const before = (await owner('GET /answer-settings')).body
    await owner('PUT /answer-settings', { body: { ...before, replyCancels: true, cancelHours: 0 } })
    const mother = '+972541117701'
    const noa = await aSentReminder('sara', '2026-12-02T07:00:00Z', { to: mother, at: castNow.subtract({ hours: 72 }), kind: 'booked' })
    const dan = await aSentReminder('noam', '2026-11-23T07:30:00Z', { to: mother })
    await api.database.db.updateTable('appointment').set({ status: 'confirmed' }).where('id', '=', dan.appointmentId).execute() // by its link
    await post('/hooks/twilio/inbound', { MessageSid: 'SMtwo1', From: mother, Body: '2' })
    await post('/hooks/twilio/inbound', { MessageSid: 'SMtwo2', From: mother, Body: '1' })
    expect(await Promise.all([noa, dan].map((one) => statusOf(one.appointmentId)))).toEqual(['booked', 'confirmed'])
    expect(await api.database.db.selectFrom('inbound_message').select('appointment_id').where('from_number', '=', mother).execute()).toEqual([{ appointment_id: dan.appointmentId }, { appointment_id: dan.appointmentId }])
    expect(await api.database.db.selectFrom('conversation').select(['status', 'unread']).where('number', '=', mother).execute()).toEqual([{ status: 'open', unread: 1 }])
    await owner('PUT /answer-settings', { body: { ...before, version: before.version + 1 } })
  })

  it('"1" and "1" confirm two whose reminders left together', async () => {
    const mother = '+972541117702'
    const two = [await aSentReminder('sara', '2026-11-26T08:00:00Z', { to: mother }), await aSentReminder('noam', '2026-11-26T09:00:00Z', { to: mother })]
    for (const MessageSid of ['SMboth1', 'SMboth2']) await post('/hooks/twilio/inbound', { MessageSid, From: mother, Body: 'כן' })
    expect(await Promise.all(two.map((one) => statusOf(one.appointmentId)))).toEqual(['confirmed', 'confirmed'])
  })

  it.each([
    { Body: 'כן', understoodAs: 'confirm', number: '+972541117711', startsAt: '2026-11-26T11:00:00Z' },
    { Body: 'לא', understoodAs: 'cancel', number: '+972541117712', startsAt: '2026-11-26T12:00:00Z' },
  ])('"$Body" to what the desk asked itself does nothing and waits to be read', async ({ Body, understoodAs, number, startsAt }) => {
    const owner = await api.as(hadar.staff.owner)
    const before = (await owner('GET /answer-settings')).body
    await owner('PUT /answer-settings', { body: { ...before, replyCancels: true, cancelHours: 0 } })
    const { appointmentId } = await aSentReminder('john', startsAt, { to: number, at: castNow.subtract({ hours: 3 }) })
    await api.database.ownerPool.query(`insert into message (clinic_id, id, kind, channel, patient_id, dedupe_key, language, to_address, body, state, not_before, sent_at, created_at)
      values ($1, $2::uuid, 'reply', 'sms', $3, $2::text, 'he', $4, 'להקדים ל-14:00?', 'delivered', $5, $5, $5)`, [hadar.id, randomUUID(), hadar.patients.john, number, castNow.subtract({ hours: 1 }).toString()])
    await post('/hooks/twilio/inbound', { MessageSid: `SMasked-${understoodAs}`, From: number, Body })
    expect(await statusOf(appointmentId)).toBe('booked')
    expect(await api.database.db.selectFrom('inbound_message').select('understood_as').where('from_number', '=', number).execute()).toEqual([{ understood_as: understoodAs }])
    expect(await api.database.db.selectFrom('conversation').select(['status', 'unread']).where('number', '=', number).execute()).toEqual([{ status: 'open', unread: 1 }])
    await owner('PUT /answer-settings', { body: { ...before, version: before.version + 1 } })
  })

  it('"3" asks for another time and changes nothing', async () => {
    const { appointmentId } = await aSentReminder('ahmad', '2026-11-25T08:00:00Z')
    await post('/hooks/twilio/inbound', { MessageSid: 'SMin3m', From: ahmad, Body: 'موعد آخر' })
    expect(await statusOf(appointmentId)).toBe('booked')
    expect(await api.database.db.selectFrom('inbound_message').select('understood_as').where('provider_id', '=', 'SMin3m').execute()).toEqual([{ understood_as: 'move' }])
  })

  it('STOP holds for everyone of that number', async () => {
    await post('/hooks/twilio/inbound', { MessageSid: 'SMin3', From: '+972501234501', Body: 'הסר' })
    for (const key of ['sara', 'noam'] as const) {
      const rows = await api.database.db.selectFrom('consent').select(['state', 'source']).where('patient_id', '=', hadar.patients[key]).where('source', '=', 'reply').execute()
      expect(rows, key).toEqual([{ state: 'refused', source: 'reply' }])
    }
  })

  it('by WhatsApp confirms as well, and STOP there ends WhatsApp and no SMS', async () => {
    const number = '+972541117799'
    const { appointmentId } = await aSentReminder('john', '2026-12-03T07:00:00Z', { to: number })
    await post('/hooks/twilio/inbound', { MessageSid: 'SMwa1', From: `whatsapp:${number}`, To: 'whatsapp:+972559570177', Body: '1' })
    expect(await statusOf(appointmentId)).toBe('confirmed')
    await post('/hooks/twilio/inbound', { MessageSid: 'SMwa2', From: `whatsapp:${number}`, To: 'whatsapp:+972559570177', Body: 'הסר' })
    expect(await api.database.db.selectFrom('inbound_message').select(['from_number', 'channel', 'understood_as']).where('from_number', '=', number).orderBy('provider_id').execute())
      .toEqual([{ from_number: number, channel: 'whatsapp', understood_as: 'confirm' }, { from_number: number, channel: 'whatsapp', understood_as: 'stop' }])
    expect(await api.database.db.selectFrom('consent').select(['channel', 'state']).where('patient_id', '=', hadar.patients.john).where('source', '=', 'reply').execute()).toEqual([{ channel: 'whatsapp', state: 'refused' }])
    const refuses = async (channel: 'sms' | 'whatsapp') => (await read(systemContext(api.services, hadar.id, castNow), (db) => loadVisitFacts(db, appointmentId, channel)))?.refused
    expect([await refuses('whatsapp'), await refuses('sms')]).toEqual([true, false])
  })

  it('STOP from the phone that a child is written to holds for the child', async () => {
    const child = randomUUID()
    const call = await api.as(hadar.staff.receptionist)
    await call('POST /patients', { body: { id: child, givenName: 'תום', phones: [] } })
    await api.database.ownerPool.query(`insert into message (clinic_id, id, kind, channel, patient_id, dedupe_key, language, to_address, body, state, not_before, first_tried_at, created_at)
      values ($1, $2::uuid, 'reminder', 'sms', $3, $2::text, 'he', $4, 'x', 'delivered', $5, $5, $5)`, [hadar.id, randomUUID(), child, ahmad, castNow.toString()])
    await post('/hooks/twilio/inbound', { MessageSid: 'SMin8', From: ahmad, Body: 'הסר' })
    const rows = await api.database.db.selectFrom('consent').select(['patient_id']).where('source', '=', 'reply').where('patient_id', 'in', [child, hadar.patients.ahmad]).execute()
    expect(rows.map(({ patient_id }) => patient_id).sort()).toEqual([child, hadar.patients.ahmad].sort())
  })

  it('of anybody, with anything in it, is never a fault', async () => {
    expect((await post('/hooks/twilio/inbound', { MessageSid: 'SMin4', From: '+972541112223', Body: '1' })).statusCode).toBe(200)
    expect((await post('/hooks/twilio/inbound', { MessageSid: 'SMin5', From: ahmad, Body: `\0${'🙂'.repeat(1000)}` })).statusCode).toBe(200)
    expect((await post('/hooks/twilio/inbound', { MessageSid: 'SMin6', From: 'x', Body: '1' })).statusCode).toBe(400)
    expect((await post('/hooks/twilio/inbound', { MessageSid: 'SMin7', From: ahmad, Body: '1' }, { none: true })).statusCode).toBe(403)
  })
})
