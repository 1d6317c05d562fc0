// A series that begins with a booking: seen before anything is booked, and booked with its first visit or not at all.
import { v7 as uuid } from 'uuid'
import type { Inputs } from '@yoman/contract/routes'
import { testApi } from '@yoman/testing/api'
import { expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const rule = { unit: 'week', every: 1 } as const
const place = { branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk }
const firstAt = (startsAt: string): Inputs['POST /appointments']['body'] => ({ id: uuid(), patientId: hadar.patients.sara, ...place, startsAt })
const preview = async ({ id: _, holdId: __, ...first }: Inputs['POST /appointments']['body'], count = 4) => desk('POST /series-previews', { body: { first, rule, ending: { count } } })
const bookedOf = async (id: string) => (await desk('GET /appointments/:id', { params: { id } })).status
const visitsOn = async (date: string) => (await desk('GET /diary', { query: { branchId: place.branchId, date } })).body.visits.map(({ id }) => id)

/** What would be booked, as the preview proposes it. */
async function plan(first: Inputs['POST /appointments']['body'], count = 4) {
  const { status, body } = await preview(first, count)
  expect(status).toBe(200)
  return body.occurrences.map(({ startsAt, practitionerId }) => ({ id: uuid(), startsAt, practitionerId }))
}

test('the dates are seen while nothing is booked, also for somebody who is not in the record yet', async () => {
  const first = firstAt('2026-12-06T07:00:00Z')
  const { patientId: _, ...unknown } = first
  const { body } = await desk('POST /series-previews', { body: { first: { ...place, startsAt: unknown.startsAt }, rule, ending: { count: 4 } } })
  expect(body.occurrences.map(({ position, startsAt, state }) => [position, startsAt, state])).toEqual([2, 3, 4].map((position) => [position, `2026-12-${String(6 + (position - 1) * 7).padStart(2, '0')}T07:00:00Z`, 'free']))
  expect(await visitsOn('2026-12-06')).toEqual([])
  expect((await desk('POST /series-previews', { body: { rule, ending: { count: 4 } } })).problem.code).toBe('reference_unknown')
})

test('all are booked in one stroke, over my own hold, and one undo takes all of them back', async () => {
  const hold = await desk('POST /holds', { body: { id: uuid(), ...place, startsAt: '2026-12-07T07:00:00Z' } })
  const first = { ...firstAt('2026-12-07T07:00:00Z'), holdId: hold.body.id }
  const visits = await plan(first)
  const id = uuid()
  const send = () => desk('POST /series', { body: { id, appointmentId: first.id, first, rule, visits } })
  const { status, body } = await send()
  expect([status, body.visits.map(({ appointmentId }) => appointmentId)]).toEqual([201, [first.id, ...visits.map((visit) => visit.id)]])
  expect((await send()).body).toEqual(body) // a repeated request
  expect(await visitsOn('2026-12-07')).toEqual([first.id])
  const undone = await desk('POST /series/:id/undo', { params: { id }, body: { id: uuid(), changeId: body.undo?.changeId ?? '' } })
  expect([undone.status, undone.body.visits.map(({ status: now }) => now)]).toEqual([200, ['cancelled', 'cancelled', 'cancelled', 'cancelled']])
})

test('whoever waited for it on the waitlist waits again when the series is taken back', async () => {
  const entry = await desk('POST /waitlist', { body: { id: uuid(), branchId: place.branchId, patientId: hadar.patients.sara, visitTypeId: place.visitTypeId, durationMinutes: null, practitionerIds: [], weekdays: [], parts: [], urgency: 'normal', until: null } })
  const standing = async () => (await desk('GET /waitlist', { query: { patientId: hadar.patients.sara } })).body.items.find(({ id }) => id === entry.body.id)?.status
  const first = { ...firstAt('2026-12-09T07:00:00Z'), entryId: entry.body.id }
  const id = uuid()
  const booked = await desk('POST /series', { body: { id, appointmentId: first.id, first, rule, visits: await plan(firstAt('2026-12-09T07:00:00Z')) } })
  expect([booked.status, await standing()]).toEqual([201, 'booked'])
  await desk('POST /series/:id/undo', { params: { id }, body: { id: uuid(), changeId: booked.body.undo?.changeId ?? '' } })
  expect(await standing()).toBe('open')
})

test('where one of the dates is lost meanwhile, the first is not booked either', async () => {
  const first = firstAt('2026-12-08T08:00:00Z')
  const visits = await plan(first)
  const rival = await owner('POST /appointments', { body: { ...firstAt('2026-12-22T08:00:00Z'), patientId: hadar.patients.john } })
  expect(rival.status).toBe(201)
  const lost = await desk('POST /series', { body: { id: uuid(), appointmentId: first.id, first, rule, visits } })
  expect([lost.status, lost.problem.code, lost.problem.params?.['startsAt']]).toEqual([409, 'slot_taken', '2026-12-22T08:00:00Z'])
  expect(await bookedOf(first.id)).toBe(404)
})

test('two desks book the same series in the same moment: one has it, the other has nothing of it', async () => {
  for (let round = 0; round < 3; round += 1) {
    const firsts = [firstAt(`2027-01-1${round}T09:00:00Z`), { ...firstAt(`2027-01-1${round}T09:00:00Z`), patientId: hadar.patients.john }] as const
    const visits = [await plan(firsts[0], 3), await plan(firsts[1], 3)] as const
    const answers = await Promise.all([desk, owner].map((who, index) => {
      const first = firsts[index === 0 ? 0 : 1]
      return who('POST /series', { body: { id: uuid(), appointmentId: first.id, first, rule, visits: visits[index === 0 ? 0 : 1] } })
    }))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect((await Promise.all(firsts.map(({ id }) => bookedOf(id)))).sort()).toEqual([200, 404])
  }
})

test("another clinic's places cannot be planned, and the first is the one that is named", async () => {
  const stranger = await api.as(thames.staff.receptionist)
  const first = firstAt('2026-12-09T07:00:00Z')
  expect((await stranger('POST /series-previews', { body: { first: { ...place, startsAt: first.startsAt }, rule, ending: { count: 3 } } })).status).toBeGreaterThanOrEqual(400)
  expect((await stranger('POST /series', { body: { id: uuid(), appointmentId: first.id, first, rule, visits: [{ id: uuid(), startsAt: first.startsAt, practitionerId: place.practitionerId }] } })).status).toBeGreaterThanOrEqual(400)
  expect((await desk('POST /series', { body: { id: uuid(), appointmentId: uuid(), first, rule, visits: await plan(first, 3) } })).problem.code).toBe('reference_unknown')
})
