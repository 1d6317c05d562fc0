import { v7 as uuid } from 'uuid'
import type { Inputs } from '@yoman/contract/routes'
import { plainDate } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { beforeEach, describe, expect, test } from 'vitest'

// Sunday 2026-11-22, 09:00 in Jerusalem; all work Sunday to Thursday, 08:00-12:00 and 13:00-16:00.
const api = await testApi()
const { hadar, thames } = api.cast
const [desk, doctor, hygienist, owner, assistant, north, stranger] = await Promise.all(
  [hadar.staff.receptionist, hadar.staff.doctor, hadar.staff.hygienist, hadar.staff.owner, hadar.staff.assistant, hadar.staff.northReceptionist, thames.staff.owner].map((one) => api.as(one)),
)
if (!desk || !doctor || !hygienist || !owner || !assistant || !north || !stranger) throw new Error('seven people')

type NewBlock = Inputs['POST /blocks']['body']
// Each test has a week of its own.
let week = 0
beforeEach(() => (week += 1))
const day = (weekday: number): string => plainDate('2026-11-22').add({ days: week * 7 + weekday }).toString()
const at = (weekday: number, hourUtc: string): string => `${day(weekday)}T${hourUtc}:00Z`

const leave = (given: Partial<NewBlock> = {}): NewBlock => ({
  id: uuid(), kind: 'leave', branchId: null, resourceIds: [hadar.practitioners.doctor], fromDate: day(1), toDate: day(2), weekdays: [], starts: null, ends: null, title: 'חופשה', privateNote: '', ...given,
})
const place = (given: Partial<NewBlock> = {}, as = desk) => as('POST /blocks', { body: leave(given) })
const book = (startsAt: string, more: object = {}, as = desk) =>
  as('POST /appointments', { body: { id: uuid(), branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients.sara, startsAt, ...more } })
const booked = async (startsAt: string, more: object = {}) => {
  const answer = await book(startsAt, more)
  expect(answer.status).toBe(201)
  return answer.body
}
const waiting = async (as = desk) => (await as('GET /rebookings', { query: { branchId: hadar.branches.center } })).body
const waits = async (appointmentId: string) => (await waiting()).items.find((one) => one.appointmentId === appointmentId)

describe('a block', () => {
  test('takes the time away from the search and from booking, which says what is there', async () => {
    expect(await place({ title: 'השתלמות' })).toMatchObject({ status: 201, body: { hits: 0, block: { kind: 'leave', title: 'השתלמות', version: 1, mine: true } } })
    const search = await desk('POST /slot-searches', { body: { branchId: hadar.branches.center, visitTypeId: hadar.visitTypes.talk, practitionerId: hadar.practitioners.doctor, fromDate: day(0), days: 5 } })
    expect(search.body.days.filter(({ slots }) => slots.length > 0).map(({ date }) => date)).toEqual([day(0), day(3), day(4)])
    expect(await book(at(1, '08:00'))).toMatchObject({ status: 409, problem: { code: 'time_blocked', params: { resourceId: hadar.practitioners.doctor, kind: 'leave', title: 'השתלמות' } } })
    // Working outside one's hours is a right; being away is no matter of hours.
    expect((await book(at(1, '08:00'), { outsideHours: true })).problem.code).toBe('time_blocked')
    const visit = await booked(at(3, '08:00'))
    expect((await desk('PATCH /appointments/:id', { params: { id: visit.id }, body: { version: 1, startsAt: at(1, '08:00') } })).problem.code).toBe('time_blocked')
    expect((await book(at(1, '08:00'), { practitionerId: hadar.practitioners.hygienist, visitTypeId: hadar.visitTypes.cleaning })).status).toBe(201)
  })

  test('of some hours leaves the rest of the day', async () => {
    await place({ kind: 'meeting', resourceIds: [hadar.practitioners.doctor, hadar.practitioners.hygienist], fromDate: day(1), toDate: day(1), starts: '10:00', ends: '11:00' })
    expect((await book(at(1, '08:30'))).problem.code).toBe('time_blocked')
    expect((await book(at(1, '07:50'))).problem.code).toBe('time_blocked')
    expect((await book(at(1, '07:40'))).status).toBe(201)
    expect((await book(at(1, '09:00'))).status).toBe(201)
  })

  test('comes back on its weekdays until its last day', async () => {
    await place({ kind: 'meeting', fromDate: day(0), toDate: day(13), weekdays: [2], starts: '08:00', ends: '09:00' })
    expect((await book(at(2, '06:00'))).problem.code).toBe('time_blocked')
    expect((await book(at(9, '06:00'))).problem.code).toBe('time_blocked')
    expect((await book(at(3, '06:00'))).status).toBe(201)
    expect((await book(at(16, '06:00'))).status).toBe(201)
    week += 2
  })

  test('of a room turns visits to another one', async () => {
    const { chair1, chair2 } = hadar.places
    await place({ kind: 'other', title: 'תיקון', resourceIds: [chair1], fromDate: day(1), toDate: day(1) })
    const visit = await booked(at(1, '08:00'), { visitTypeId: hadar.visitTypes.checkUp })
    expect(visit.resourceIds).toContain(chair2)
    expect((await book(at(1, '09:00'), { visitTypeId: hadar.visitTypes.checkUp, placeId: chair1 })).problem).toMatchObject({ code: 'time_blocked', params: { title: 'תיקון' } })
  })

  test('within hours that somebody works extra takes away from those too', async () => {
    const date = day(5) // a Friday
    await owner('POST /hours-exceptions', { body: { id: uuid(), resourceId: hadar.practitioners.doctor, branchId: hadar.branches.center, date, kind: 'open', starts: '08:00', ends: '12:00', reason: '' } })
    await place({ kind: 'meeting', fromDate: date, toDate: date, starts: '09:00', ends: '10:00' })
    const search = await desk('POST /slot-searches', { body: { branchId: hadar.branches.center, visitTypeId: hadar.visitTypes.talk, practitionerId: hadar.practitioners.doctor, fromDate: date, days: 1, stepMinutes: 30 } })
    expect(search.body.days[0]?.slots.map(({ startsAt }) => startsAt.slice(11, 16))).toEqual(['06:00', '06:30', '08:00', '08:30', '09:00', '09:30'])
  })

  test('is changed and removed by its version, sent twice it is one, and a removal can be taken back', async () => {
    const body = leave()
    const [first, second] = [await desk('POST /blocks', { body }), await desk('POST /blocks', { body })]
    expect(second).toMatchObject({ status: 201, body: { block: first.body.block } })
    expect((await doctor('POST /blocks', { body: { ...body, kind: 'meeting' } })).problem.code).toBe('id_taken')
    const params = { id: body.id }
    expect(await desk('PATCH /blocks/:id', { params, body: { version: 1, toDate: day(1), title: 'יום חופש' } })).toMatchObject({ status: 200, body: { block: { toDate: day(1), title: 'יום חופש', kind: 'leave', version: 2 } } })
    expect(await desk('PATCH /blocks/:id', { params, body: { version: 1, title: 'x' } })).toMatchObject({ status: 409, problem: { code: 'stale_version', params: { current: 2 } } })
    expect((await book(at(2, '08:00'))).status).toBe(201)
    expect((await desk('DELETE /blocks/:id', { params, query: { version: 1 } })).problem.code).toBe('stale_version')
    expect((await desk('DELETE /blocks/:id', { params, query: { version: 2 } })).status).toBe(204)
    expect((await desk('DELETE /blocks/:id', { params, query: { version: 2 } })).status).toBe(204)
    const visit = await booked(at(1, '08:00'))
    expect((await desk('GET /blocks', { query: { from: day(0), to: day(6) } })).body.items.map(({ id }) => id)).not.toContain(body.id)
    expect(await desk('POST /blocks/:id/restoration', { params })).toMatchObject({ status: 200, body: { hits: 1, block: { title: 'יום חופש' } } })
    expect(await waits(visit.id)).toMatchObject({ state: 'waiting' })
  })

  test('is refused where it says nothing, or too much', async () => {
    const problems: [Partial<NewBlock>, string][] = [
      [{ resourceIds: [] }, 'block_form_wrong'],
      [{ branchId: hadar.branches.center }, 'block_form_wrong'],
      [{ kind: 'closed' }, 'block_form_wrong'],
      [{ starts: '10:00' }, 'block_form_wrong'],
      [{ starts: '10:00', ends: '10:00' }, 'ends_before_it_starts'],
      [{ fromDate: day(3) }, 'ends_before_it_starts'],
      [{ weekdays: [6] }, 'block_form_wrong'],
      [{ toDate: '2028-06-01' }, 'block_too_long'],
      [{ resourceIds: [thames.practitioners.doctor] }, 'reference_unknown'],
      [{ kind: 'closed', resourceIds: [], branchId: thames.branches.center }, 'reference_unknown'],
    ]
    for (const [given, code] of problems) expect([given, (await place(given)).problem.code]).toEqual([given, code])
  })

  test('is placed by the desk for everybody, by those who treat for themselves', async () => {
    expect((await place({ fromDate: day(1), toDate: day(1), starts: '08:00', ends: '08:15' }, doctor)).status).toBe(201)
    expect((await place({}, hygienist)).status).toBe(403)
    expect((await place({ resourceIds: [hadar.practitioners.doctor, hadar.practitioners.hygienist] }, doctor)).status).toBe(403)
    expect((await place({ kind: 'closed', resourceIds: [], branchId: hadar.branches.center }, doctor)).status).toBe(403)
    expect((await place({ resourceIds: [hadar.places.chair1] }, assistant)).status).toBe(403)
    expect((await place({ resourceIds: [hadar.practitioners.doctor] }, north)).status).toBe(403)
    expect((await place({ kind: 'closed', resourceIds: [], branchId: hadar.branches.center }, north)).status).toBe(403)
    const { body } = await place({ fromDate: day(4), toDate: day(4) })
    expect((await hygienist('DELETE /blocks/:id', { params: { id: body.block.id }, query: { version: 1 } })).status).toBe(403)
    expect((await stranger('PATCH /blocks/:id', { params: { id: body.block.id }, body: { version: 1, title: 'x' } })).status).toBe(404)
    expect((await stranger('DELETE /blocks/:id', { params: { id: body.block.id }, query: { version: 1 } })).status).toBe(404)
    expect((await stranger('POST /blocks/:id/restoration', { params: { id: body.block.id } })).status).toBe(404)
    expect((await stranger('GET /blocks', { query: { from: day(0), to: day(6) } })).body.items).toEqual([])
  })

  test('says why to those whom it concerns alone', async () => {
    const { body } = await place({ privateNote: 'ניתוח ברך' })
    const seen = async (as: typeof desk) => (await as('GET /blocks', { query: { from: day(0), to: day(6) } })).body.items.find(({ id }) => id === body.block.id)
    expect(await seen(desk)).toMatchObject({ privateNote: 'ניתוח ברך', mine: true }) // wrote it
    expect(await seen(doctor)).toMatchObject({ privateNote: 'ניתוח ברך', mine: true })
    expect(await seen(owner)).toMatchObject({ privateNote: 'ניתוח ברך', mine: true })
    expect(await seen(hygienist)).toMatchObject({ privateNote: null, mine: false, title: 'חופשה' })
    await owner('PATCH /blocks/:id', { params: { id: body.block.id }, body: { version: 1, title: 'היעדרות' } })
    expect(await seen(doctor)).toMatchObject({ privateNote: 'ניתוח ברך', title: 'היעדרות' })
    const { rows } = await api.database.ownerPool.query('select private_note_sealed::text as words from block where id = $1', [body.block.id])
    expect(Buffer.from(rows[0].words.slice(2), 'hex').toString('utf8')).not.toContain('ברך')
  })
})

describe('booked visits under a block', () => {
  test('are shown before, and wait on the list afterwards, with all that a call needs', async () => {
    const [first, second] = [await booked(at(1, '07:00')), await booked(at(2, '09:00'), { patientId: hadar.patients.ahmad })]
    const beside = await booked(at(3, '07:00'))
    const { id: _, title: __, privateNote: ___, ...plan } = leave()
    const preview = await desk('POST /block-previews', { body: plan })
    expect(preview.body.hits.map(({ appointmentId }) => appointmentId)).toEqual([first.id, second.id])
    expect(preview.body.hits[0]).toMatchObject({ patientName: 'שרה לוי', phone: '+972501234501', startsAt: at(1, '07:00'), resourceId: hadar.practitioners.doctor })
    expect((await waiting()).items.map(({ appointmentId }) => appointmentId)).not.toContain(first.id)

    const { body } = await place({ title: 'כנס' })
    expect(body.hits).toBe(2)
    expect(await waits(first.id)).toMatchObject({
      state: 'waiting', cause: 'block', wasAt: at(1, '07:00'), resourceId: hadar.practitioners.doctor, tries: 0, toldAt: null, openedByName: 'רותי',
      patient: { id: hadar.patients.sara, name: 'שרה לוי', phone: '+972501234501' }, block: { id: body.block.id, kind: 'leave', title: 'כנס' },
    })
    expect(await waits(beside.id)).toBeUndefined()
    expect((await stranger('GET /rebookings', { query: {} })).body).toEqual({ items: [], settled: [] })
  })

  test('are settled by moving, by cancelling or with a reason, and what is undone waits again', async () => {
    const visits = [await booked(at(1, '07:00')), await booked(at(1, '07:30')), await booked(at(1, '08:00'))]
    await place()
    const [moved, cancelled, left] = await Promise.all(visits.map(async ({ id }) => (await waits(id))?.id ?? ''))
    const [first, second, third] = visits.map(({ id }) => id)
    if (!first || !second || !third || !moved || !cancelled || !left) throw new Error('three visits wait')

    expect((await desk('PATCH /appointments/:id', { params: { id: first }, body: { version: 1, startsAt: at(4, '07:00') } })).status).toBe(200)
    expect((await desk('POST /appointments/:id/cancellation', { params: { id: second }, body: { reason: 'clinic' } })).status).toBe(200)
    expect(await desk('POST /rebookings/:id/leaving', { params: { id: left }, body: { reason: 'מגיעה במיוחד' } })).toMatchObject({ status: 200, body: { state: 'left', reason: 'מגיעה במיוחד', settledByName: 'רותי' } })
    expect((await waiting()).items.filter(({ id }) => [moved, cancelled, left].includes(id))).toEqual([])
    const settled = new Map((await waiting()).settled.map(({ id, state }) => [id, state]))
    expect([moved, cancelled, left].map((id) => settled.get(id))).toEqual(['moved', 'cancelled', 'left'])

    // Each of the three can be taken back, and then nobody has been forgotten.
    expect((await desk('PATCH /appointments/:id', { params: { id: first }, body: { version: 2, startsAt: at(1, '07:00') } })).status).toBe(200)
    expect((await desk('POST /appointments/:id/undo', { params: { id: second }, body: { version: 2 } })).status).toBe(200)
    expect(await desk('POST /rebookings/:id/undo', { params: { id: left } })).toMatchObject({ status: 200, body: { state: 'waiting', reason: '' } })
    expect((await desk('POST /rebookings/:id/undo', { params: { id: left } })).problem.code).toBe('nothing_to_undo')
    for (const id of [first, second, third]) expect(await waits(id)).toMatchObject({ state: 'waiting' })
    // Only back to where it was: not to another hour of the leave.
    expect((await desk('PATCH /appointments/:id', { params: { id: first }, body: { version: 3, startsAt: at(1, '09:00') } })).problem.code).toBe('time_blocked')
  })

  test('that stay may be made longer or shorter where they are', async () => {
    const visit = await booked(at(1, '07:00'))
    await place()
    await desk('POST /rebookings/:id/leaving', { params: { id: (await waits(visit.id))?.id ?? '' }, body: { reason: 'כאב' } })
    expect(await desk('PATCH /appointments/:id', { params: { id: visit.id }, body: { version: 1, durationMinutes: 30 } })).toMatchObject({ status: 200, body: { endsAt: at(1, '07:30') } })
  })

  test('count the calls, and say once the patient knows', async () => {
    const visit = await booked(at(1, '07:00'))
    await place()
    const params = { id: (await waits(visit.id))?.id ?? '' }
    expect((await desk('POST /rebookings/:id/calls', { params, body: { told: false } })).body).toMatchObject({ tries: 1, toldAt: null, triedAt: '2026-11-22T07:00:00Z' })
    expect((await desk('POST /rebookings/:id/calls', { params, body: { told: true } })).body).toMatchObject({ tries: 1, toldAt: '2026-11-22T07:00:00Z', toldByName: 'רותי' })
    await desk('POST /appointments/:id/cancellation', { params: { id: visit.id }, body: { reason: 'clinic' } })
    expect((await desk('POST /rebookings/:id/calls', { params, body: { told: true } })).problem.code).toBe('not_waiting_for_rebooking')
    expect((await desk('POST /rebookings/:id/leaving', { params, body: { reason: 'x' } })).problem.code).toBe('not_waiting_for_rebooking')
    expect((await stranger('POST /rebookings/:id/calls', { params, body: { told: true } })).status).toBe(404)
    expect((await stranger('POST /rebookings/:id/leaving', { params, body: { reason: 'x' } })).status).toBe(404)
    expect((await stranger('POST /rebookings/:id/undo', { params })).status).toBe(404)
    expect((await north('POST /rebookings/:id/calls', { params, body: { told: true } })).status).toBe(403)
  })

  test('leave the list when the block goes or shrinks, unless another one hits them too', async () => {
    const [first, second] = [await booked(at(1, '07:00')), await booked(at(2, '07:00'))]
    const { body: own } = await place()
    const { body: all } = await place({ kind: 'closed', resourceIds: [], branchId: hadar.branches.center, fromDate: day(2), toDate: day(2), title: 'שיפוץ' })
    await desk('PATCH /blocks/:id', { params: { id: own.block.id }, body: { version: 1, fromDate: day(2) } })
    expect(await waits(first.id)).toBeUndefined()
    expect(await waits(second.id)).toMatchObject({ block: { id: own.block.id } })
    await desk('DELETE /blocks/:id', { params: { id: own.block.id }, query: { version: 2 } })
    expect(await waits(second.id)).toMatchObject({ block: { id: all.block.id, title: 'שיפוץ' } })
    await desk('DELETE /blocks/:id', { params: { id: all.block.id }, query: { version: 1 } })
    expect(await waits(second.id)).toBeUndefined()
  })

  test('that were cancelled when it came and are taken up again wait as well', async () => {
    const visit = await booked(at(1, '07:00'))
    await desk('POST /appointments/:id/cancellation', { params: { id: visit.id }, body: { reason: 'patient' } })
    expect((await place()).body.hits).toBe(0)
    expect((await desk('POST /appointments/:id/undo', { params: { id: visit.id }, body: { version: 2 } })).status).toBe(200)
    expect(await waits(visit.id)).toMatchObject({ state: 'waiting' })
  })

  test('of somebody who comes in on purpose on a closed day are not hit', async () => {
    const date = day(5)
    await owner('POST /hours-exceptions', { body: { id: uuid(), resourceId: hadar.practitioners.doctor, branchId: hadar.branches.center, date, kind: 'open', starts: '08:00', ends: '12:00', reason: '' } })
    await booked(`${date}T07:00:00Z`)
    expect((await place({ kind: 'closed', resourceIds: [], branchId: hadar.branches.center, fromDate: date, toDate: date })).body.hits).toBe(0)
    expect((await book(`${date}T08:00:00Z`)).status).toBe(201)
  })
})

describe('visits whose practitioner changes', () => {
  const hoursOf = async () => (await owner('GET /settings', {})).body.resources.find(({ id }) => id === hadar.practitioners.doctor)
  const setHours = async (hours: Inputs['PUT /resources/:id/working-hours']['body']['hours']) =>
    owner('PUT /resources/:id/working-hours', { params: { id: hadar.practitioners.doctor }, body: { version: (await hoursOf())?.version ?? 0, hours } })

  test('wait when the weekly hours leave them outside, and not when they were outside on purpose', async () => {
    const [inside, stays, onPurpose] = [await booked(at(1, '12:00')), await booked(at(1, '07:00')), await booked(at(1, '16:00'), { outsideHours: true })]
    const usual = (await hoursOf())?.hours ?? []
    expect((await setHours(usual.filter(({ starts }) => starts < '12:00'))).status).toBe(200)
    expect(await waits(inside.id)).toMatchObject({ state: 'waiting', cause: 'hours', block: null, resourceId: hadar.practitioners.doctor })
    expect([await waits(stays.id), await waits(onPurpose.id)]).toEqual([undefined, undefined])
    expect((await setHours(usual)).status).toBe(200)
    expect(await waits(inside.id)).toBeUndefined()
  })

  test('wait when somebody is put out of use or leaves the staff, until they are back', async () => {
    const visit = await booked(at(1, '07:00'))
    const params = { id: hadar.practitioners.doctor }
    await owner('PATCH /resources/:id', { params, body: { version: (await hoursOf())?.version ?? 0, active: false } })
    expect(await waits(visit.id)).toMatchObject({ state: 'waiting', cause: 'gone' })
    await owner('PATCH /resources/:id', { params, body: { version: (await hoursOf())?.version ?? 0, active: true } })
    expect(await waits(visit.id)).toBeUndefined()
    const staff = (await owner('GET /staff', {})).body.items.find(({ id }) => id === hadar.staff.doctor.id)
    await owner('PATCH /staff/:id', { params: { id: hadar.staff.doctor.id }, body: { version: staff?.version ?? 0, active: false } })
    expect(await waits(visit.id)).toMatchObject({ state: 'waiting', cause: 'gone' })
    await owner('PATCH /staff/:id', { params: { id: hadar.staff.doctor.id }, body: { version: (staff?.version ?? 0) + 1, active: true } })
    expect(await waits(visit.id)).toBeUndefined()
  })
})

describe('the holidays of a year', () => {
  const branchId = hadar.branches.center
  const proposals = async (hebrewYear: number, as = desk) => (await as('GET /holiday-proposals', { query: { branchId, hebrewYear } })).body.items

  test('are proposed with what is usual, and closed in one go', async () => {
    const items = await proposals(5787)
    expect(items.find(({ date }) => date === '2027-04-22')).toEqual({ date: '2027-04-22', holiday: 'pesach', habit: 'closed', opens: true, block: null, visits: [] })
    expect(items.find(({ date }) => date === '2026-09-26')).toMatchObject({ holiday: 'sukkot', opens: false }) // a Sabbath
    const visit = await booked('2027-04-21T11:00:00Z')
    expect((await proposals(5787)).find(({ date }) => date === '2027-04-21')).toMatchObject({ holiday: 'pesach_eve', habit: 'half', visits: [{ startsAt: '2027-04-21T11:00:00Z', endsAt: '2027-04-21T11:20:00Z' }] })

    const days = [{ id: uuid(), date: '2027-04-21', holiday: 'pesach_eve', from: '13:00' }, { id: uuid(), date: '2027-04-22', holiday: 'pesach', from: null }]
    expect(await desk('POST /holiday-closings', { body: { branchId, days } })).toMatchObject({ status: 201, body: { hits: 1, items: [{ holiday: 'pesach_eve', starts: '13:00' }, { holiday: 'pesach', starts: null }] } })
    expect(await waits(visit.id)).toMatchObject({ block: { holiday: 'pesach_eve', kind: 'closed' } })
    expect((await proposals(5787)).filter(({ block }) => block).map(({ date }) => date)).toEqual(['2027-04-21', '2027-04-22'])
    expect((await book('2027-04-22T06:00:00Z')).problem).toMatchObject({ code: 'time_blocked', params: { holiday: 'pesach' } })
    expect((await book('2027-04-21T06:00:00Z')).status).toBe(201)
  })

  test('are decided once: all of a request or nothing of it', async () => {
    const closing = (date: string, holiday: string) => ({ id: uuid(), date, holiday, from: null })
    expect((await owner('POST /holiday-closings', { body: { branchId, days: [closing('2027-10-11', 'yom_kippur')] } })).status).toBe(201)
    const both = await desk('POST /holiday-closings', { body: { branchId, days: [closing('2027-10-03', 'rosh_hashana_second'), closing('2027-10-11', 'yom_kippur')] } })
    expect(both).toMatchObject({ status: 409, problem: { code: 'holiday_decided' } })
    expect((await proposals(5788)).filter(({ block }) => block).map(({ date }) => date)).toEqual(['2027-10-11'])
    expect((await hygienist('POST /holiday-closings', { body: { branchId, days: [closing('2027-10-03', 'rosh_hashana_second')] } })).status).toBe(403)
    expect((await stranger('GET /holiday-proposals', { query: { branchId, hebrewYear: 5788 } })).status).toBe(404)
  })
})

test('the month names who is away all day, and nobody on a day that the branch is closed', async () => {
  expect((await place({ fromDate: day(1), toDate: day(1) })).status).toBe(201)
  const month = async () => (await desk('GET /diary-months', { query: { branchId: hadar.branches.center, date: day(1) } })).body.days
  expect((await month()).find(({ date }) => date === day(1))?.away).toEqual([hadar.practitioners.doctor])
  expect((await month()).filter(({ date }) => date > day(1)).flatMap(({ away }) => away)).toEqual([])
  expect((await place({ kind: 'closed', branchId: hadar.branches.center, resourceIds: [], fromDate: day(1), toDate: day(1) }, owner)).status).toBe(201)
  expect((await month()).find(({ date }) => date === day(1))).toMatchObject({ closed: true, away: [] })
})
