import { v7 as uuid } from 'uuid'
import { type Instant, instant, plainTime } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { expect, it } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const desk = await api.as(hadar.staff.receptionist)
await api.database.db.insertInto('reminder_rule').values({ clinic_id: hadar.id, id: uuid(), branch_id: null, days_before: 1, at_time: plainTime('10:00') }).execute()

const appointmentId = uuid()
const startsAt = instant('2026-11-24T07:00:00Z')
await bookAppointment(castContext(api.cast, hadar, 'receptionist', api.database.apiPool), {
  id: appointmentId, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients.ahmad, startsAt,
})

async function aMessage(state: 'failed' | 'sent', createdAt: Instant, usefulUntil: Instant): Promise<string> {
  const id = uuid()
  await api.database.db.insertInto('message').values({
    clinic_id: hadar.id, id, kind: 'reminder', channel: 'sms', patient_id: hadar.patients.ahmad, appointment_id: appointmentId, appointment_starts_at: startsAt, reminder_id: null, invoice_id: null,
    dedupe_key: id, language: 'ar', to_address: '+972521234502', body: 'x', state, not_before: createdAt, useful_until: usefulUntil, lease_until: null, first_tried_at: createdAt, sent_at: null,
    settled_at: null, provider_id: null, provider_status: null, error_code: state === 'failed' ? '30005' : null, created_at: createdAt,
  }).execute()
  return id
}

it('lists messages by page, state, patient and time, newest first', async () => {
  const ids: string[] = []
  for (let index = 0; index < 5; index += 1) ids.push(await aMessage(index === 2 ? 'failed' : 'sent', castNow.add({ minutes: index }), startsAt))
  const first = (await desk('GET /messages', { query: { limit: 3 } })).body
  expect(first.items.map(({ id }) => id)).toEqual([ids[4], ids[3], ids[2]])
  const second = (await desk('GET /messages', { query: { limit: 3, cursor: first.next ?? '' } })).body
  expect(second).toMatchObject({ items: [{ id: ids[1] }, { id: ids[0] }], next: null })
  expect((await desk('GET /messages', { query: { states: 'failed,unknown' } })).body.items.map(({ id }) => id)).toEqual([ids[2]])
  expect((await desk('GET /messages', { query: { from: castNow.add({ minutes: 3 }).toString(), to: castNow.add({ minutes: 4 }).toString() } })).body.items.map(({ id }) => id)).toEqual([ids[3]])
  expect((await desk('GET /messages', { query: { patientId: hadar.patients.sara } })).body.items).toEqual([])
  expect((await desk('GET /messages', { query: { cursor: 'forged' } })).problem.code).toBe('cursor_invalid')
  expect((await desk('GET /messages', { query: { states: 'lost' } })).status).toBe(400)
})

it('says again what reached nobody, once for one id', async () => {
  const failed = await aMessage('failed', castNow, startsAt)
  const id = uuid()
  const again = await desk('POST /messages/:id/resends', { params: { id: failed }, body: { id } })
  expect(again.body).toMatchObject({ id, state: 'queued', attempt: 0, toAddress: '+972521234502', errorCode: null })
  expect((await desk('POST /messages/:id/resends', { params: { id: failed }, body: { id } })).status).toBe(201)
  expect(await api.database.db.selectFrom('outbox').select('name').where('subject_id', '=', id).execute()).toEqual([{ name: 'message.queued' }])
})

it('does not say again what arrived, is too late, or is not there', async () => {
  const sent = await aMessage('sent', castNow, startsAt)
  expect((await desk('POST /messages/:id/resends', { params: { id: sent }, body: { id: uuid() } })).problem.code).toBe('message_not_settled')
  const late = await aMessage('failed', castNow, castNow.subtract({ seconds: 1 }))
  expect((await desk('POST /messages/:id/resends', { params: { id: late }, body: { id: uuid() } })).problem.code).toBe('message_too_late')
  expect((await desk('POST /messages/:id/resends', { params: { id: uuid() }, body: { id: uuid() } })).status).toBe(404)
  expect((await (await api.as(hadar.staff.doctor))('GET /messages')).status).toBe(403)
})

it('lists the reminders that are planned, by the time they are due', async () => {
  const day = { from: '2026-11-22T22:00:00Z', to: '2026-11-23T22:00:00Z' }
  expect((await desk('GET /reminders', { query: day })).body).toMatchObject({ items: [{ appointmentId, patientId: hadar.patients.ahmad, state: 'planned', dueAt: '2026-11-23T08:00:00Z' }], next: null })
  expect((await desk('GET /reminders', { query: { ...day, branchId: hadar.branches.north } })).body.items).toEqual([])
})
