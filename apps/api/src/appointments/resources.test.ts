import { beforeAll, expect, test } from 'vitest'
import { testApi } from '@yoman/testing/api'
import { v7 as uuid } from 'uuid'

/*
 * A visit that needs an x-ray and an assistant beside the doctor and the chair, and visits booked over others. Each test has days of
 * its own; the doctor works 08:00 to 12:00 and 13:00 to 16:00.
 */
const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const doctorHerself = await api.as(hadar.staff.doctor)
const center = hadar.branches.center
const { doctor, hygienist } = hadar.practitioners
const [assistant, xray, implant] = [uuid(), uuid(), uuid()]
const colour = '#0f766e'
const visitType = {
  name: 'שתל', nameEn: 'Implant', publicName: 'תור', publicNameEn: 'visit', profession: 'doctor' as const, durationMinutes: 30, bufferBeforeMinutes: 0, bufferAfterMinutes: 0,
  placeKind: 'chair' as const, priceItemId: null, colour, practitionerIds: [],
}
const needs = [
  { kind: 'practitioner' as const, profession: 'assistant' as const, resourceIds: [] },
  { kind: 'device' as const, profession: null, resourceIds: [xray] },
]

beforeAll(async () => {
  const practitioner = { staffId: null, profession: 'assistant' as const, title: '', speciality: '', licenceNumber: '' }
  const made = [
    await owner('POST /resources', { body: { id: assistant, kind: 'practitioner', name: 'מור', nameEn: 'Mor', branchId: null, colour, practitioner } }),
    await owner('POST /resources', { body: { id: xray, kind: 'device', name: 'רנטגן', nameEn: 'X-ray', branchId: center, colour, practitioner: null } }),
    await owner('PUT /resources/:id/working-hours', { params: { id: assistant }, body: { version: 1, hours: [7, 1, 2, 3, 4].map((weekday) => ({ branchId: center, weekday, starts: '08:00', ends: '15:00', validFrom: null, validTo: null })) } }),
    await owner('POST /visit-types', { body: { id: implant, ...visitType, needs } }),
  ]
  expect(made.map(({ status }) => status)).toEqual([201, 201, 200, 201])
})

const booking = (startsAt: string, more: object = {}) => ({ id: uuid(), branchId: center, practitionerId: doctor, visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients.sara, startsAt, durationMinutes: 30, ...more })
const book = async (startsAt: string, more: object = {}, as = desk) => {
  const answer = await as('POST /appointments', { body: booking(startsAt, more) })
  expect([answer.status, answer.problem?.code]).toEqual([201, undefined])
  return answer.body
}
const code = async (answer: Promise<{ status: number; problem: { code: string } | undefined }>) => (await answer).problem?.code ?? 'allowed'

test('the needs of a kind of visit are kept, and stay where a change does not name them', async () => {
  const { body } = await owner('GET /settings')
  const kept = body.visitTypes.find(({ id }) => id === implant)
  expect(kept?.needs).toEqual(needs)
  const changed = await owner('PUT /visit-types/:id', { params: { id: implant }, body: { version: kept?.version ?? 1, ...visitType, active: true } })
  expect(changed.body.needs).toEqual(needs)
  const wrong = { ...visitType, active: true, version: changed.body.version, needs: [{ kind: 'room' as const, profession: null, resourceIds: [xray] }] }
  expect(await code(owner('PUT /visit-types/:id', { params: { id: implant }, body: wrong }))).toBe('resource_form_wrong')
  const foreign = { ...wrong, needs: [{ kind: 'chair' as const, profession: null, resourceIds: [thames.places.chair1] }] }
  expect(await code(owner('PUT /visit-types/:id', { params: { id: implant }, body: foreign }))).toBe('reference_unknown')
})

test('free times are those at which the doctor, a chair, the assistant and the x-ray are all free', async () => {
  const search = async () => {
    const answer = await desk('POST /slot-searches', { body: { branchId: center, visitTypeId: implant, fromDate: '2026-12-13', days: 1, stepMinutes: 30 } })
    return answer.body.days[0]?.slots ?? []
  }
  const before = await search()
  expect(before[0]).toMatchObject({ startsAt: '2026-12-13T06:00:00Z', placeId: hadar.places.chair1, alsoIds: [assistant, xray] })
  expect(before).toHaveLength(8 + 4) // until the assistant goes at 15:00
  // Each of the three that the doctor's visit needs is taken once, by somebody else's visit.
  await book('2026-12-13T06:00:00Z', { practitionerId: hygienist, visitTypeId: hadar.visitTypes.cleaning, durationMinutes: 25, alsoIds: [xray] })
  await book('2026-12-13T07:00:00Z', { practitionerId: hygienist, visitTypeId: hadar.visitTypes.cleaning, durationMinutes: 25, alsoIds: [assistant] })
  await book('2026-12-13T08:00:00Z', { practitionerId: hygienist, visitTypeId: hadar.visitTypes.cleaning, durationMinutes: 25, alsoIds: [hadar.places.chair2] })
  await book('2026-12-13T08:30:00Z', { practitionerId: hygienist, visitTypeId: hadar.visitTypes.cleaning, durationMinutes: 25, placeId: hadar.places.chair1, alsoIds: [hadar.places.chair2] })
  expect((await search()).map(({ startsAt }) => startsAt.slice(11, 16))).toEqual(['06:30', '07:30', '08:00', '09:00', '09:30', '11:00', '11:30', '12:00', '12:30'])
})

test('a booking gets one of each, says what is taken, and takes another when asked', async () => {
  const visit = await book('2026-12-14T06:00:00Z', { visitTypeId: implant })
  expect(new Set(visit.resourceIds)).toEqual(new Set([doctor, hadar.places.chair1, assistant, xray]))
  expect(visit.resourceIds[0]).toBe(doctor)
  await book('2026-12-14T07:00:00Z', { practitionerId: hygienist, visitTypeId: hadar.visitTypes.cleaning, alsoIds: [xray] })
  const taken = await desk('POST /appointments', { body: booking('2026-12-14T07:30:00Z', { visitTypeId: implant }) })
  expect([taken.problem.code, taken.problem.params]).toEqual(['slot_taken', { resourceId: xray, until: '2026-12-14T07:35:00Z' }])
  const moved = await desk('PATCH /appointments/:id', { params: { id: visit.id }, body: { version: visit.version, startsAt: '2026-12-14T08:00:00Z', placeId: hadar.places.chair2 } })
  expect(new Set(moved.body.resourceIds)).toEqual(new Set([doctor, hadar.places.chair2, assistant, xray]))
  const talk = await desk('PATCH /appointments/:id', { params: { id: visit.id }, body: { version: moved.body.version, visitTypeId: hadar.visitTypes.talk } })
  expect(talk.body.resourceIds).toEqual([doctor])
})

test('an order is proposed and booked with everyone that its steps need', async () => {
  const id = uuid()
  const steps = [{ visitTypeId: implant, practitionerId: doctor }, { visitTypeId: implant, practitionerId: doctor }]
  expect((await doctorHerself('POST /orders', { body: { id, patientId: hadar.patients.noam, branchId: center, window: { fromDate: '2026-12-15', toDate: '2026-12-15' }, steps } })).status).toBe(201)
  await book('2026-12-15T06:30:00Z', { practitionerId: hygienist, visitTypeId: hadar.visitTypes.cleaning, alsoIds: [assistant] })
  const { body } = await desk('POST /orders/:id/proposals', { params: { id }, body: { partOfDay: 'morning', limit: 1 } })
  const [chain] = body.chains
  expect(chain?.visits.map(({ startsAt }) => startsAt)).toEqual(['2026-12-15T07:15:00Z', '2026-12-15T07:45:00Z']) // the assistant is there from 09:05
  const visits = (chain?.visits ?? []).map(({ step, practitionerId, startsAt, placeId }) => ({ appointmentId: uuid(), step, practitionerId, startsAt, placeId }))
  const booked = await desk('POST /orders/:id/booking', { params: { id }, body: { version: 1, visits } })
  expect(booked.status).toBe(201)
  const { rows } = await api.database.ownerPool.query('select count(*)::int as n from allocation where appointment_id = any($1) and resource_id = any($2)', [visits.map((visit) => visit.appointmentId), [assistant, xray]])
  expect(rows).toEqual([{ n: 4 }])
})

test('a doctor books over a visit for a reason; the desk may not; the third of a day is refused', async () => {
  const at = '2026-12-16T06:00:00Z'
  await book(at)
  const overbook = { reason: 'כאב חזק' }
  const fromDesk = await desk('POST /appointments', { body: booking(at, { overbook }) })
  expect([fromDesk.status, fromDesk.problem.code]).toEqual([403, 'forbidden'])
  expect(await code(doctorHerself('POST /appointments', { body: booking(at, { overbook: { reason: '  ' } }) }))).toBe('malformed')
  const first = await book(at, { overbook }, doctorHerself)
  expect(first.overbookReason).toBe('כאב חזק')
  const again = await doctorHerself('POST /appointments', { body: booking(at, { overbook, id: first.id }) })
  expect([again.status, again.body]).toEqual([201, first])
  await book(at, { overbook }, doctorHerself)
  const third = await doctorHerself('POST /appointments', { body: booking(at, { overbook }) })
  expect([third.status, third.problem.code, third.problem.params]).toEqual([409, 'overbooking_limit_reached', { limit: 2 }])
  await book('2026-12-17T06:00:00Z')
  await book('2026-12-17T06:00:00Z', { overbook }, doctorHerself) // another day, another count
  const events = await owner('GET /events', { query: { name: 'appointment.overbooked' } })
  expect(events.body.items).toHaveLength(3)
  expect(JSON.stringify(events.body)).not.toContain('כאב')
})

test('the clinic sets how many there may be', async () => {
  const at = '2026-12-20T06:00:00Z'
  await book(at)
  const { body } = await owner('GET /settings')
  const set = await owner('PATCH /clinic', { body: { version: body.clinic.version, overbookLimit: 0 } })
  expect(set.body.overbookLimit).toBe(0)
  expect(await code(doctorHerself('POST /appointments', { body: booking(at, { overbook: { reason: 'x' } }) }))).toBe('overbooking_limit_reached')
  await owner('PATCH /clinic', { body: { version: set.body.version, overbookLimit: 2 } })
})

test('the diary shows the reason; moved to a free time the visit is overbooked no more, and the database holds both rules', async () => {
  const at = '2026-12-21T06:00:00Z'
  const below = await book(at)
  const over = await book(at, { overbook: { reason: 'כאב' } }, doctorHerself)
  const diary = await desk('GET /diary', { query: { branchId: center, date: '2026-12-21' } })
  expect(diary.body.visits.map(({ id, overbookReason }) => [id, overbookReason]).sort()).toEqual([[below.id, null], [over.id, 'כאב']].sort())
  expect(await code(desk('POST /appointments', { body: booking(at) }))).toBe('slot_taken')
  const slid = await desk('PATCH /appointments/:id', { params: { id: over.id }, body: { version: over.version, startsAt: '2026-12-21T06:10:00Z' } })
  expect(slid.body.overbookReason).toBe('כאב')
  const free = await desk('PATCH /appointments/:id', { params: { id: over.id }, body: { version: slid.body.version, startsAt: '2026-12-21T09:00:00Z' } })
  expect(free.body.overbookReason).toBeNull()
  expect(await code(desk('PATCH /appointments/:id', { params: { id: over.id }, body: { version: free.body.version, startsAt: at } }))).toBe('slot_taken')
  const flags = await api.database.ownerPool.query('select overbooked from allocation where appointment_id = $1', [over.id])
  expect(flags.rows).toEqual([{ overbooked: false }])
})

test('cancelled and taken back it is judged anew', async () => {
  const at = '2026-12-22T06:00:00Z'
  const below = await book(at)
  const over = await book(at, { overbook: { reason: 'כאב' } }, doctorHerself)
  const cancel = async (id: string) => (await desk('POST /appointments/:id/cancellation', { params: { id }, body: { reason: 'patient' } })).body.version
  const undo = async (id: string, version: number) => (await desk('POST /appointments/:id/undo', { params: { id }, body: { version } })).body
  expect((await undo(over.id, await cancel(over.id))).overbookReason).toBe('כאב')
  const version = await cancel(over.id)
  const lower = await cancel(below.id)
  expect((await undo(over.id, version)).overbookReason).toBeNull()
  expect(await code(desk('POST /appointments/:id/undo', { params: { id: below.id }, body: { version: lower } }))).toBe('slot_taken')
})

test('the owner reads who overbooked, why, and how late the day ran after it', async () => {
  const reason = 'נפיחות'
  const [below, next] = [await book('2026-11-22T07:15:00Z'), await book('2026-11-22T07:45:00Z')]
  const over = await book('2026-11-22T07:15:00Z', { overbook: { reason } }, doctorHerself)
  for (const id of [below.id, next.id]) expect((await desk('POST /appointments/:id/start', { params: { id }, body: {} })).status).toBe(200)
  await api.database.ownerPool.query('alter table appointment_status disable trigger append_only')
  await api.database.ownerPool.query(`update appointment_status set at = '2026-11-22T08:05:00Z' where appointment_id = $1 and status = 'in_treatment'`, [next.id])
  await api.database.ownerPool.query(`update appointment_status set at = '2026-11-22T07:25:00Z' where appointment_id = $1 and status = 'in_treatment'`, [below.id])
  await api.database.ownerPool.query('alter table appointment_status enable trigger append_only')
  const query = { from: '2026-11-22', to: '2026-11-22' }
  const { body } = await owner('GET /overbookings', { query })
  expect(body.items).toMatchObject([{ appointmentId: over.id, practitionerId: doctor, reason, byName: hadar.staff.doctor.name, status: 'booked', following: { visits: 3, started: 2, averageLate: 15, worstLate: 20 } }])
  expect(body.practitioners).toEqual([{ practitionerId: doctor, overbooked: 1, lateThen: 15, lateElse: null }])
  expect((await owner('GET /overbookings', { query: { from: '2026-11-23', to: '2026-11-23' } })).body).toEqual({ items: [], practitioners: [] })
  expect((await desk('GET /overbookings', { query })).status).toBe(403)
  expect(await code(owner('GET /overbookings', { query: { from: '2025-01-01', to: '2026-11-23' } }))).toBe('too_long')
})
