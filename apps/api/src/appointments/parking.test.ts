import { expect, test } from 'vitest'
import { testApi } from '@yoman/testing/api'
import { v7 as uuid } from 'uuid'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const branchId = hadar.branches.center
const { doctor } = hadar.practitioners

let day = 0
/** A visit on a working day of its own, at eight. */
async function visit(): Promise<{ id: string; startsAt: string; version: number }> {
  day += 1
  const startsAt = `2026-12-${String(6 + Math.floor((day - 1) / 5) * 7 + ((day - 1) % 5)).padStart(2, '0')}T06:00:00Z`
  const { status, body } = await desk('POST /appointments', { body: { id: uuid(), branchId, practitionerId: doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara, startsAt } })
  expect(status).toBe(201)
  return body
}
const trayOf = async (who = desk) => (await who('GET /parked-appointments', { query: { branchId } })).body.items
const eventsOf = async (id: string) => (await api.database.ownerPool.query(`select name from event where subject_id = $1 and name like 'appointment.%parked' order by seq`, [id])).rows.map(({ name }) => name)

test('a parked visit is seen by every desk with who parked it, and its place stays taken', async () => {
  const { id, startsAt } = await visit()
  const parked = await desk('POST /appointments/:id/parking', { params: { id } })
  expect([parked.status, parked.body]).toEqual([200, { appointmentId: id, parkedAt: '2026-11-22T07:00:00Z', byStaffId: hadar.staff.receptionist.id }])
  expect(await trayOf()).toEqual([expect.objectContaining({ mine: true, visit: expect.objectContaining({ id, startsAt, status: 'booked' }) })])
  expect(await trayOf(owner)).toEqual([expect.objectContaining({ mine: false, byName: expect.stringMatching(/./) })])
  const rival = await owner('POST /appointments', { body: { id: uuid(), branchId, practitionerId: doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.john, startsAt } })
  expect([rival.status, rival.problem.code]).toEqual([409, 'slot_taken'])
  expect((await desk('DELETE /appointments/:id/parking', { params: { id } })).status).toBe(204)
  expect(await trayOf()).toEqual([])
  expect(await eventsOf(id)).toEqual(['appointment.parked', 'appointment.unparked'])
})

test('parking again is the same for who parked it, and a kind no for another', async () => {
  const { id } = await visit()
  const first = await desk('POST /appointments/:id/parking', { params: { id } })
  expect((await desk('POST /appointments/:id/parking', { params: { id } })).body).toEqual(first.body)
  const other = await owner('POST /appointments/:id/parking', { params: { id } })
  expect([other.status, other.problem.code]).toEqual([409, 'already_parked'])
  expect(await eventsOf(id)).toEqual(['appointment.parked'])
  await owner('DELETE /appointments/:id/parking', { params: { id } })
  expect((await desk('DELETE /appointments/:id/parking', { params: { id } })).status).toBe(204)
  expect(await eventsOf(id)).toEqual(['appointment.parked', 'appointment.unparked'])
})

test('setting it down on another day takes it off the tray; making it longer where it is does not', async () => {
  const { id, version } = await visit()
  await desk('POST /appointments/:id/parking', { params: { id } })
  const longer = await desk('PATCH /appointments/:id', { params: { id }, body: { version, durationMinutes: 45 } })
  expect([longer.status, (await trayOf()).length]).toEqual([200, 1])
  const placed = await desk('PATCH /appointments/:id', { params: { id }, body: { version: longer.body.version, startsAt: '2027-01-05T08:00:00Z' } })
  expect([placed.status, placed.body.startsAt, await trayOf()]).toEqual([200, '2027-01-05T08:00:00Z', []])
  expect(await eventsOf(id)).toEqual(['appointment.parked', 'appointment.unparked'])
})

test('a visit that is cancelled leaves the tray, and what is over is not parked', async () => {
  const { id } = await visit()
  await desk('POST /appointments/:id/parking', { params: { id } })
  await desk('POST /appointments/:id/cancellation', { params: { id }, body: { reason: 'patient' } })
  expect(await trayOf()).toEqual([])
  const { status, problem } = await desk('POST /appointments/:id/parking', { params: { id } })
  expect([status, problem.code]).toEqual([409, 'appointment_is_final'])
})

test('two desks park one visit in the same moment, and two set it down: one wins each time', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { id, version } = await visit()
    const parked = await Promise.all([desk, owner].map((who) => who('POST /appointments/:id/parking', { params: { id } })))
    expect(parked.map(({ status }) => status).sort()).toEqual([200, 409])
    const placed = await Promise.all([desk, owner].map((who, index) => who('PATCH /appointments/:id', { params: { id }, body: { version, startsAt: `2027-01-${10 + round}T0${7 + index}:00:00Z` } })))
    expect(placed.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(placed.find(({ status }) => status === 409)?.problem.code).toBe('stale_version')
    expect(await trayOf()).toEqual([])
    expect(await eventsOf(id)).toEqual(['appointment.parked', 'appointment.unparked'])
  }
})

test("another clinic's visits and trays do not exist", async () => {
  const stranger = await api.as(thames.staff.receptionist)
  const { id } = await visit()
  await desk('POST /appointments/:id/parking', { params: { id } })
  expect((await stranger('POST /appointments/:id/parking', { params: { id } })).status).toBe(404)
  expect((await stranger('DELETE /appointments/:id/parking', { params: { id } })).status).toBe(404)
  expect(await trayOf(stranger)).toEqual([])
  await desk('DELETE /appointments/:id/parking', { params: { id } })
})

test('a hold moves with the choice: the new one replaces the old one in one stroke, also where they overlap', async () => {
  const place = { branchId, practitionerId: doctor, visitTypeId: hadar.visitTypes.checkUp }
  const at = (startsAt: string, more: object = {}) => ({ body: { id: uuid(), ...place, startsAt, ...more } })
  const first = await desk('POST /holds', at('2027-01-20T08:00:00Z'))
  const refused = await desk('POST /holds', at('2027-01-20T08:15:00Z'))
  expect([first.status, refused.problem.code]).toEqual([201, 'slot_held'])
  const second = await desk('POST /holds', at('2027-01-20T08:15:00Z', { insteadOf: first.body.id }))
  expect(second.status).toBe(201)
  const { body } = await owner('GET /diary', { query: { branchId, date: '2027-01-20' } })
  expect(body.holds).toEqual([expect.objectContaining({ id: second.body.id, mine: false, byName: expect.stringMatching(/./) })])
  expect((await owner('POST /holds', at('2027-01-20T08:15:00Z', { insteadOf: second.body.id }))).problem.code).toBe('slot_held')
})

test('a card says of the patient whether something is unpaid and how often they did not come', async () => {
  const patientId = hadar.patients.john
  const params = { id: uuid() }
  await desk('POST /appointments', { body: { id: params.id, branchId, practitionerId: doctor, visitTypeId: hadar.visitTypes.checkUp, patientId, startsAt: '2026-11-22T08:00:00Z' } })
  const cardOf = async (id: string) => (await desk('GET /diary', { query: { branchId, date: '2026-11-22' } })).body.visits.find((one) => one.id === id)
  expect(await cardOf(params.id)).toMatchObject({ owes: false, noShows: 0 })
  const missed = { id: uuid() }
  await desk('POST /appointments', { body: { id: missed.id, branchId, practitionerId: doctor, visitTypeId: hadar.visitTypes.checkUp, patientId, startsAt: '2026-11-22T07:05:00Z' } })
  const { rowCount } = await api.database.ownerPool.query(`update appointment set status = 'no_show' where id = $1`, [missed.id])
  for (const route of ['POST /appointments/:id/arrival', 'POST /appointments/:id/start', 'POST /appointments/:id/completion'] as const) await desk(route, { params, body: {} })
  expect([rowCount, (await desk('POST /appointments/:id/invoice', { params })).body.kind]).toEqual([1, '300'])
  expect(await cardOf(params.id)).toMatchObject({ owes: true, noShows: 1 })
})

test('the first opening of each of the next days', async () => {
  const search = { branchId, visitTypeId: hadar.visitTypes.checkUp, fromDate: '2027-02-07', days: 20, limit: 10, perDay: 1 }
  const { body } = await desk('POST /slot-searches', { body: search })
  expect(body.days).toHaveLength(10)
  expect(body.days.every(({ slots }) => slots.length === 1)).toBe(true)
  const { perDay: _, ...whole } = search
  const all = await desk('POST /slot-searches', { body: { ...whole, days: 1, limit: 500 } })
  expect(body.days[0]?.slots[0]).toEqual(all.body.days[0]?.slots[0])
})
