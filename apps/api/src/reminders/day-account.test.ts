import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const { center, north } = hadar.branches
const now = instant('2026-11-22T07:00:00Z')
const day = { params: { date: '2026-11-23' }, query: { branchId: center } }
api.setNow(now)

const book = async (startsAt: string, patientId: string): Promise<string> =>
  (await desk('POST /appointments', { body: { id: uuid(), branchId: center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId, startsAt } })).body.id
const say = (appointmentId: string, state: string, kind = 'reminder') =>
  api.database.ownerPool.query(
    `insert into message (clinic_id, id, kind, channel, patient_id, appointment_id, appointment_starts_at, dedupe_key, language, to_address, body, state, not_before, sent_at, created_at)
     select clinic_id, $2::uuid, $4, 'sms', patient_id, id, starts_at, $2::text, 'he', '+972500000000', 'x', $3, $5::timestamptz, $5::timestamptz, $5::timestamptz from appointment where id = $1`,
    [appointmentId, uuid(), state, kind, '2026-11-22T06:55:00Z'],
  )
const account = async () => (await desk('GET /day-accounts/:date', day)).body
const stateOf = async (appointmentId: string) => (await account()).items.find((item) => item.appointmentId === appointmentId)
const call = (id: string, body: { id?: string; startsAt: string; outcome: 'reached' | 'left_word' | 'no_answer' | 'excused'; reason?: string }) =>
  desk('POST /appointments/:id/reminder-calls', { params: { id }, body: { id: uuid(), ...body } })

const eight = '2026-11-23T08:00:00Z'
const silent = await book(eight, hadar.patients.sara)
const told = await book('2026-11-23T09:00:00Z', hadar.patients.rivka)
const carried = await book('2026-11-23T07:00:00Z', hadar.patients.ahmad)
await Promise.all([say(silent, 'failed'), say(told, 'delivered'), say(carried, 'sent')])

test('each visit of the day stands in a state, and the day says how many are accounted for', async () => {
  const { items, ...sums } = await account()
  expect(sums).toEqual({ date: '2026-11-23', total: 3, accounted: 1, overdue: 0 })
  expect(items.map(({ appointmentId, state, reason }) => [appointmentId, state, reason])).toEqual([[carried, 'on_its_way', null], [silent, 'not_reached', 'failed'], [told, 'delivered', null]])
  expect(items[1]?.patient).toMatchObject({ id: hadar.patients.sara, givenName: expect.any(String) })
})

test('a call is written down with one press, asked twice it is once, and can be taken back', async () => {
  await call(silent, { startsAt: eight, outcome: 'no_answer' })
  expect(await stateOf(silent)).toMatchObject({ state: 'not_reached', calls: [{ outcome: 'no_answer', byName: hadar.staff.receptionist.name, at: now.toString() }] })
  const id = uuid()
  const [one, two] = [await call(silent, { id, startsAt: eight, outcome: 'reached' }), await call(silent, { id, startsAt: eight, outcome: 'reached' })]
  expect([one.status, two.status]).toEqual([201, 201])
  expect(await stateOf(silent)).toMatchObject({ state: 'phoned', calls: [{ outcome: 'no_answer' }, { outcome: 'reached' }] })
  expect((await account()).accounted).toBe(2)
  expect((await call(told, { id, startsAt: '2026-11-23T09:00:00Z', outcome: 'reached' })).problem.code).toBe('id_taken')

  for (const status of [204, 204]) expect((await desk('DELETE /reminder-calls/:id', { params: { id } })).status).toBe(status)
  expect(await stateOf(silent)).toMatchObject({ state: 'not_reached', calls: [{ outcome: 'no_answer' }] })
  const { rows } = await api.database.ownerPool.query(`select name from event where subject_id = $1 order by seq`, [id])
  expect(rows.map(({ name }) => String(name))).toEqual(['reminder.phoned', 'reminder.phone_taken_back'])
  const kept = await api.database.ownerPool.query(`select taken_back_at is not null as marked from reminder_call where id = $1`, [id])
  expect(kept.rows).toEqual([{ marked: true }])
})

test('an excuse has its reason', async () => {
  expect((await call(silent, { startsAt: eight, outcome: 'excused', reason: '  ' })).problem.code).toBe('excuse_needs_reason')
  const id = uuid()
  await call(silent, { id, startsAt: eight, outcome: 'excused', reason: 'גר מעל המרפאה' })
  expect(await stateOf(silent)).toMatchObject({ state: 'excused', excuse: 'by_staff', calls: [{}, { reason: 'גר מעל המרפאה' }] })
  await desk('DELETE /reminder-calls/:id', { params: { id } })
})

test('of a visit that was moved, what was said of its old time counts no more', async () => {
  const id = await book('2026-11-23T11:00:00Z', hadar.patients.john)
  await say(id, 'delivered')
  await call(id, { startsAt: '2026-11-23T11:00:00Z', outcome: 'reached' })
  expect((await stateOf(id))?.state).toBe('phoned')
  const { version } = (await desk('GET /appointments/:id', { params: { id } })).body.appointment
  expect((await desk('PATCH /appointments/:id', { params: { id }, body: { version, startsAt: '2026-11-23T11:30:00Z' } })).status).toBe(200)
  expect(await stateOf(id)).toMatchObject({ state: 'not_reached', reason: 'not_planned', calls: [] })
  expect((await call(id, { startsAt: '2026-11-23T11:00:00Z', outcome: 'reached' })).problem.code).toBe('stale_version')
  await desk('POST /appointments/:id/cancellation', { params: { id }, body: { reason: 'patient' } })
  expect(await stateOf(id)).toMatchObject({ state: 'cancelled', cancelled: true })
})

test('is of one clinic and branch, for those who send', async () => {
  const [doctor, assistant, northDesk, stranger] = await Promise.all([hadar.staff.doctor, hadar.staff.assistant, hadar.staff.northReceptionist, thames.staff.owner].map((who) => api.as(who)))
  expect((await doctor?.('GET /day-accounts/:date', day))?.status).toBe(403)
  expect((await assistant?.('GET /day-accounts/:date', day))?.status).toBe(403)
  expect((await northDesk?.('GET /day-accounts/:date', day))?.status).toBe(403)
  expect((await northDesk?.('GET /day-accounts/:date', { ...day, query: { branchId: north } }))?.body).toMatchObject({ total: 0 })
  expect((await stranger?.('GET /day-accounts/:date', day))?.status).toBe(404)
  const body = { id: uuid(), startsAt: eight, outcome: 'reached' as const }
  expect((await stranger?.('POST /appointments/:id/reminder-calls', { params: { id: silent }, body }))?.status).toBe(404)
  expect((await northDesk?.('POST /appointments/:id/reminder-calls', { params: { id: silent }, body }))?.status).toBe(403)
  expect((await stranger?.('DELETE /reminder-calls/:id', { params: { id: uuid() } }))?.status).toBe(404)
})
