import { randomUUID } from 'node:crypto'
import { castNow } from '@yoman/testing/cast'
import { testApi } from '@yoman/testing/api'
import { expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const stranger = await api.as(thames.staff.owner)

it('the owner sets a ceiling and a pace, on top of what stands; the desk reads them', async () => {
  expect((await desk('GET /sending-settings')).body).toEqual({ smsADay: null, smsAMinute: null, version: 0, partsToday: 0 })
  expect((await owner('PUT /sending-settings', { body: { version: 0, smsADay: 300, smsAMinute: 30 } })).body).toMatchObject({ smsADay: 300, smsAMinute: 30, version: 1 })
  expect((await owner('PUT /sending-settings', { body: { version: 0, smsADay: 1, smsAMinute: 1 } })).problem).toMatchObject({ code: 'stale_version', params: { current: 1 } })
  expect((await desk('PUT /sending-settings', { body: { version: 1, smsADay: null, smsAMinute: null } })).status).toBe(403)
  expect((await stranger('GET /sending-settings')).body).toMatchObject({ smsADay: null, version: 0 })
})

it('the desk sees what hinders its messages, and nobody else does', async () => {
  const message = (state: 'queued' | 'failed', error_code: string) => ({
    clinic_id: hadar.id, id: randomUUID(), kind: 'reminder' as const, channel: 'sms' as const, patient_id: hadar.patients.sara, appointment_id: null, appointment_starts_at: null, reminder_id: null, invoice_id: null, offer_id: null,
    dedupe_key: randomUUID(), language: 'he' as const, to_address: '+972501234501', body: 'x', state, not_before: castNow, useful_until: null, attempt: 1, lease_until: null, first_tried_at: castNow,
    sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code, created_at: castNow,
  })
  await api.database.db.insertInto('message').values([message('queued', '20003'), message('queued', '20003'), message('failed', '21606'), message('queued', 'daily_ceiling'), message('failed', '30007')]).execute()
  expect((await desk('GET /sending-troubles')).body).toEqual({ account: [{ code: '20003', messages: 2 }, { code: '21606', messages: 1 }], atCeiling: 1, unknown: 0, doubled: 0 })
  expect((await stranger('GET /sending-troubles')).body).toEqual({ account: [], atCeiling: 0, unknown: 0, doubled: 0 })
})

it('an address that is dead is shown with whose it is, and revived by who knows better', async () => {
  const address = '+972501234501'
  await api.database.db.insertInto('dead_address').values({ clinic_id: hadar.id, channel: 'sms', address, code: '30005', marked_at: castNow }).execute()
  const patientId = hadar.patients.sara
  expect((await desk('GET /dead-addresses', { query: { patientId } })).body.items).toMatchObject([{ channel: 'sms', address, code: '30005', patient: { id: patientId } }])
  expect((await desk('GET /dead-addresses', { query: { patientId: hadar.patients.ahmad } })).body.items).toEqual([])
  expect((await stranger('GET /dead-addresses')).body.items).toEqual([])
  expect((await stranger('POST /address-revivals', { body: { patientId, channel: 'sms', address } })).status).toBe(404)
  expect((await desk('POST /address-revivals', { body: { patientId, channel: 'sms', address } })).body).toEqual({ items: [] })
  expect((await desk('POST /address-revivals', { body: { patientId, channel: 'sms', address } })).status).toBe(404)
})
