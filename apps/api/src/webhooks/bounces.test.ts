import { randomUUID } from 'node:crypto'
import fastify from 'fastify'
import { testApi } from '@yoman/testing/api'
import { castNow } from '@yoman/testing/cast'
import { afterAll, expect, it } from 'vitest'
import { sendProblem } from '../http/problems.ts'
import { bounceHook, signatureOfBounce } from './bounces.ts'

const api = await testApi()
const { hadar, thames } = api.cast
const key = 'a key that the mail server knows'
const app = fastify({ logger: false })
app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
bounceHook(app, api.services, key)
afterAll(() => app.close())

const address = 'sara@patients.example'
async function aSentMail(): Promise<string> {
  const id = randomUUID()
  await api.database.db.insertInto('message').values({
    clinic_id: hadar.id, id, kind: 'reminder', channel: 'email', patient_id: hadar.patients.sara, appointment_id: null, appointment_starts_at: null, reminder_id: null, invoice_id: null, offer_id: null,
    dedupe_key: id, language: 'he', to_address: address, body: 'x', state: 'sent', not_before: castNow, useful_until: null, attempt: 1, lease_until: null, first_tried_at: castNow,
    sent_at: castNow, settled_at: null, provider_id: `<${id}@yoman.example>`, provider_status: null, error_code: null, created_at: castNow,
  }).execute()
  return id
}
const report = (id: string, status: string, action = 'failed'): string =>
  `Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ${address}\r\nAction: ${action}\r\nStatus: ${status}\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <${id}@yoman.example>\r\n\r\nx\r\n--b--\r\n`
const post = async (raw: string, signature = signatureOfBounce(Buffer.from(raw), key)): Promise<number> =>
  (await app.inject({ method: 'POST', url: '/hooks/bounces', payload: raw, headers: { 'content-type': 'message/rfc822', 'x-yoman-signature': signature } })).statusCode
const message = (id: string) => api.database.db.selectFrom('message').select(['state', 'error_code']).where('id', '=', id).executeTakeFirstOrThrow()
const dead = () => api.database.db.selectFrom('dead_address').select(['address', 'code']).execute()

it('a mail that came back has failed, once; a full mailbox is no dead one', async () => {
  const id = await aSentMail()
  expect(await post(report(id, '4.4.1', 'delayed'))).toBe(204)
  expect(await message(id)).toEqual({ state: 'sent', error_code: null })
  for (const again of [1, 2]) expect(await post(report(id, '5.2.2')), String(again)).toBe(204)
  expect(await message(id)).toEqual({ state: 'failed', error_code: 'bounced' })
  expect(await dead()).toEqual([])
})

it('a mailbox that does not exist is marked, and shown on the patient', async () => {
  const id = await aSentMail()
  expect(await post(report(id, '5.1.1'))).toBe(204)
  expect(await message(id)).toEqual({ state: 'failed', error_code: '5.1.1' })
  expect(await dead()).toEqual([{ address, code: '5.1.1' }])
})

it('and is a task of the desk, which the changed record closes and says so', async () => {
  const [desk, stranger] = [await api.as(hadar.staff.receptionist), await api.as(thames.staff.owner)]
  const patientId = hadar.patients.sara
  const tasks = async (state: 'open' | 'closed') => (await desk('GET /tasks', { query: { patientId, state } })).body.items
  const [task, ...more] = await tasks('open')
  expect(more).toEqual([])
  expect(task).toMatchObject({ about: 'dead_address', deadAddress: { channel: 'email', address }, words: '', closedBecause: null, createdBy: null, assigneeRole: 'receptionist', appointmentId: null, patient: { id: patientId } })
  expect((await stranger('GET /tasks')).body.items).toEqual([])
  const params = { id: task?.id ?? '' }
  expect((await desk('POST /tasks/:id/closing', { params, body: { version: 1, status: 'broken' } })).body).toMatchObject({ status: 'broken', closedBecause: null })
  expect((await desk('POST /tasks/:id/reopening', { params, body: { version: 2 } })).body).toMatchObject({ status: 'open', version: 3 })
  const { version } = (await desk('GET /patients/:id', { params: { id: patientId } })).body.patient
  expect((await desk('PATCH /patients/:id', { params: { id: patientId }, body: { version, email: 'levi@patients.example' } })).status).toBe(200)
  expect(await tasks('open')).toEqual([])
  expect(await tasks('closed')).toMatchObject([{ id: params.id, status: 'kept', closedBecause: 'changed', closedBy: { name: hadar.staff.receptionist.name } }])
  // Opened again by hand it is a task as any: whoever closes it now did it.
  expect((await desk('POST /tasks/:id/reopening', { params, body: { version: 4 } })).body).toMatchObject({ status: 'open', closedBecause: null, closedBy: null })
})

it('that nobody signed with our key changes nothing, and what is not ours is left alone', async () => {
  const id = await aSentMail()
  const raw = report(id, '5.1.1')
  for (const signature of ['', 'sha256=00', signatureOfBounce(Buffer.from(raw), 'another key'), signatureOfBounce(Buffer.from(`${raw} `), key)]) expect(await post(raw, signature)).toBe(403)
  expect(await message(id)).toEqual({ state: 'sent', error_code: null })
  for (const other of [report(randomUUID(), '5.1.1'), report('nonsense', '5.1.1'), 'From: dana@x.example\r\n\r\nThank you', '']) expect(await post(other)).toBe(204)
})
