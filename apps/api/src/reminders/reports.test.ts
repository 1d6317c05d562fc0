import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { beforeAll, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const [desk, owner] = [await api.as(hadar.staff.receptionist), await api.as(hadar.staff.owner)]
const { center } = hadar.branches
const query = { branchId: center }

const book = async (startsAt: string, patientId: string): Promise<string> =>
  (await desk('POST /appointments', { body: { id: uuid(), branchId: center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId, startsAt } })).body.id

/** A reminder as the worker leaves it. */
async function reminded(appointmentId: string, startsAt: string, sentAt: string, state: 'delivered' | 'failed', body: string, channel: 'sms' | 'whatsapp' = 'sms'): Promise<void> {
  await api.database.db.insertInto('message').values({
    clinic_id: hadar.id, id: uuid(), kind: 'reminder', channel, ...(channel === 'sms' ? {} : { content_sid: `HX${'a'.repeat(32)}`, content_variables: { 1: 'x' } }), patient_id: hadar.patients.sara, appointment_id: appointmentId, appointment_starts_at: instant(startsAt), reminder_id: null, invoice_id: null, offer_id: null,
    dedupe_key: uuid(), language: 'he', to_address: '+972501234501', body, state, not_before: instant(sentAt), useful_until: null, created_at: instant(sentAt),
    lease_until: null, first_tried_at: instant(sentAt), sent_at: instant(sentAt), settled_at: instant(sentAt), provider_id: uuid(), provider_status: null, error_code: null,
  }).execute()
}

beforeAll(async () => {
  api.setNow(instant('2026-10-25T07:00:00Z'))
  const october = await book('2026-10-28T08:00:00Z', hadar.patients.sara)
  await reminded(october, '2026-10-28T08:00:00Z', '2026-10-27T08:00:00Z', 'delivered', 'א'.repeat(71)) // two parts
  await reminded(october, '2026-10-28T08:00:00Z', '2026-10-27T08:30:00Z', 'delivered', 'x', 'whatsapp') // of which nobody knows the price
  api.setNow(instant('2026-10-27T09:00:00Z'))
  await desk('POST /appointments/:id/confirmation', { params: { id: october }, body: {} })
  api.setNow(instant('2026-11-20T07:00:00Z'))
  const missed = await book('2026-11-23T08:00:00Z', hadar.patients.sara)
  await reminded(missed, '2026-11-23T08:00:00Z', '2026-11-22T08:00:00Z', 'failed', 'short')
  const given = await book('2026-11-23T09:00:00Z', hadar.patients.ahmad)
  api.setNow(instant('2026-11-23T10:30:00Z'))
  await desk('POST /appointments/:id/no-show', { params: { id: missed }, body: {} })
  expect(given).not.toBe(missed)
})

test('a branch month by month: what arrived, was confirmed and missed, and what it cost', async () => {
  expect((await desk('GET /reminder-numbers', { query })).body.items).toEqual([
    { month: '2026-11', sent: 1, delivered: 0, failed: 1, parts: 1, cost: null, whatsapp: 0, calls: 0, callCost: null, visits: 2, confirmed: 0, missed: 1, minutesToConfirm: null },
    { month: '2026-10', sent: 2, delivered: 2, failed: 0, parts: 2, cost: null, whatsapp: 1, calls: 0, callCost: null, visits: 1, confirmed: 1, missed: 0, minutesToConfirm: 60 },
  ])
  await owner('PUT /reminder-settings', { body: { graceMinutes: 3, smsPartPrice: 35, version: 0 } })
  expect((await desk('GET /reminder-numbers', { query })).body.items.map(({ cost }) => cost)).toEqual([4, 7])
})

test('the nights of a branch, and of no other clinic', async () => {
  await api.database.db.insertInto('reminder_check').values({ clinic_id: hadar.id, id: uuid(), branch_id: center, on_date: instant('2026-11-23T00:00:00Z').toZonedDateTimeISO('UTC').toPlainDate(), checked_at: instant('2026-11-23T00:31:00Z'), leaves: 12, silent_patients: 1, unplanned: 2, bare_days: ['2026-11-29'], cost: 840, whatsapp: 3, calls: 2, call_cost: 90, told: true }).execute()
  expect((await desk('GET /reminder-checks', { query })).body.items).toEqual([{ date: '2026-11-23', checkedAt: '2026-11-23T00:31:00Z', leaves: 12, silentPatients: 1, unplanned: 2, bareDays: ['2026-11-29'], cost: 840, whatsapp: 3, calls: 2, callCost: 90 }])
  const stranger = await api.as(thames.staff.owner)
  expect((await stranger('GET /reminder-checks', { query })).body.items).toEqual([])
  expect((await stranger('GET /reminder-numbers', { query })).status).toBe(404)
})
