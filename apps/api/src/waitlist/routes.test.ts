import type { Inputs } from '@yoman/contract/routes'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castId, castNow } from '@yoman/testing/cast'
import { beforeEach, describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const north = await api.as(hadar.staff.northReceptionist)
const doctor = await api.as(hadar.staff.doctor)
const owner = await api.as(hadar.staff.owner)

beforeEach(() => api.setNow(castNow))

let made = 0
const freshId = (): string => castId('waitlist', String((made += 1)))
type NewEntry = Inputs['POST /waitlist']['body']
const wish = (more: Partial<NewEntry> = {}): NewEntry => ({
  id: freshId(), branchId: hadar.branches.center, patientId: hadar.patients.sara, visitTypeId: hadar.visitTypes.talk, durationMinutes: null,
  practitionerIds: [], weekdays: [], parts: [], urgency: 'normal', until: null, ...more,
})
const wait = async (more: Partial<NewEntry> = {}) => {
  const { status, body } = await desk('POST /waitlist', { body: wish(more) })
  expect(status).toBe(201)
  return body
}
const at = (startsAt: string) => ({ branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, startsAt })
const fitting = async (startsAt: string) => (await desk('POST /waitlist-matches', { body: at(startsAt) })).body.items.map(({ entry }) => entry.id)
const book = async (startsAt: string, patient: keyof typeof hadar.patients = 'olga') => {
  const { status, body } = await desk('POST /appointments', { body: { id: freshId(), ...at(startsAt), visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients[patient] } })
  expect(status).toBe(201)
  return body
}
const offerTo = (startsAt: string, entryIds: readonly string[], toldBy: 'sms' | 'phone' = 'phone') =>
  desk('POST /waitlist-offers', { body: { holdId: freshId(), ...at(startsAt), offers: entryIds.map((entryId) => ({ id: freshId(), entryId, toldBy })) } })
const clear = async () => {
  const { body } = await desk('GET /waitlist', { query: { status: 'open', limit: 200 } })
  for (const { id, version } of body.items) expect((await desk('POST /waitlist/:id/closing', { params: { id }, body: { version, outcome: 'removed' } })).status).toBe(200)
}

describe('the list', () => {
  test('keeps wishes, answers a repeated request with the same entry, and shows the most urgent first', async () => {
    const body = wish({ practitionerIds: [hadar.practitioners.doctor], weekdays: [7, 1], parts: ['morning'], until: '2026-12-10', note: 'אפשר גם ברגע האחרון' })
    const first = await desk('POST /waitlist', { body })
    expect(first.status).toBe(201)
    expect(first.body).toMatchObject({ id: body.id, weekdays: [7, 1], parts: ['morning'], practitionerIds: [hadar.practitioners.doctor], until: '2026-12-10', note: 'אפשר גם ברגע האחרון', patient: { id: hadar.patients.sara, givenName: 'שרה' }, status: 'open', offered: false, appointment: null, version: 1 })
    expect((await desk('POST /waitlist', { body })).body).toEqual(first.body)
    expect((await doctor('POST /waitlist', { body })).problem.code).toBe('id_taken')
    api.setNow(castNow.add({ minutes: 5 }))
    const urgent = await wait({ patientId: hadar.patients.ahmad, urgency: 'urgent' })
    const page = await desk('GET /waitlist', { query: { status: 'open', branchId: hadar.branches.center, limit: 1 } })
    expect(page.body.items.map(({ id }) => id)).toEqual([urgent.id])
    const next = await desk('GET /waitlist', { query: { status: 'open', branchId: hadar.branches.center, limit: 1, cursor: page.body.next ?? '' } })
    expect(next.body.items.map(({ id }) => id)).toEqual([body.id])
    expect((await desk('GET /waitlist', { query: { patientId: hadar.patients.ahmad } })).body.items.map(({ id }) => id)).toEqual([urgent.id])
    await clear()
  })

  test('changes wishes, closes and reopens an entry, and tells whoever was slower', async () => {
    const entry = await wait()
    const changed = await desk('PATCH /waitlist/:id', { params: { id: entry.id }, body: { version: 1, parts: ['evening'], practitionerIds: [hadar.practitioners.doctor], urgency: 'soon' } })
    expect(changed.body).toMatchObject({ parts: ['evening'], practitionerIds: [hadar.practitioners.doctor], urgency: 'soon', weekdays: [], version: 2 })
    expect((await doctor('PATCH /waitlist/:id', { params: { id: entry.id }, body: { version: 1, note: 'x' } })).problem).toMatchObject({ code: 'stale_version', params: { current: 2 } })
    expect((await desk('POST /waitlist/:id/closing', { params: { id: entry.id }, body: { version: 2, outcome: 'done' } })).body).toMatchObject({ status: 'done', closedAt: castNow.toString() })
    expect((await desk('PATCH /waitlist/:id', { params: { id: entry.id }, body: { version: 3, note: 'x' } })).problem.code).toBe('waitlist_entry_closed')
    expect((await desk('GET /waitlist', { query: { status: 'done' } })).body.items.map(({ id }) => id)).toContain(entry.id)
    expect((await desk('POST /waitlist/:id/reopening', { params: { id: entry.id }, body: { version: 3 } })).body).toMatchObject({ status: 'open', waitingSince: entry.waitingSince, version: 4 })
    await clear()
  })

  test('refuses a last day that is over, a visit of somebody else, and a visit that waits already', async () => {
    expect((await desk('POST /waitlist', { body: wish({ until: '2026-11-21' }) })).problem.code).toBe('waitlist_until_past')
    const visit = await book('2026-12-01T08:00:00Z', 'sara')
    expect((await desk('POST /waitlist', { body: wish({ patientId: hadar.patients.ahmad, appointmentId: visit.id }) })).problem.code).toBe('reference_unknown')
    const entry = await wait({ appointmentId: visit.id })
    expect(entry.appointment).toMatchObject({ id: visit.id, startsAt: '2026-12-01T08:00:00Z' })
    expect((await desk('POST /waitlist', { body: wish({ appointmentId: visit.id }) })).problem.code).toBe('already_waiting')
    await clear()
  })

  test('is closed to other clinics and to branches in which one does not work', async () => {
    const entry = await wait()
    const stranger = await api.as(thames.staff.receptionist)
    expect((await stranger('PATCH /waitlist/:id', { params: { id: entry.id }, body: { version: 1, note: 'x' } })).status).toBe(404)
    expect((await stranger('GET /waitlist')).body.items).toEqual([])
    expect((await north('POST /waitlist', { body: wish() })).status).toBe(403)
    expect((await north('PATCH /waitlist/:id', { params: { id: entry.id }, body: { version: 1, note: 'x' } })).status).toBe(403)
    await clear()
  })
})

describe('who fits a place', () => {
  test('goes by practitioner, day, part of the day, last day, and what the patient has already; the longest waiting first', async () => {
    const monday = '2026-11-23T08:00:00Z' // 10:00 in Haifa
    const [long, other] = [await wait({ patientId: hadar.patients.sara }), await wait({ patientId: hadar.patients.john, practitionerIds: [hadar.practitioners.otherDoctor] })]
    const evening = await wait({ patientId: hadar.patients.noam, parts: ['evening'] })
    const sunday = await wait({ patientId: hadar.patients.noam, weekdays: [7] })
    const today = await wait({ patientId: hadar.patients.rivka, until: '2026-11-22' })
    const cleaning = await wait({ patientId: hadar.patients.rivka, visitTypeId: hadar.visitTypes.cleaning })
    api.setNow(castNow.add({ minutes: 1 }))
    const [late, busy] = [await wait({ patientId: hadar.patients.ahmad, weekdays: [1], parts: ['morning'], until: '2026-11-23' }), await wait({ patientId: hadar.patients.olga })]
    const urgent = await wait({ patientId: hadar.patients.noam, urgency: 'urgent' })
    const elsewhere = await desk('POST /appointments', { body: { id: freshId(), branchId: hadar.branches.center, practitionerId: hadar.practitioners.hygienist, visitTypeId: hadar.visitTypes.cleaning, patientId: hadar.patients.olga, startsAt: '2026-11-23T07:30:00Z' } })
    expect(elsewhere.status).toBe(201)
    expect(await fitting(monday)).toEqual([urgent.id, long.id, late.id])
    expect([other, evening, sunday, today, cleaning, busy].map(({ id }) => id).filter((id) => [urgent.id, long.id, late.id].includes(id))).toEqual([])
    await clear()
  })

  test('a visit that waits for an earlier time is not offered a later one', async () => {
    const visit = await book('2026-11-26T08:00:00Z', 'sara')
    const entry = await wait({ appointmentId: visit.id })
    expect(await fitting('2026-11-25T08:00:00Z')).toEqual([entry.id])
    expect(await fitting('2026-11-26T09:00:00Z')).toEqual([])
    await clear()
  })

  test('a cancelled or moved visit leaves a place that is proposed until somebody takes it, or the desk leaves it empty', async () => {
    const places = async () => (await desk('GET /waitlist-places', { query: { branchId: hadar.branches.center } })).body.items.map(({ startsAt, fitting: count }) => [startsAt, count])
    const visit = await book('2026-11-24T09:00:00Z')
    await wait()
    expect(await places()).toEqual([])
    await desk('PATCH /appointments/:id', { params: { id: visit.id }, body: { version: 1, startsAt: '2026-11-24T09:30:00Z' } })
    expect(await places()).toEqual([['2026-11-24T09:00:00Z', 1]])
    await desk('POST /appointments/:id/cancellation', { params: { id: visit.id }, body: { reason: 'patient' } })
    expect(await places()).toEqual([['2026-11-24T09:00:00Z', 1], ['2026-11-24T09:30:00Z', 1]])
    await book('2026-11-24T09:00:00Z')
    expect(await places()).toEqual([['2026-11-24T09:30:00Z', 1]])
    const [place] = (await desk('GET /waitlist-places', { query: { branchId: hadar.branches.center } })).body.items
    expect((await desk('POST /waitlist-places/:id/dismissal', { params: { id: place?.id ?? '' } })).status).toBe(204)
    expect(await places()).toEqual([])
    await clear()
  })
})

describe('an offer', () => {
  test('holds the place, names each who was asked, and the first who says yes has it', async () => {
    const [one, two] = [await wait({ patientId: hadar.patients.sara }), await wait({ patientId: hadar.patients.ahmad })]
    const start = '2026-11-25T09:00:00Z'
    const made = await offerTo(start, [one.id, two.id])
    expect(made.status).toBe(201)
    expect(made.body.items.map(({ status, expiresAt }) => [status, expiresAt])).toEqual(Array(2).fill(['open', castNow.add({ minutes: 15 }).toString()]))
    expect((await desk('POST /appointments', { body: { id: freshId(), ...at(start), visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients.john } })).problem.code).toBe('slot_held')
    expect(await fitting(start)).toEqual([])
    const [first, second] = [made.body.items.find(({ entryId }) => entryId === two.id), made.body.items.find(({ entryId }) => entryId === one.id)]
    const taken = await desk('POST /waitlist-offers/:id/acceptance', { params: { id: first?.id ?? '' } })
    expect(taken.body).toMatchObject({ status: 'taken', answeredBy: 'desk', patient: { id: hadar.patients.ahmad } })
    expect((await desk('POST /waitlist-offers/:id/acceptance', { params: { id: first?.id ?? '' } })).body).toEqual(taken.body)
    expect((await desk('POST /waitlist-offers/:id/acceptance', { params: { id: second?.id ?? '' } })).problem).toMatchObject({ code: 'offer_gone', params: { state: 'lost' } })
    expect((await desk('GET /appointments/:id', { params: { id: taken.body.bookedId ?? '' } })).body.appointment).toMatchObject({ status: 'booked', startsAt: start, patientId: hadar.patients.ahmad })
    const list = await desk('GET /waitlist', { query: { status: 'open' } })
    expect(list.body.items.map(({ id }) => id)).toEqual([one.id])
    expect((await desk('GET /waitlist', { query: { status: 'booked' } })).body.items).toMatchObject([{ id: two.id, bookedId: taken.body.bookedId }])
    await clear()
  })

  test('moves the visit that the patient had, and its place starts the next round', async () => {
    const visit = await book('2026-12-02T12:30:00Z', 'sara')
    const [moving, next] = [await wait({ appointmentId: visit.id }), await wait({ patientId: hadar.patients.ahmad })]
    const made = await offerTo('2026-11-25T11:00:00Z', [moving.id])
    const taken = await desk('POST /waitlist-offers/:id/acceptance', { params: { id: made.body.items[0]?.id ?? '' } })
    expect(taken.body.bookedId).toBe(visit.id)
    expect((await desk('GET /appointments/:id', { params: { id: visit.id } })).body.appointment).toMatchObject({ startsAt: '2026-11-25T11:00:00Z', status: 'booked', version: 2 })
    const places = await desk('GET /waitlist-places', { query: { branchId: hadar.branches.center } })
    expect(places.body.items).toMatchObject([{ startsAt: '2026-12-02T12:30:00Z', fitting: 1 }])
    expect(await fitting('2026-12-02T12:30:00Z')).toEqual([next.id])
    await clear()
  })

  test('that is declined or withdrawn by all gives the place free, and who declined is told apart', async () => {
    const [one, two] = [await wait({ patientId: hadar.patients.sara }), await wait({ patientId: hadar.patients.ahmad })]
    const start = '2026-11-26T11:00:00Z'
    const { body } = await offerTo(start, [one.id, two.id])
    const [first, second] = body.items
    expect((await desk('POST /waitlist-offers/:id/decline', { params: { id: first?.id ?? '' } })).body.status).toBe('declined')
    expect((await desk('POST /waitlist-offers/:id/acceptance', { params: { id: first?.id ?? '' } })).problem.params).toEqual({ state: 'declined' })
    expect((await desk('POST /waitlist-offers/:id/withdrawal', { params: { id: second?.id ?? '' } })).body.status).toBe('withdrawn')
    const matches = await desk('POST /waitlist-matches', { body: at(start) })
    expect(matches.body.items.map(({ entry, askedBefore }) => [entry.id, askedBefore])).toEqual([one.id, two.id].toSorted().map((id) => [id, id === first?.entryId]))
    const open = await desk('GET /waitlist-offers', { query: { branchId: hadar.branches.center } })
    expect(open.body.items.filter(({ holdId }) => holdId === first?.holdId).map(({ status }) => status).toSorted()).toEqual(['declined', 'withdrawn'])
    await book(start)
    await clear()
  })

  test('cannot be answered once its time is up, and does not outlive the entry', async () => {
    const one = await wait()
    const { body } = await offerTo('2026-11-30T11:00:00Z', [one.id])
    api.setNow(castNow.add({ minutes: 15 }))
    expect((await desk('POST /waitlist-offers/:id/acceptance', { params: { id: body.items[0]?.id ?? '' } })).problem).toMatchObject({ code: 'offer_gone', params: { state: 'expired' } })
    api.setNow(castNow.add({ minutes: 14 }))
    expect((await desk('POST /waitlist/:id/closing', { params: { id: one.id }, body: { version: 1, outcome: 'removed' } })).status).toBe(200)
    expect((await desk('POST /waitlist-offers/:id/acceptance', { params: { id: body.items[0]?.id ?? '' } })).problem).toMatchObject({ code: 'offer_gone', params: { state: 'withdrawn' } })
    await book('2026-11-30T11:00:00Z')
  })

  test('is made by the desk and the owner alone, once for the same hold, and for places that can be', async () => {
    const one = await wait()
    const body = { holdId: freshId(), ...at('2026-12-01T11:00:00Z'), offers: [{ id: freshId(), entryId: one.id, toldBy: 'phone' as const }] }
    expect((await doctor('POST /waitlist-offers', { body })).status).toBe(403)
    expect((await north('POST /waitlist-offers', { body })).status).toBe(403)
    const first = await owner('POST /waitlist-offers', { body })
    expect((await owner('POST /waitlist-offers', { body })).body).toEqual(first.body)
    expect((await desk('DELETE /holds/:id', { params: { id: body.holdId } })).status).toBe(404)
    expect((await offerTo('2026-12-01T11:10:00Z', [one.id])).problem.code).toBe('slot_held')
    expect((await offerTo('2026-12-01T04:00:00Z', [one.id])).problem.code).toBe('outside_working_hours')
    expect((await offerTo('2026-12-01T13:00:00Z', [freshId()])).problem.code).toBe('reference_unknown')
    await clear()
  })

  test('goes by SMS to whom it may, at hours at which it may', async () => {
    const [refused, reachable] = [await wait({ patientId: hadar.patients.rivka }), await wait({ patientId: hadar.patients.sara })]
    expect((await offerTo('2026-12-02T11:00:00Z', [refused.id], 'sms')).problem.code).toBe('no_consent')
    api.setNow(instant('2026-11-28T08:00:00Z')) // the Sabbath
    expect((await offerTo('2026-12-02T11:00:00Z', [reachable.id], 'sms')).problem.code).toBe('offer_outside_sending_hours')
    const [first] = (await desk('POST /waitlist-matches', { body: at('2026-12-02T11:00:00Z') })).body.items.filter(({ entry }) => entry.id === reachable.id)
    expect(first?.noSms).toBe('offer_outside_sending_hours')
    api.setNow(castNow)
    const { body, status } = await offerTo('2026-12-02T11:00:00Z', [reachable.id], 'sms')
    expect([status, body.items[0]?.message]).toEqual([201, 'queued'])
    const message = await api.database.db.selectFrom('message').selectAll().where('offer_id', '=', body.items[0]?.id ?? '').executeTakeFirstOrThrow()
    expect(message).toMatchObject({ kind: 'offer', channel: 'sms', to_address: '+972501234501', useful_until: castNow.add({ minutes: 15 }) })
    expect(message.body).toContain('{link}')
    expect(message.body).not.toContain('שיחה')
    await clear()
  })
})

test('the length of an offer is the clinic\'s to say', async () => {
  expect((await desk('GET /waitlist-settings')).body).toEqual({ offerMinutes: 15, offerNext: false, version: 0 })
  expect((await desk('PUT /waitlist-settings', { body: { version: 0, offerMinutes: 30, offerNext: true } })).status).toBe(403)
  const saved = await owner('PUT /waitlist-settings', { body: { version: 0, offerMinutes: 30, offerNext: false } })
  expect(saved.body).toEqual({ offerMinutes: 30, offerNext: false, version: 1 })
  expect((await owner('PUT /waitlist-settings', { body: { version: 0, offerMinutes: 20, offerNext: false } })).problem).toMatchObject({ code: 'stale_version', params: { current: 1 } })
  const entry = await wait()
  const { body } = await offerTo('2026-12-03T09:00:00Z', [entry.id])
  expect(body.items[0]?.expiresAt).toBe(castNow.add({ minutes: 30 }).toString())
  await owner('PUT /waitlist-settings', { body: { version: 1, offerMinutes: 15, offerNext: false } })
  await clear()
})

describe('a booking made for one who waits', () => {
  const booking = (entryId: string, startsAt: string, more: { patientId?: string } = {}) => ({ id: freshId(), ...at(startsAt), visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients.sara, entryId, ...more })
  const entryOf = async (id: string) => [...(await desk('GET /waitlist', { query: { patientId: hadar.patients.sara, limit: 200 } })).body.items].find((entry) => entry.id === id)

  test('settles the entry and takes back what was offered; saying it twice settles it once', async () => {
    const entry = await wait()
    expect((await offerTo('2027-01-04T08:00:00Z', [entry.id])).status).toBe(201)
    const body = booking(entry.id, '2027-01-04T09:00:00Z')
    const booked = await desk('POST /appointments', { body })
    expect(booked.status).toBe(201)
    expect(await entryOf(entry.id)).toMatchObject({ status: 'booked', bookedId: body.id, offered: false })
    const offers = (await desk('GET /waitlist-offers', { query: { branchId: hadar.branches.center } })).body.items.filter(({ entryId }) => entryId === entry.id)
    expect(offers.map(({ status }) => status)).toEqual(['withdrawn'])
    expect((await desk('POST /appointments', { body })).body.id).toBe(body.id)
    expect((await desk('POST /appointments', { body: booking(entry.id, '2027-01-04T07:00:00Z') })).problem.code).toBe('waitlist_entry_closed')
  })

  test('taken back, the patient waits again as before; brought back, they do not', async () => {
    const entry = await wait()
    const body = booking(entry.id, '2027-01-05T09:00:00Z')
    const { version } = (await desk('POST /appointments', { body })).body
    const back = await desk('POST /appointments/:id/cancellation', { params: { id: body.id }, body: { reason: 'other', takesBack: true, version } })
    expect(back.status).toBe(200)
    expect(await entryOf(entry.id)).toMatchObject({ status: 'open', bookedId: null, waitingSince: entry.waitingSince, closedAt: null })
    expect((await desk('POST /appointments/:id/undo', { params: { id: body.id }, body: { version: back.body.version } })).status).toBe(200)
    expect(await entryOf(entry.id)).toMatchObject({ status: 'booked', bookedId: body.id })
  })

  test('cancelled on another day, it leaves the list as it is: nobody is asked who did not say that they still wait', async () => {
    const entry = await wait()
    const body = booking(entry.id, '2027-01-06T09:00:00Z')
    expect((await desk('POST /appointments', { body })).status).toBe(201)
    expect((await desk('POST /appointments/:id/cancellation', { params: { id: body.id }, body: { reason: 'patient' } })).status).toBe(200)
    expect(await entryOf(entry.id)).toMatchObject({ status: 'booked' })
  })

  test("is refused for another patient's entry, for one that waits with a visit, and books nothing then", async () => {
    const entry = await wait()
    expect((await desk('POST /appointments', { body: booking(entry.id, '2027-01-07T09:00:00Z', { patientId: hadar.patients.ahmad }) })).problem.code).toBe('reference_unknown')
    const visit = await book('2027-01-12T08:00:00Z', 'sara')
    const earlier = await wait({ appointmentId: visit.id })
    expect((await desk('POST /appointments', { body: booking(earlier.id, '2027-01-07T09:00:00Z') })).problem.code).toBe('reference_unknown')
    const free = await desk('POST /appointments', { body: booking(entry.id, '2027-01-07T09:00:00Z') })
    expect(free.status).toBe(201) // nothing of the refused ones has stayed
    await clear()
  })

  test('two desks that book for the same entry at once: one settles it, the other books nothing', async () => {
    const entry = await wait()
    const answers = await Promise.all(['2027-01-11T08:00:00Z', '2027-01-11T09:00:00Z'].map((startsAt) => desk('POST /appointments', { body: booking(entry.id, startsAt) })))
    expect(answers.map(({ status, problem }) => (status === 201 ? 'booked' : problem.code)).sort()).toEqual(['booked', 'waitlist_entry_closed'])
    expect((await entryOf(entry.id))?.bookedId).toBe(answers.find(({ status }) => status === 201)?.body.id)
  })
})
