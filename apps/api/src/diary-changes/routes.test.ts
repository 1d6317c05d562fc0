import { expect, test } from 'vitest'
import { testApi } from '@yoman/testing/api'

const api = await testApi()
const { hadar, thames } = api.cast
const branchId = hadar.branches.center
const id = (last: number): string => `01930000-0000-7000-8000-${String(last).padStart(12, '0')}`

test('the desk hears what the doctor did, each with where it went, and only until it has looked', async () => {
  const [desk, doctor] = [await api.as(hadar.staff.receptionist), await api.as(hadar.staff.doctor)]
  const look = async () => (await desk('GET /diary-changes', { query: { branchId } })).body
  expect(await look()).toEqual({ items: [], unseen: 0 })

  const visit = { id: id(1), patientId: hadar.patients.sara, branchId, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, startsAt: '2026-11-23T08:00:00Z' }
  const booked = (await doctor('POST /appointments', { body: visit })).body
  await doctor('PATCH /appointments/:id', { params: { id: visit.id }, body: { version: booked.version, startsAt: '2026-11-23T09:00:00Z' } })
  await desk('POST /appointments', { body: { ...visit, id: id(2), startsAt: '2026-11-23T11:00:00Z' } })

  const { items, unseen } = await look()
  expect(unseen).toBe(2)
  expect(items.map(({ kind, by, from, to, appointmentId }) => [kind, by?.name, from?.startsAt, to?.startsAt, appointmentId])).toEqual([
    ['moved', hadar.staff.doctor.name, '2026-11-23T08:00:00Z', '2026-11-23T09:00:00Z', visit.id],
    ['booked', hadar.staff.doctor.name, undefined, undefined, visit.id],
  ])
  expect(items[0]).toMatchObject({ startsAt: '2026-11-23T09:00:00Z', cancelled: false, unseen: true, practitionerId: hadar.practitioners.doctor })
  expect(items[0]?.patient?.name).not.toBe('')

  expect((await desk('PUT /diary-changes/seen', { body: { branchId, changeId: items[0]?.id ?? '' } })).status).toBe(204)
  // An older window that marks less takes nothing back.
  await desk('PUT /diary-changes/seen', { body: { branchId, changeId: items[1]?.id ?? '' } })
  expect((await look()).unseen).toBe(0)
  await doctor('POST /appointments/:id/cancellation', { params: { id: visit.id }, body: { reason: 'clinic' } })
  const after = await look()
  expect([after.unseen, after.items[0]?.kind, after.items[0]?.cancelled]).toEqual([1, 'cancelled', true])
})

test('what happens in another branch or clinic is nobody else’s news', async () => {
  const north = await api.as(hadar.staff.northReceptionist)
  expect((await north('GET /diary-changes', { query: { branchId } })).status).toBe(403)
  const theirs = await (await api.as(thames.staff.receptionist))('GET /diary-changes', { query: { branchId } })
  expect(theirs.body).toEqual({ items: [], unseen: 0 })
  expect((await (await api.as(hadar.staff.accountant))('GET /diary-changes', { query: { branchId } })).status).toBe(403)
})
