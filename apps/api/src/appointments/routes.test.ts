import { expect, test } from 'vitest'
import { testApi } from '@yoman/testing/api'
import { v7 as uuid } from 'uuid'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)

const booking = (startsAt: string, more: object = {}) => ({
  id: uuid(),
  branchId: hadar.branches.center,
  practitionerId: hadar.practitioners.doctor,
  visitTypeId: hadar.visitTypes.checkUp,
  patientId: Object.values(hadar.patients)[0] as string,
  startsAt,
  ...more,
})

test('books a visit, shows it on the diary and answers the same for the same id', async () => {
  const body = booking('2026-11-23T08:00:00Z')
  const first = await desk('POST /appointments', { body })
  expect(first.problem).toMatchObject({ status: 'booked' })
  expect(first.status).toBe(201)
  expect(first.body.resourceIds).toEqual([hadar.practitioners.doctor, hadar.places.chair1])
  const again = await desk('POST /appointments', { body })
  expect([again.status, again.body]).toEqual([201, first.body])
  const diary = await desk('GET /diary', { query: { branchId: hadar.branches.center, date: '2026-11-23' } })
  expect(diary.status).toBe(200)
  expect(diary.body.visits.map((visit) => visit.id)).toEqual([body.id])
  expect(diary.body.columns.map((column) => column.resourceId)).toEqual([hadar.practitioners.doctor, hadar.practitioners.hygienist])
  expect(diary.body.columns[0]?.open).toEqual([
    { start: '2026-11-23T06:00:00Z', end: '2026-11-23T10:00:00Z' },
    { start: '2026-11-23T11:00:00Z', end: '2026-11-23T14:00:00Z' },
  ])
})
