import { describe, expect, test } from 'vitest'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { v7 as uuid } from 'uuid'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const center = hadar.branches.center
const { doctor, hygienist } = hadar.practitioners

const booking = (startsAt: string, more: object = {}) => ({
  id: uuid(),
  branchId: center,
  practitionerId: doctor,
  visitTypeId: hadar.visitTypes.checkUp,
  patientId: hadar.patients.sara,
  startsAt,
  ...more,
})

const book = async (startsAt: string, more: object = {}) => {
  const answer = await desk('POST /appointments', { body: booking(startsAt, more) })
  expect(answer.status).toBe(201)
  return answer.body
}

const diaryOf = async (date: string, more: object = {}) => {
  const answer = await desk('GET /diary', { query: { branchId: center, date, ...more } })
  expect(answer.status).toBe(200)
  return answer.body
}

const remindersOf = async (id: string) =>
  (await api.database.ownerPool.query(`select appointment_starts_at::text as at, state, skip_reason from reminder where appointment_id = $1 order by 1`, [id])).rows

test('books a visit, chooses a chair for it, and answers the same for the same id', async () => {
  const body = booking('2026-11-23T06:00:00Z', { deskNote: 'תגיע עם אמא' })
  const first = await desk('POST /appointments', { body })
  expect(first.status).toBe(201)
  expect(first.body).toMatchObject({ status: 'booked', version: 1, endsAt: '2026-11-23T06:30:00Z', resourceIds: [doctor, hadar.places.chair1] })
  const again = await desk('POST /appointments', { body })
  expect([again.status, again.body]).toEqual([201, first.body])
  const other = await desk('POST /appointments', { body: { ...body, patientId: hadar.patients.john } })
  expect([other.status, other.problem.code]).toEqual([409, 'id_taken'])
})

test("a day's diary shows who works when, the visits with their patients, and nothing of another day", async () => {
  const visit = await book('2026-12-01T06:00:00Z', { patientId: hadar.patients.ahmad })
  const diary = await diaryOf('2026-12-01')
  expect(diary).toMatchObject({
    timeZone: 'Asia/Jerusalem',
    day: { start: '2026-11-30T22:00:00Z', end: '2026-12-01T22:00:00Z' },
    branchOpen: [{ start: '2026-12-01T05:30:00Z', end: '2026-12-01T17:00:00Z' }],
    holds: [],
  })
  expect(diary.columns.map((column) => column.resourceId)).toEqual([doctor, hygienist])
  expect(diary.columns[0]?.open).toEqual([
    { start: '2026-12-01T06:00:00Z', end: '2026-12-01T10:00:00Z' },
    { start: '2026-12-01T11:00:00Z', end: '2026-12-01T14:00:00Z' },
  ])
  expect(diary.visits).toEqual([
    expect.objectContaining({
      id: visit.id,
      patient: { id: hadar.patients.ahmad, name: 'أحمد منصور', nameLatin: 'Ahmad Mansour', phone: '+972521234502', birthDate: '1990-11-20', hasAlert: false },
      status: 'booked',
      firstVisit: true,
      openOrder: false,
      arrivedAt: null,
    }),
  ])
  expect((await diaryOf('2026-12-01', { rooms: true })).columns.map((column) => column.kind)).toEqual(['practitioner', 'practitioner', 'chair', 'chair', 'room'])
})

test('a week of the diary is its days from end to end, over a clock change too, and of one chair where that is asked', async () => {
  const [sunday, tuesday] = [await book('2027-01-17T07:00:00Z', { placeId: hadar.places.chair1 }), await book('2027-01-19T07:00:00Z', { placeId: hadar.places.chair2, patientId: hadar.patients.olga })]
  const week = await diaryOf('2027-01-17', { days: 7 })
  expect(week).toMatchObject({ date: '2027-01-17', days: 7, day: { start: '2027-01-16T22:00:00Z', end: '2027-01-23T22:00:00Z' } })
  expect(week.visits.map(({ id }) => id)).toEqual([sunday.id, tuesday.id])
  const alone = await diaryOf('2027-01-19')
  expect(week.columns.find(({ resourceId }) => resourceId === doctor)?.open).toEqual(expect.arrayContaining(alone.columns[0]?.open ?? []))
  expect(week.branchOpen).toHaveLength(5) // Sunday to Thursday
  const chair = await diaryOf('2027-01-17', { days: 7, rooms: true, of: [hadar.places.chair2] })
  expect([chair.visits.map(({ id }) => id), chair.columns.map(({ resourceId }) => resourceId)]).toEqual([[tuesday.id], [hadar.places.chair2]])
  expect((await diaryOf('2027-01-17', { days: 7, of: [hygienist, hadar.practitioners.otherDoctor] })).visits).toEqual([])
  // 26 March 2027 has 23 hours.
  expect((await diaryOf('2027-03-21', { days: 7 })).day).toEqual({ start: '2027-03-20T22:00:00Z', end: '2027-03-27T21:00:00Z' })
  const { status, problem } = await desk('GET /diary', { query: { branchId: center, date: '2027-01-17', days: 8 } })
  expect([status, problem.code]).toEqual([400, 'malformed'])
})

test('a month tells how full each day is, what is closed and why, and the holidays', async () => {
  const month = async (date: string, more: object = {}) => {
    const answer = await desk('GET /diary-months', { query: { branchId: center, date, ...more } })
    expect(answer.status).toBe(200)
    return answer.body.days
  }
  const before = await month('2027-05-20')
  expect(before).toHaveLength(31)
  await api.database.ownerPool.query(`insert into hours_exception (clinic_id, id, branch_id, on_date, kind, reason) values ($1, gen_random_uuid(), $2, '2027-05-04', 'closed', 'יום גיבוש')`, [hadar.id, center])
  const visit = await book('2027-05-03T07:00:00Z')
  const cancelled = await book('2027-05-03T08:00:00Z')
  await desk('POST /appointments/:id/cancellation', { params: { id: cancelled.id }, body: { reason: 'other' } })
  const after = await month('2027-05-01')
  expect(after[2]).toEqual({ ...before[2], visits: 1, freeMinutes: (before[2]?.freeMinutes ?? 0) - 30 })
  expect(after[3]).toMatchObject({ date: '2027-05-04', closed: true, reason: 'יום גיבוש', openMinutes: 0, freeMinutes: 0 })
  expect(after.filter(({ holiday }) => holiday !== null)).toEqual([expect.objectContaining({ date: '2027-05-12', holiday: 'independence_day', closed: false })])
  expect(after.find(({ date }) => date === '2027-05-01')).toMatchObject({ closed: true, visits: 0 }) // a Saturday
  expect((await month('2027-05-01', { of: [hygienist] }))[2]).toMatchObject({ visits: 0 })
  expect((await month('2027-05-01', { of: [doctor] }))[2]).toMatchObject({ visits: 1, openMinutes: 420, freeMinutes: 390 })
  expect(visit.practitionerId).toBe(doctor)
  const stranger = await api.as(thames.staff.owner)
  expect((await stranger('GET /diary-months', { query: { branchId: center, date: '2027-05-01' } })).status).toBe(404)
  expect((await stranger('GET /diary-months', { query: { branchId: thames.branches.center, date: '2027-05-01', of: [doctor] } })).body.days.every(({ openMinutes }) => openMinutes === 0)).toBe(true)
})

test('an exception closes the day for everyone, and extra hours open it for one', async () => {
  const { ownerPool } = api.database
  await ownerPool.query(`insert into hours_exception (clinic_id, id, branch_id, on_date, kind) values ($1, gen_random_uuid(), $2, '2026-12-08', 'closed')`, [hadar.id, center])
  await ownerPool.query(`insert into hours_exception (clinic_id, id, resource_id, on_date, kind, starts, ends) values ($1, gen_random_uuid(), $2, '2026-12-08', 'open', '09:00', '10:00')`, [hadar.id, doctor])
  const diary = await diaryOf('2026-12-08')
  expect(diary.branchOpen).toEqual([])
  expect(diary.columns.map(({ resourceId, open }) => ({ resourceId, open }))).toEqual([{ resourceId: doctor, open: [{ start: '2026-12-08T07:00:00Z', end: '2026-12-08T08:00:00Z' }] }])
  const outside = await desk('POST /appointments', { body: booking('2026-12-08T06:00:00Z') })
  expect([outside.status, outside.problem.code]).toEqual([422, 'outside_working_hours'])
  await book('2026-12-08T07:00:00Z')
})

describe('says no, and why, when', () => {
  const refusals: [string, object, number, string][] = [
    ['the visit would begin in the past', { startsAt: '2026-11-22T06:30:00Z' }, 422, 'starts_in_the_past'],
    ['it is years away', { startsAt: '2029-11-26T08:00:00Z' }, 422, 'too_far_ahead'],
    ['nobody works then', { startsAt: '2026-11-23T10:00:00Z' }, 422, 'outside_working_hours'],
    ['it would reach into the break', { startsAt: '2026-11-23T09:45:00Z' }, 422, 'outside_working_hours'],
    ['it is the Sabbath', { startsAt: '2026-11-28T08:00:00Z' }, 422, 'outside_working_hours'],
    ['the doctor works in another branch', { practitionerId: hadar.practitioners.otherDoctor }, 422, 'outside_working_hours'],
    ['the practitioner does not do that', { practitionerId: hygienist }, 422, 'not_offered_by_practitioner'],
    ['the chair stands in another branch', { placeId: hadar.places.chair3 }, 422, 'resource_not_in_branch'],
    ['it needs a chair and is given a room', { placeId: hadar.places.room }, 422, 'room_kind_missing'],
    ['the patient is of another clinic', { patientId: thames.patients.sara }, 422, 'reference_unknown'],
    ['the branch is of another clinic', { branchId: thames.branches.center }, 422, 'reference_unknown'],
    ['the practitioner is of another clinic', { practitionerId: thames.practitioners.doctor }, 422, 'reference_unknown'],
    ['the kind of visit is of another clinic', { visitTypeId: thames.visitTypes.checkUp }, 422, 'reference_unknown'],
    ['the hold is nobody’s', { holdId: uuid() }, 422, 'reference_unknown'],
    ['it does not begin on a minute', { startsAt: '2026-11-23T08:00:30Z' }, 400, 'malformed'],
  ]
  test.each(refusals)('%s', async (_name, more, status, code) => {
    const body = booking('2026-11-23T08:00:00Z', more)
    const answer = await desk('POST /appointments', { body })
    expect([answer.status, answer.problem.code]).toEqual([status, code])
    const { rows } = await api.database.ownerPool.query(`select (select count(*) from appointment where id = $1) + (select count(*) from event where subject_id = $1) as left`, [body.id])
    expect(rows).toEqual([{ left: 0 }])
  })
})

test('outside the hours is for those who may', async () => {
  const assistant = await api.as(hadar.staff.assistant)
  const body = booking('2026-11-23T10:10:00Z', { outsideHours: true })
  expect((await assistant('POST /appointments', { body })).status).toBe(403)
  expect((await desk('POST /appointments', { body })).status).toBe(201)
})

test('the accountant sees no diary', async () => {
  const accountant = await api.as(hadar.staff.accountant)
  expect((await accountant('GET /diary', { query: { branchId: center, date: '2026-11-23' } })).status).toBe(403)
  expect((await accountant('POST /appointments', { body: booking('2026-11-23T08:00:00Z') })).status).toBe(403)
})

test('another clinic finds neither the visit nor the branch', async () => {
  const visit = await book('2026-11-24T06:00:00Z')
  const stranger = await api.as(thames.staff.owner)
  const params = { id: visit.id }
  expect((await stranger('GET /appointments/:id', { params })).status).toBe(404)
  expect((await stranger('PATCH /appointments/:id', { params, body: { version: 1, deskNote: 'x' } })).status).toBe(404)
  expect((await stranger('POST /appointments/:id/cancellation', { params, body: { reason: 'other' } })).status).toBe(404)
  expect((await stranger('GET /diary', { query: { branchId: center, date: '2026-11-24' } })).status).toBe(404)
})

test('a visit goes through its day and every step can be taken back', async () => {
  const visit = await book('2026-11-24T08:00:00Z', { patientId: hadar.patients.olga })
  const params = { id: visit.id }
  const undoOf = async (version: number) => (await desk('POST /appointments/:id/undo', { params, body: { version } })).body
  api.setNow(instant('2026-11-24T07:50:00Z'))

  expect((await desk('POST /appointments/:id/confirmation', { params, body: {} })).body).toMatchObject({ status: 'confirmed', version: 2 })
  expect(await undoOf(2)).toMatchObject({ status: 'booked', version: 3 })
  expect((await desk('POST /appointments/:id/arrival', { params, body: {} })).body).toMatchObject({ status: 'arrived', version: 4 })
  expect((await desk('POST /appointments/:id/arrival', { params, body: {} })).body).toMatchObject({ status: 'arrived', version: 4 })
  const arrived = (await diaryOf('2026-11-24')).visits.find((one) => one.id === visit.id)
  expect(arrived).toMatchObject({ status: 'arrived', arrivedAt: '2026-11-24T07:50:00Z', confirmedAt: null, startedAt: null })
  expect((await desk('POST /appointments/:id/start', { params, body: {} })).body).toMatchObject({ status: 'in_treatment', version: 5 })
  expect((await desk('POST /appointments/:id/completion', { params, body: {} })).body).toMatchObject({ status: 'completed', version: 6 })
  expect((await desk('POST /appointments/:id/cancellation', { params, body: { reason: 'patient' } })).problem).toMatchObject({ code: 'status_change_not_allowed', params: { from: 'completed', to: 'cancelled' } })
  expect(await undoOf(6)).toMatchObject({ status: 'in_treatment' })
  expect(await undoOf(7)).toMatchObject({ status: 'arrived' })
  expect(await undoOf(8)).toMatchObject({ status: 'booked', version: 9 })
  const nothing = await desk('POST /appointments/:id/undo', { params, body: { version: 9 } })
  expect([nothing.status, nothing.problem.code]).toEqual([409, 'nothing_to_undo'])

  const page = await desk('GET /appointments/:id', { params })
  expect(page.body.undoTo).toBeNull()
  expect(page.body.history.map(({ status, reason, byName }) => [status, reason, byName === hadar.staff.receptionist.name])).toEqual([
    ['booked', '', true], ['confirmed', '', true], ['booked', 'undone', true], ['arrived', '', true], ['in_treatment', '', true],
    ['completed', '', true], ['in_treatment', 'undone', true], ['arrived', 'undone', true], ['booked', 'undone', true],
  ])
  const { rows } = await api.database.ownerPool.query(`select name from event where subject_id = $1 order by seq`, [visit.id])
  expect(rows.map((row) => row.name)).toEqual([
    'appointment.booked', 'appointment.confirmed', 'appointment.undone', 'appointment.arrived', 'appointment.started',
    'appointment.completed', 'appointment.undone', 'appointment.undone', 'appointment.undone', 'patient.read',
  ])
})

test('who did not come is told only after the visit should have begun, and may come after all', async () => {
  api.setNow(instant('2026-11-24T10:55:00Z'))
  const visit = await book('2026-11-24T11:00:00Z')
  const params = { id: visit.id }
  expect((await desk('POST /appointments/:id/no-show', { params, body: {} })).problem.code).toBe('status_change_not_allowed')
  api.setNow(instant('2026-11-24T11:20:00Z'))
  expect((await desk('POST /appointments/:id/no-show', { params, body: {} })).body.status).toBe('no_show')
  expect((await desk('POST /appointments/:id/arrival', { params, body: {} })).body.status).toBe('arrived')
})

test('nobody arrives for a visit of another day', async () => {
  api.setNow(instant('2026-11-22T07:00:00Z'))
  const visit = await book('2026-11-25T06:00:00Z')
  const answer = await desk('POST /appointments/:id/arrival', { params: { id: visit.id }, body: {} })
  expect([answer.status, answer.problem.code]).toEqual([409, 'status_change_not_allowed'])
})

test('moving takes the reminders along, gives the old place back, and asks a confirmed patient anew', async () => {
  await api.database.ownerPool.query(`insert into reminder_rule (clinic_id, id, days_before, at_time) values ($1, gen_random_uuid(), 1, '10:00')`, [hadar.id])
  const visit = await book('2026-12-02T06:00:00Z')
  const params = { id: visit.id }
  expect(await remindersOf(visit.id)).toEqual([{ at: '2026-12-02 06:00:00+00', state: 'planned', skip_reason: null }])
  await desk('POST /appointments/:id/confirmation', { params, body: {} })
  const stale = await desk('PATCH /appointments/:id', { params, body: { version: 1, startsAt: '2026-12-03T06:00:00Z' } })
  expect([stale.status, stale.problem]).toEqual([409, expect.objectContaining({ code: 'stale_version', params: { current: 2 } })])
  const moved = await desk('PATCH /appointments/:id', { params, body: { version: 2, startsAt: '2026-12-03T06:00:00Z' } })
  expect(moved.body).toMatchObject({ startsAt: '2026-12-03T06:00:00Z', endsAt: '2026-12-03T06:30:00Z', status: 'booked', version: 3, resourceIds: visit.resourceIds })
  expect(await remindersOf(visit.id)).toEqual([
    { at: '2026-12-02 06:00:00+00', state: 'skipped', skip_reason: 'moved' },
    { at: '2026-12-03 06:00:00+00', state: 'planned', skip_reason: null },
  ])
  await book('2026-12-02T06:00:00Z', { patientId: hadar.patients.john })
  await desk('POST /appointments/:id/cancellation', { params, body: { reason: 'patient' } })
  expect((await remindersOf(visit.id)).map((row) => row.state)).toEqual(['skipped', 'skipped'])
  await desk('POST /appointments/:id/undo', { params, body: { version: 4 } })
  expect((await remindersOf(visit.id)).map((row) => row.state)).toEqual(['skipped', 'planned'])
})

test('a visit can be made longer, given to another kind, another chair, and annotated, each in one press', async () => {
  const visit = await book('2026-12-06T06:00:00Z', { placeId: hadar.places.chair1 })
  const patch = async (body: object) => (await desk('PATCH /appointments/:id', { params: { id: visit.id }, body: body as { version: number } })).body
  expect(await patch({ version: 1, durationMinutes: 45 })).toMatchObject({ endsAt: '2026-12-06T06:45:00Z', version: 2 })
  expect(await patch({ version: 2, visitTypeId: hadar.visitTypes.surgery })).toMatchObject({ endsAt: '2026-12-06T07:00:00Z', resourceIds: [doctor, hadar.places.room], version: 3 })
  expect(await patch({ version: 3, visitTypeId: hadar.visitTypes.checkUp, placeId: hadar.places.chair2 })).toMatchObject({ resourceIds: [doctor, hadar.places.chair2], version: 4 })
  expect(await patch({ version: 4, deskNote: 'לא לשכוח צילום' })).toMatchObject({ deskNote: 'לא לשכוח צילום', version: 5 })
  expect(await patch({ version: 5, visitTypeId: hadar.visitTypes.talk })).toMatchObject({ resourceIds: [doctor], endsAt: '2026-12-06T06:20:00Z' })
})

test('a visit whose chair is taken at the new time gets another one', async () => {
  const visit = await book('2026-12-07T06:00:00Z')
  await book('2026-12-07T07:00:00Z', { practitionerId: hygienist, visitTypeId: hadar.visitTypes.cleaning, placeId: hadar.places.chair1 })
  const moved = await desk('PATCH /appointments/:id', { params: { id: visit.id }, body: { version: 1, startsAt: '2026-12-07T07:00:00Z' } })
  expect(moved.body.resourceIds).toEqual([doctor, hadar.places.chair2])
})

test('buffers keep visits apart without being part of them', async () => {
  const cleaning = { practitionerId: hygienist, visitTypeId: hadar.visitTypes.cleaning }
  const visit = await book('2026-12-09T06:00:00Z', cleaning)
  expect(visit.endsAt).toBe('2026-12-09T06:45:00Z')
  expect((await desk('POST /appointments', { body: booking('2026-12-09T06:45:00Z', cleaning) })).problem.code).toBe('slot_taken')
  await book('2026-12-09T06:50:00Z', cleaning)
})

test('a hold keeps others out, is booked by its maker, and is let go of', async () => {
  const place = { branchId: center, practitionerId: doctor, visitTypeId: hadar.visitTypes.checkUp, startsAt: '2026-12-10T06:00:00Z' }
  const hold = await desk('POST /holds', { body: { id: uuid(), ...place } })
  expect([hold.status, hold.body.expiresAt]).toEqual([201, '2026-11-22T07:05:00Z'])
  expect((await owner('POST /appointments', { body: booking(place.startsAt) })).problem.code).toBe('slot_held')
  expect((await owner('POST /appointments', { body: booking(place.startsAt, { holdId: hold.body.id }) })).problem.code).toBe('reference_unknown')
  expect((await diaryOf('2026-12-10')).holds).toEqual([expect.objectContaining({ id: hold.body.id, mine: true })])
  expect((await owner('DELETE /holds/:id', { params: { id: hold.body.id } })).status).toBe(404)
  const booked = await desk('POST /appointments', { body: booking(place.startsAt, { holdId: hold.body.id }) })
  expect(booked.status).toBe(201)
  expect((await diaryOf('2026-12-10')).holds).toEqual([])
  expect((await desk('DELETE /holds/:id', { params: { id: hold.body.id } })).status).toBe(204)

  const another = await desk('POST /holds', { body: { id: uuid(), ...place, startsAt: '2026-12-10T07:00:00Z' } })
  expect((await desk('DELETE /holds/:id', { params: { id: another.body.id } })).status).toBe(204)
  expect((await owner('POST /appointments', { body: booking('2026-12-10T07:00:00Z') })).status).toBe(201)
})

test('a hold that ran out and was overtaken says so', async () => {
  const place = { branchId: center, practitionerId: doctor, visitTypeId: hadar.visitTypes.checkUp, startsAt: '2026-12-10T08:00:00Z' }
  const hold = await desk('POST /holds', { body: { id: uuid(), ...place } })
  api.setNow(instant('2026-11-22T07:06:00Z'))
  expect((await owner('POST /appointments', { body: booking(place.startsAt) })).status).toBe(201)
  expect((await desk('POST /appointments', { body: booking(place.startsAt, { holdId: hold.body.id }) })).problem.code).toBe('hold_expired')
})

test('a cancelled visit comes back only while its place is free', async () => {
  const visit = await book('2026-12-13T06:00:00Z')
  const params = { id: visit.id }
  await desk('POST /appointments/:id/cancellation', { params, body: { reason: 'clinic' } })
  expect((await diaryOf('2026-12-13')).visits).toEqual([])
  expect((await diaryOf('2026-12-13', { cancelled: true })).visits).toEqual([expect.objectContaining({ id: visit.id, cancelReason: 'clinic' })])
  await book('2026-12-13T06:15:00Z', { patientId: hadar.patients.john })
  const back = await desk('POST /appointments/:id/undo', { params, body: { version: 2 } })
  expect([back.status, back.problem.code]).toEqual([409, 'slot_taken'])
})

test('free slots fit the hours, leave out what is taken, and can be booked as they are offered', async () => {
  await book('2026-12-14T06:00:00Z')
  const search = await desk('POST /slot-searches', { body: { branchId: center, visitTypeId: hadar.visitTypes.checkUp, fromDate: '2026-12-14', days: 1, stepMinutes: 15 } })
  expect(search.status).toBe(200)
  const [day] = search.body.days
  expect(day?.slots[0]).toEqual({ startsAt: '2026-12-14T06:30:00Z', endsAt: '2026-12-14T07:00:00Z', practitionerId: doctor, placeId: hadar.places.chair1, alsoIds: [] })
  expect(day?.slots.map((slot) => slot.startsAt)).not.toContain('2026-12-14T09:45:00Z')
  expect(day?.slots).toHaveLength(13 + 11) // 08:30 to 11:30, 13:00 to 15:30
  expect(search.body.nextFromDate).toBe('2026-12-15')
  for (const slot of day?.slots.filter((_, index) => index % 4 === 0) ?? []) await book(slot.startsAt, { practitionerId: slot.practitionerId, placeId: slot.placeId })
})

test('a search by part of the day and for one practitioner keeps to both', async () => {
  const search = await desk('POST /slot-searches', { body: { branchId: center, visitTypeId: hadar.visitTypes.cleaning, practitionerId: hygienist, fromDate: '2026-12-15', days: 3, partOfDay: 'afternoon' } })
  const starts = search.body.days.flatMap((day) => day.slots)
  expect(starts.length).toBeGreaterThan(0)
  expect(starts.every((slot) => slot.practitionerId === hygienist && slot.startsAt.slice(11) >= '11:00' && slot.startsAt.slice(11) < '14:00')).toBe(true)
})
