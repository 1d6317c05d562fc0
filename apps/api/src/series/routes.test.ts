import { v7 as uuid } from 'uuid'
import type { Inputs, Outputs } from '@yoman/contract/routes'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castNow } from '@yoman/testing/cast'
import { afterEach, describe, expect, test } from 'vitest'

// Sunday 2026-11-22, 09:00 in Jerusalem; everybody works Sunday to Thursday, 08:00-12:00 and 13:00-16:00.
const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const stranger = await api.as(thames.staff.owner)
const north = await api.as(hadar.staff.northReceptionist)
const accountant = await api.as(hadar.staff.accountant)
afterEach(() => api.setNow(castNow))

type Booking = Inputs['POST /appointments']['body']
type Occurrence = Outputs['POST /series-previews']['occurrences'][number]
const weekly = { unit: 'week', every: 1 } as const

async function visit(startsAt: string, more: Partial<Booking> = {}) {
  const body: Booking = { id: uuid(), branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients.sara, startsAt, ...more }
  const answer = await desk('POST /appointments', { body })
  expect(answer.status, answer.problem?.code).toBe(201)
  return answer.body
}
const preview = async (appointmentId: string, rule: Inputs['POST /series-previews']['body']['rule'], ending: Inputs['POST /series-previews']['body']['ending']) =>
  (await desk('POST /series-previews', { body: { appointmentId, rule, ending } })).body.occurrences
const chosen = (occurrences: readonly { startsAt: string; practitionerId: string }[]) => occurrences.map(({ startsAt, practitionerId }) => ({ id: uuid(), startsAt, practitionerId }))
const book = (appointmentId: string, visits: Inputs['POST /series']['body']['visits'], id = uuid(), rule: Inputs['POST /series']['body']['rule'] = weekly) =>
  desk('POST /series', { body: { id, appointmentId, rule, visits } })
const starts = (visits: readonly { startsAt: string }[]): string[] => visits.map(({ startsAt }) => startsAt)
const states = (occurrences: readonly Occurrence[]): string[] => occurrences.map(({ state }) => state)

/** A booked weekly series of the doctor, `count` visits with the first. */
async function series(startsAt: string, count: number, more: Partial<Booking> = {}) {
  const first = await visit(startsAt, more)
  const { status, body } = await book(first.id, chosen(await preview(first.id, weekly, { count })))
  expect(status).toBe(201)
  return body
}
const changePreview = async (id: string, body: Inputs['POST /series/:id/change-previews']['body']) => (await desk('POST /series/:id/change-previews', { params: { id }, body })).body.occurrences
const asVisits = (occurrences: readonly Occurrence[], minutes = 20) =>
  occurrences.map(({ appointmentId, startsAt, practitionerId }) => ({ appointmentId: appointmentId ?? '', startsAt, practitionerId, durationMinutes: minutes }))
const change = (id: string, body: Inputs['POST /series/:id/changes']['body']) => desk('POST /series/:id/changes', { params: { id }, body })
const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index]
  if (found === undefined) throw new Error(`nothing at ${index}`)
  return found
}

describe('the same visit again', () => {
  const again = async (appointmentId: string, distance: Inputs['POST /repeat-proposals']['body']['distance']) => (await desk('POST /repeat-proposals', { body: { appointmentId, distance } })).body

  test('next week at the same hour, where that is free', async () => {
    const first = await visit('2026-11-23T07:00:00Z')
    const { wished, best } = await again(first.id, { weeks: 1 })
    expect(wished).toMatchObject({ state: 'free', startsAt: '2026-11-30T07:00:00Z', practitionerId: hadar.practitioners.doctor, alternatives: [] })
    expect(best).toMatchObject({ startsAt: '2026-11-30T07:00:00Z', endsAt: '2026-11-30T07:20:00Z' })
  })

  test('in six months at the same hour of the wall, though the clock has changed', async () => {
    const first = await visit('2026-11-23T07:20:00Z') // Monday 09:20
    const { wished } = await again(first.id, { months: 6 })
    expect(wished).toMatchObject({ state: 'free', startsAt: '2027-05-24T06:20:00Z' }) // Monday, summer time
  })

  test('the nearest free hour where somebody else is there, with their name', async () => {
    const first = await visit('2026-11-23T08:00:00Z')
    const other = await visit('2026-11-30T08:00:00Z', { patientId: hadar.patients.rivka })
    const { wished, best } = await again(first.id, { weeks: 1 })
    expect(wished).toMatchObject({ state: 'clash', clash: { resourceId: hadar.practitioners.doctor, startsAt: other.startsAt, patient: { id: hadar.patients.rivka, name: 'רבקה כהן' } } })
    expect(best).toMatchObject({ kind: 'same_day', startsAt: '2026-11-30T07:40:00Z' })
    expect(new Set(wished.alternatives.map(({ kind }) => kind))).toEqual(new Set(['same_day', 'other_day']))
  })

  test('not on a holiday, nor on any other: the nearest day around it', async () => {
    const first = await visit('2027-04-15T10:00:00Z') // Thursday
    const { wished, best } = await again(first.id, { weeks: 1 })
    expect(wished).toMatchObject({ state: 'holiday', holiday: 'pesach', anyway: 'freely' })
    expect(best).toMatchObject({ startsAt: '2027-04-21T10:00:00Z' })
  })

  test('with somebody’s leave, closed days and past times told apart', async () => {
    const { hygienist } = hadar.practitioners
    const first = await visit('2026-12-08T07:00:00Z', { practitionerId: hygienist, visitTypeId: hadar.visitTypes.cleaning })
    const close = async (given: Pick<Inputs['POST /hours-exceptions']['body'], 'resourceId' | 'branchId' | 'date'>) =>
      expect((await owner('POST /hours-exceptions', { body: { id: uuid(), kind: 'closed', starts: null, ends: null, reason: '', ...given } })).status).toBe(201)
    await close({ resourceId: hygienist, branchId: null, date: '2026-12-15' })
    await close({ resourceId: null, branchId: hadar.branches.center, date: '2026-12-22' })
    expect((await again(first.id, { weeks: 1 })).wished).toMatchObject({ state: 'leave', anyway: 'outside_hours' })
    expect((await again(first.id, { weeks: 2 })).wished).toMatchObject({ state: 'closed' })
    api.setNow(instant('2027-02-01T08:00:00Z'))
    expect(await again(first.id, { weeks: 1 })).toMatchObject({ wished: { state: 'past', anyway: null } })
  })

  test('a patient who is elsewhere in the house at that hour is told of', async () => {
    const first = await visit('2026-12-09T11:00:00Z')
    await visit('2026-12-16T11:00:00Z', { practitionerId: hadar.practitioners.hygienist, visitTypeId: hadar.visitTypes.cleaning })
    expect((await again(first.id, { weeks: 1 })).wished).toMatchObject({ state: 'patient_busy', anyway: 'freely' })
  })

  test('is no business of another clinic, another branch or the books', async () => {
    const first = await visit('2026-11-23T09:00:00Z')
    const body = { appointmentId: first.id, distance: { weeks: 1 } }
    expect((await stranger('POST /repeat-proposals', { body })).problem.code).toBe('reference_unknown')
    expect((await north('POST /repeat-proposals', { body })).status).toBe(403)
    expect((await accountant('POST /repeat-proposals', { body })).status).toBe(403)
  })
})

describe('a series', () => {
  test('is seen whole before it is booked: free, taken, a holiday, and what is free instead', async () => {
    const first = await visit('2027-04-01T06:00:00Z', { patientId: hadar.patients.ahmad }) // a Thursday; Pesach is on the 22nd
    await visit('2027-04-08T06:00:00Z', { patientId: hadar.patients.olga })
    const occurrences = await preview(first.id, weekly, { count: 6 })
    expect(starts(occurrences)).toEqual(['2027-04-08T06:00:00Z', '2027-04-15T06:00:00Z', '2027-04-22T06:00:00Z', '2027-04-29T06:00:00Z', '2027-05-06T06:00:00Z'])
    expect(occurrences.map(({ position }) => position)).toEqual([2, 3, 4, 5, 6])
    expect(states(occurrences)).toEqual(['clash', 'free', 'holiday', 'free', 'free'])
    expect(at(occurrences, 2).alternatives.every(({ startsAt }) => !startsAt.startsWith('2027-04-22'))).toBe(true)
    const instead = at(at(occurrences, 2).alternatives, 0)
    const nearby = at(at(occurrences, 0).alternatives, 0)
    const visits = chosen([nearby, at(occurrences, 1), instead, at(occurrences, 3), at(occurrences, 4)])
    const { status, body } = await book(first.id, visits)
    expect(status).toBe(201)
    expect(body).toMatchObject({ patientId: hadar.patients.ahmad, rule: { unit: 'week', every: 1, monthBy: null }, timeZone: 'Asia/Jerusalem' })
    expect(starts(body.visits)).toEqual([first.startsAt, nearby.startsAt, '2027-04-15T06:00:00Z', instead.startsAt, '2027-04-29T06:00:00Z', '2027-05-06T06:00:00Z'])
    expect(body.visits.every(({ ahead, status: one }) => ahead && one === 'booked')).toBe(true)
  })

  test('gives each visit its own reminders, and the diary its place in it', async () => {
    const { id, visits } = await series('2026-12-01T07:00:00Z', 3)
    const planned = await api.database.db.selectFrom('reminder').select('appointment_id').where('appointment_id', 'in', visits.map(({ appointmentId }) => appointmentId)).execute()
    const rules = (await owner('GET /reminder-rules')).body.items.filter(({ active }) => active).length
    expect(planned).toHaveLength(3 * rules)
    const diary = await desk('GET /diary', { query: { branchId: hadar.branches.center, date: '2026-12-08' } })
    expect(diary.body.visits.find((one) => one.id === at(visits, 1).appointmentId)?.series).toEqual({ id, place: 2, of: 3 })
    await desk('POST /appointments/:id/cancellation', { params: { id: at(visits, 0).appointmentId }, body: { reason: 'patient' } })
    const after = await desk('GET /diary', { query: { branchId: hadar.branches.center, date: '2026-12-08' } })
    expect(after.body.visits.find((one) => one.id === at(visits, 1).appointmentId)?.series).toEqual({ id, place: 1, of: 2 })
  })

  test('is booked whole or not at all, and says which visit was in the way', async () => {
    const first = await visit('2026-12-03T07:00:00Z')
    const visits = chosen(await preview(first.id, weekly, { count: 4 }))
    await visit('2026-12-17T07:00:00Z', { patientId: hadar.patients.olga })
    const id = uuid()
    expect(await book(first.id, visits, id)).toMatchObject({ status: 409, problem: { code: 'slot_taken', params: { startsAt: '2026-12-17T07:00:00Z' } } })
    expect((await desk('GET /series/:id', { params: { id } })).status).toBe(404)
    const left = await api.database.db.selectFrom('appointment').select('id').where('id', 'in', visits.map((one) => one.id)).execute()
    expect(left).toEqual([])
  })

  test('sent twice is one; another under its id is refused', async () => {
    const first = await visit('2026-12-02T07:00:00Z')
    const visits = chosen(await preview(first.id, { unit: 'month', every: 1, monthBy: 'weekday' }, { count: 3 }))
    expect(starts(visits)).toEqual(['2027-01-06T07:00:00Z', '2027-02-03T07:00:00Z'])
    const id = uuid()
    const answers = await Promise.all([1, 2, 3, 4].map(() => book(first.id, visits, id, { unit: 'month', every: 1, monthBy: 'weekday' })))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    expect(at(answers, 0).body.visits).toHaveLength(3)
    const other = await visit('2026-12-02T08:00:00Z', { patientId: hadar.patients.olga })
    expect((await book(other.id, chosen([{ startsAt: '2026-12-09T08:00:00Z', practitionerId: hadar.practitioners.doctor }]), id)).problem.code).toBe('id_taken')
    // What is booked already is not drawn into a series by its id.
    const standing = await visit('2026-12-09T09:00:00Z')
    expect((await book(first.id, [{ id: standing.id, startsAt: standing.startsAt, practitionerId: standing.practitionerId }])).problem.code).toBe('id_taken')
  })

  test('made from a visit of a series is another one, without it', async () => {
    const { visits } = await series('2026-12-06T09:00:00Z', 2)
    const { body } = await book(at(visits, 1).appointmentId, chosen([{ startsAt: '2026-12-20T09:00:00Z', practitionerId: hadar.practitioners.doctor }]))
    expect(starts(body.visits)).toEqual(['2026-12-20T09:00:00Z'])
  })

  test('outside hours only with the right to it', async () => {
    const first = await visit('2026-11-26T08:00:00Z')
    const late = [{ id: uuid(), startsAt: '2026-12-03T16:00:00Z', practitionerId: hadar.practitioners.doctor }]
    expect((await book(first.id, late)).problem.code).toBe('outside_working_hours')
    const assistant = await api.as(hadar.staff.assistant)
    const body = { id: uuid(), appointmentId: first.id, rule: weekly, visits: late.map((one) => ({ ...one, outsideHours: true })) }
    expect((await assistant('POST /series', { body })).status).toBe(403)
    expect((await desk('POST /series', { body })).status).toBe(201)
  })

  test('is nothing to another clinic, and to another branch only to look at', async () => {
    const { id, version, visits } = await series('2026-12-07T07:00:00Z', 2)
    const { appointmentId } = at(visits, 1)
    const cancellation = { params: { id }, body: { id: uuid(), version, scope: 'all', appointmentId, reason: 'patient' } } as const
    expect((await stranger('GET /series/:id', { params: { id } })).status).toBe(404)
    expect((await stranger('POST /series/:id/cancellation', cancellation)).status).toBe(404)
    expect((await stranger('POST /series/:id/change-previews', { params: { id }, body: { appointmentId, scope: 'all' } })).status).toBe(404)
    expect((await stranger('POST /series/:id/undo', { params: { id }, body: { id: uuid(), changeId: uuid() } })).status).toBe(404)
    expect((await north('POST /series/:id/cancellation', cancellation)).status).toBe(403)
    expect((await stranger('POST /series-previews', { body: { appointmentId, rule: weekly, ending: { count: 2 } } })).problem.code).toBe('reference_unknown')
    expect((await book(appointmentId, chosen([{ startsAt: '2026-12-28T07:00:00Z', practitionerId: thames.practitioners.doctor }]))).problem.code).toBe('reference_unknown')
  })

  test('of one visit is none', async () => {
    const first = await visit('2026-11-25T07:00:00Z')
    expect((await desk('POST /series-previews', { body: { appointmentId: first.id, rule: weekly, ending: { until: '2026-11-30' } } })).problem.code).toBe('series_empty')
  })
})

describe('a change', () => {
  test('of this and the following shifts each on the wall, into each other’s places too, and leaves what was before', async () => {
    const made = await series('2027-03-07T07:00:00Z', 5) // Sundays at 09:00; the clock changes on the 26th
    const pivot = at(made.visits, 2)
    const wish = { appointmentId: pivot.appointmentId, scope: 'following', startsAt: '2027-03-28T06:30:00Z' } as const // a week and half an hour later
    const occurrences = await changePreview(made.id, wish)
    expect(states(occurrences)).toEqual(['free', 'free', 'free'])
    expect(starts(occurrences)).toEqual(['2027-03-28T06:30:00Z', '2027-04-04T06:30:00Z', '2027-04-11T06:30:00Z'])
    const { status, body } = await change(made.id, { id: uuid(), version: made.version, scope: 'following', visits: asVisits(occurrences) })
    expect(status).toBe(200)
    expect(starts(body.visits)).toEqual(['2027-03-07T07:00:00Z', '2027-03-14T07:00:00Z', ...starts(occurrences)])
    expect(body.undo).toMatchObject({ kind: 'moved', visits: 3 })
    const events = await api.database.db.selectFrom('event').select('name').where('subject_id', '=', made.id).orderBy('seq').execute()
    expect(events.map(({ name }) => name)).toEqual(['series.booked', 'series.moved'])

    const undone = await desk('POST /series/:id/undo', { params: { id: made.id }, body: { id: uuid(), changeId: body.undo?.changeId ?? '' } })
    expect(undone.status).toBe(200)
    expect(starts(undone.body.visits)).toEqual(starts(made.visits))
    expect(undone.body.undo).toBeNull()
    expect(undone.body.changes.map(({ kind }) => kind)).toEqual(['undone', 'moved', 'booked'])
  })

  test('exactly a week: each visit goes where the next one was', async () => {
    const made = await series('2027-01-10T12:00:00Z', 4)
    const occurrences = await changePreview(made.id, { appointmentId: at(made.visits, 0).appointmentId, scope: 'all', startsAt: '2027-01-17T12:00:00Z' })
    expect(states(occurrences)).toEqual(['free', 'free', 'free', 'free'])
    const { status, body } = await change(made.id, { id: uuid(), version: made.version, scope: 'all', visits: asVisits(occurrences) })
    expect(status).toBe(200)
    expect(starts(body.visits)).toEqual(['2027-01-17T12:00:00Z', '2027-01-24T12:00:00Z', '2027-01-31T12:00:00Z', '2027-02-07T12:00:00Z'])
  })

  test('never touches what is over or has begun', async () => {
    const made = await series('2026-11-24T08:00:00Z', 4)
    api.setNow(instant('2026-12-01T09:00:00Z')) // two of them have begun
    const [first, second, third] = made.visits
    const occurrences = await changePreview(made.id, { appointmentId: third?.appointmentId ?? '', scope: 'all', startsAt: '2026-12-08T09:00:00Z' })
    expect(occurrences.map(({ position }) => position)).toEqual([3, 4])
    const visits = asVisits(occurrences)
    const old = { appointmentId: second?.appointmentId ?? '', startsAt: '2026-12-02T09:00:00Z', practitionerId: hadar.practitioners.doctor, durationMinutes: 20 }
    expect((await change(made.id, { id: uuid(), version: made.version, scope: 'all', visits: [...visits, old] })).problem.code).toBe('appointment_is_final')
    expect((await desk('POST /series/:id/change-previews', { params: { id: made.id }, body: { appointmentId: first?.appointmentId ?? '', scope: 'one' } })).problem.code).toBe('series_empty')
    const { body } = await change(made.id, { id: uuid(), version: made.version, scope: 'all', visits })
    expect(body.visits.map(({ ahead }) => ahead)).toEqual([false, false, true, true])
    expect(starts(body.visits.slice(0, 2))).toEqual(starts(made.visits.slice(0, 2)))
  })

  test('is told where it cannot be, and is made whole or not at all', async () => {
    const made = await series('2027-01-05T08:00:00Z', 3)
    const other = await visit('2027-01-13T08:00:00Z', { patientId: hadar.patients.olga })
    const occurrences = await changePreview(made.id, { appointmentId: at(made.visits, 0).appointmentId, scope: 'all', startsAt: '2027-01-06T08:00:00Z' })
    expect(states(occurrences)).toEqual(['free', 'clash', 'free'])
    const asked = { version: made.version, scope: 'all' as const, visits: asVisits(occurrences) }
    expect((await change(made.id, { id: uuid(), ...asked })).problem).toMatchObject({ code: 'slot_taken', params: { startsAt: other.startsAt } })
    expect(starts((await desk('GET /series/:id', { params: { id: made.id } })).body.visits)).toEqual(starts(made.visits))
    const instead = at(at(occurrences, 1).alternatives, 0)
    const visits = asked.visits.map((one, index) => (index === 1 ? { ...one, startsAt: instead.startsAt } : one))
    expect((await change(made.id, { id: uuid(), ...asked, visits })).body.visits[1]?.startsAt).toBe(instead.startsAt)
  })

  test('to Friday finds the house closed', async () => {
    const made = await series('2027-01-06T09:00:00Z', 2)
    const occurrences = await changePreview(made.id, { appointmentId: at(made.visits, 0).appointmentId, scope: 'all', startsAt: '2027-01-08T09:00:00Z' })
    expect(states(occurrences)).toEqual(['closed', 'closed'])
  })

  test('sent twice is made once; on an old version it is refused', async () => {
    const made = await series('2027-02-23T07:00:00Z', 2)
    const occurrences = await changePreview(made.id, { appointmentId: at(made.visits, 1).appointmentId, scope: 'one', startsAt: '2027-03-02T08:00:00Z' })
    const body = { id: uuid(), version: made.version, scope: 'one' as const, visits: asVisits(occurrences) }
    const [one, two] = [await change(made.id, body), await change(made.id, body)]
    expect(two.body).toEqual(one.body)
    expect((await change(made.id, { ...body, id: uuid() })).problem).toMatchObject({ code: 'stale_version', params: { current: one.body.version } })
    const stray = await visit('2027-02-24T07:00:00Z')
    const wrong = [{ appointmentId: stray.id, startsAt: '2027-02-24T08:00:00Z', practitionerId: stray.practitionerId, durationMinutes: 20 }]
    expect((await change(made.id, { id: uuid(), version: one.body.version, scope: 'one', visits: wrong })).problem.code).toBe('not_in_series')
  })

  test('gives all of them to somebody else and makes them longer', async () => {
    const made = await series('2027-02-07T07:00:00Z', 2, { branchId: hadar.branches.center })
    const { otherDoctor } = hadar.practitioners
    const week = { hours: [{ weekday: 7, starts: '08:00', ends: '12:00', branchId: hadar.branches.center, validFrom: null, validTo: null }] }
    const settings = (await owner('GET /settings')).body.resources.find(({ id }) => id === otherDoctor)
    expect((await owner('PUT /resources/:id/working-hours', { params: { id: otherDoctor }, body: { version: settings?.version ?? 0, ...week } })).status).toBeLessThan(300)
    const occurrences = await changePreview(made.id, { appointmentId: at(made.visits, 0).appointmentId, scope: 'all', practitionerId: otherDoctor, durationMinutes: 40 })
    expect(states(occurrences)).toEqual(['free', 'free'])
    const { body } = await change(made.id, { id: uuid(), version: made.version, scope: 'all', visits: asVisits(occurrences, 40) })
    expect(body.visits.map(({ practitionerId, endsAt }) => [practitionerId, endsAt])).toEqual([[otherDoctor, '2027-02-07T07:40:00Z'], [otherDoctor, '2027-02-14T07:40:00Z']])
  })
})

describe('the end of a series', () => {
  const cancel = (id: string, version: number, appointmentId: string, scope: 'one' | 'following' | 'all', changeId = uuid()) =>
    desk('POST /series/:id/cancellation', { params: { id }, body: { id: changeId, version, scope, appointmentId, reason: 'patient' } })

  test('cancels those that follow, each as any cancelled visit, and gives their places free', async () => {
    const made = await series('2027-01-14T07:00:00Z', 4)
    const from = at(made.visits, 2).appointmentId
    const { status, body } = await cancel(made.id, made.version, from, 'following')
    expect(status).toBe(200)
    expect(body.visits.map((one) => one.status)).toEqual(['booked', 'booked', 'cancelled', 'cancelled'])
    const told = await api.database.db.selectFrom('event').select(['name', 'details']).where('subject_id', '=', from).orderBy('seq').execute()
    expect(told.at(-1)).toMatchObject({ name: 'appointment.cancelled', details: { reason: 'patient' } })
    const left = await api.database.db.selectFrom('reminder').select('state').where('appointment_id', '=', from).execute()
    expect(left.map(({ state }) => state)).not.toContain('planned')
    await visit(at(made.visits, 2).startsAt, { patientId: hadar.patients.olga })
    // A place was given to somebody else: the whole undo is refused, and nothing of it is done.
    const undo = await desk('POST /series/:id/undo', { params: { id: made.id }, body: { id: uuid(), changeId: body.undo?.changeId ?? '' } })
    expect(undo).toMatchObject({ status: 409, problem: { code: 'slot_taken' } })
    expect((await desk('GET /series/:id', { params: { id: made.id } })).body.visits.map((one) => one.status)).toEqual(['booked', 'booked', 'cancelled', 'cancelled'])
  })

  test('is taken back whole, and only while nobody has touched its visits', async () => {
    const made = await series('2027-01-18T07:00:00Z', 3)
    const first = at(made.visits, 0).appointmentId
    const changeId = uuid()
    const { body } = await cancel(made.id, made.version, first, 'all', changeId)
    expect((await cancel(made.id, made.version, first, 'all', changeId)).body).toEqual(body) // said twice
    const undo = () => desk('POST /series/:id/undo', { params: { id: made.id }, body: { id: uuid(), changeId } })
    const back = await undo()
    expect(back.body.visits.map((one) => one.status)).toEqual(['booked', 'booked', 'booked'])
    expect((await undo()).body).toEqual(back.body)
    const later = await cancel(made.id, back.body.version, first, 'all')
    const again = at(later.body.visits, 1)
    await desk('POST /appointments/:id/undo', { params: { id: again.appointmentId }, body: { version: again.version } })
    expect((await desk('POST /series/:id/undo', { params: { id: made.id }, body: { id: uuid(), changeId: later.body.undo?.changeId ?? '' } })).problem.code).toBe('stale_version')
    expect((await desk('POST /series/:id/undo', { params: { id: made.id }, body: { id: uuid(), changeId } })).problem.code).toBe('nothing_to_undo')
  })

  test('right after booking takes back every visit that it added', async () => {
    const made = await series('2027-01-19T07:00:00Z', 3)
    const { body } = await desk('POST /series/:id/undo', { params: { id: made.id }, body: { id: uuid(), changeId: made.undo?.changeId ?? '' } })
    expect(body.visits.map((one) => one.status)).toEqual(['booked', 'cancelled', 'cancelled'])
  })

  test('of a visit that is no member is refused', async () => {
    const made = await series('2027-01-20T07:00:00Z', 2)
    const stray = await visit('2027-01-21T13:00:00Z')
    expect((await cancel(made.id, made.version, stray.id, 'one')).problem.code).toBe('not_in_series')
  })
})
