import { v7 as uuid } from 'uuid'
import { beforeEach, expect, test } from 'vitest'
import type { Inputs } from '@yoman/contract/routes'
import { testApi } from '@yoman/testing/api'
import { castNow } from '@yoman/testing/cast'

// Dates of hours-exceptions, which close and open without a block.
const api = await testApi()
const { hadar } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const { doctor } = hadar.practitioners
type Dated = Inputs['POST /hours-exceptions']['body']

beforeEach(() => api.setNow(castNow))

const set = (given: Partial<Dated> & Pick<Dated, 'date'>) => owner('POST /hours-exceptions', { body: { id: uuid(), resourceId: doctor, branchId: hadar.branches.center, kind: 'closed', starts: null, ends: null, reason: '', ...given } })
const takeBack = async (id: string) => expect((await owner('DELETE /hours-exceptions/:id', { params: { id } })).status).toBe(204)
const book = async (startsAt: string, more: object = {}) => {
  const { status, body } = await desk('POST /appointments', { body: { id: uuid(), branchId: hadar.branches.center, practitionerId: doctor, visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients.sara, startsAt, ...more } })
  expect(status).toBe(201)
  return body.id
}
const waiting = async () => (await desk('GET /rebookings', { query: { branchId: hadar.branches.center } })).body.items.map(({ appointmentId, cause, resourceId }) => ({ appointmentId, cause, resourceId }))

test('a date that is closed puts the visits of that day on the rebooking list; taken back, they wait no longer', async () => {
  const hit = await book('2027-02-08T08:00:00Z')
  await book('2027-02-09T08:00:00Z')
  const closed = await set({ date: '2027-02-08' })
  expect(closed).toMatchObject({ status: 201, body: { hits: 1 } })
  expect(await waiting()).toEqual([{ appointmentId: hit, cause: 'hours', resourceId: doctor }])
  const { hits: _, ...again } = closed.body
  expect(await set(again)).toMatchObject({ status: 201, body: { id: closed.body.id, hits: 0 } })
  await takeBack(closed.body.id)
  expect(await waiting()).toEqual([])
})

test('some closed hours hit what lies in them, and what other closed hours still hit goes on waiting', async () => {
  const [early, late] = [await book('2027-02-15T07:00:00Z'), await book('2027-02-15T12:00:00Z')] // 09:00 and 14:00 in Haifa
  const morning = await set({ date: '2027-02-15', starts: '08:00', ends: '10:00' })
  expect(await waiting()).toEqual([{ appointmentId: early, cause: 'hours', resourceId: doctor }])
  const whole = await set({ date: '2027-02-15' })
  expect(whole.body.hits).toBe(1)
  expect((await waiting()).map(({ appointmentId }) => appointmentId)).toEqual([early, late])
  await takeBack(whole.body.id)
  expect((await waiting()).map(({ appointmentId }) => appointmentId)).toEqual([early])
  await takeBack(morning.body.id)
  expect(await waiting()).toEqual([])
})

test('the closing of a branch hits everybody in it but who works extra hours on purpose', async () => {
  const date = '2027-02-16'
  const extra = await set({ date, kind: 'open', starts: '08:00', ends: '12:00' })
  const [worked, hit] = [await book('2027-02-16T08:00:00Z'), await book('2027-02-16T12:00:00Z', { patientId: hadar.patients.ahmad })]
  const closed = await set({ date, resourceId: null })
  expect(closed.body.hits).toBe(1)
  expect((await waiting()).map(({ appointmentId }) => appointmentId)).toEqual([hit])
  await takeBack(extra.body.id)
  expect((await waiting()).map(({ appointmentId }) => appointmentId).sort()).toEqual([hit, worked].sort())
  await takeBack(closed.body.id)
  expect(await waiting()).toEqual([])
})

test('visits that stood in extra hours wait when those are taken back', async () => {
  const date = '2027-02-17'
  const extra = await set({ date, kind: 'open', starts: '19:00', ends: '21:00' })
  const visit = await book('2027-02-17T17:30:00Z')
  await takeBack(extra.body.id)
  expect(await waiting()).toEqual([{ appointmentId: visit, cause: 'hours', resourceId: doctor }])
})

test('a call that was written down by mistake is struck off again, and what was not written down cannot be', async () => {
  const id = async () => (await desk('GET /rebookings', { query: {} })).body.items[0]?.id ?? ''
  await book('2027-02-22T08:00:00Z')
  await set({ date: '2027-02-22' })
  const params = { id: await id() }
  const note = (told: boolean, takenBack?: boolean) => desk('POST /rebookings/:id/calls', { params, body: { told, ...(takenBack ? { takenBack } : {}) } })
  expect((await note(false, true)).problem.code).toBe('nothing_to_undo')
  expect((await note(false)).body).toMatchObject({ tries: 1 })
  expect((await note(true)).body.toldAt).not.toBeNull()
  expect((await note(true, true)).body).toMatchObject({ tries: 1, toldAt: null, toldByName: null })
  expect((await note(false, true)).body).toMatchObject({ tries: 0, triedAt: null })
})
