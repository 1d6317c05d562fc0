import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const [desk, owner] = [await api.as(hadar.staff.receptionist), await api.as(hadar.staff.owner)]
const { center } = hadar.branches
const query = { branchId: center }
api.setNow(instant('2026-11-22T05:00:00Z')) // a Sunday, seven in the morning

const book = async (startsAt: string, patientId: string): Promise<string> =>
  (await desk('POST /appointments', { body: { id: uuid(), branchId: center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId, startsAt } })).body.id

const unplanned = await book('2026-11-24T07:00:00Z', hadar.patients.john)
await owner('POST /reminder-rules', { body: { id: uuid(), branchId: null, daysBefore: 1, atTime: '10:00', channel: 'sms', active: true } })
const tuesday = await book('2026-11-24T08:00:00Z', hadar.patients.sara)
const sunday = await book('2026-11-29T07:00:00Z', hadar.patients.ahmad)
const refusing = await book('2026-11-24T09:00:00Z', hadar.patients.rivka)
await desk('POST /patients/:id/consents', { params: { id: hadar.patients.rivka }, body: { id: uuid(), channel: 'sms', purpose: 'service', state: 'refused', source: 'desk' } })

test('a fortnight day by day: what leaves, what moved for the Sabbath, who will hear nothing, and what has no reminder', async () => {
  const { days, unplanned: without } = (await desk('GET /reminder-forecasts', { query })).body
  expect(days.map(({ date }) => date)).toEqual(Array.from({ length: 14 }, (_, n) => `2026-${n < 9 ? '11' : '12'}-${String(n < 9 ? 22 + n : n - 8).padStart(2, '0')}`))
  const on = (date: string) => days.find((day) => day.date === date)
  expect(on('2026-11-23')).toEqual({ date: '2026-11-23', closed: null, holiday: null, clockChange: null, leaves: 1, gone: 0, moved: 0, silent: 1 })
  expect(on('2026-11-27')).toMatchObject({ closed: 'eve', leaves: 1, moved: 1 })
  expect(on('2026-11-28')).toMatchObject({ closed: 'sabbath', leaves: 0 })
  expect(without).toBe(1)
})

test('each message of a day with whom, when and why', async () => {
  const day = async (date: string) => (await desk('GET /reminder-forecasts/:date', { params: { date }, query })).body.items.map(({ appointmentId, dueAt, fate, movedFor }) => [appointmentId, dueAt, fate, movedFor])
  expect(new Map((await day('2026-11-23')).map(([id, ...rest]) => [id, rest]))).toEqual(new Map([[tuesday, ['2026-11-23T08:00:00Z', 'leaves', null]], [refusing, ['2026-11-23T08:00:00Z', 'refused', null]]]))
  expect(await day('2026-11-27')).toEqual([[sunday, '2026-11-27T08:00:00Z', 'leaves', 'sabbath']])
})

test('a visit that is cancelled is no longer foreseen', async () => {
  await desk('POST /appointments/:id/cancellation', { params: { id: unplanned }, body: { reason: 'patient' } })
  await desk('POST /appointments/:id/cancellation', { params: { id: tuesday }, body: { reason: 'patient' } })
  const { days, unplanned: without } = (await desk('GET /reminder-forecasts', { query })).body
  expect(days.find(({ date }) => date === '2026-11-23')).toMatchObject({ leaves: 0, silent: 1 })
  expect(without).toBe(0)
})

test('is of one clinic and branch', async () => {
  const [stranger, northDesk] = await Promise.all([thames.staff.owner, hadar.staff.northReceptionist].map((who) => api.as(who)))
  expect((await stranger?.('GET /reminder-forecasts', { query }))?.status).toBe(404)
  expect((await northDesk?.('GET /reminder-forecasts/:date', { params: { date: '2026-11-23' }, query }))?.status).toBe(403)
})
