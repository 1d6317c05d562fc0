import { parse } from 'csv-parse/sync'
import { v7 as uuid } from 'uuid'
import type { RegisteredVisit } from '@yoman/contract/registers'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { changeAppointment } from '@yoman/use-cases/appointments/change'
import { cancelAppointment, recordNoShow } from '@yoman/use-cases/appointments/step'
import { beforeAll, expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const accountant = await api.as(hadar.staff.accountant)
const at = (minutes: number) => castContext(api.cast, hadar, 'receptionist', api.database.apiPool, castNow.add({ minutes }))
const query = { from: '2026-11-23', to: '2026-11-23' }
const ids = { kept: uuid(), moved: uuid(), cancelled: uuid(), missed: uuid() }

const booked = (id: string, patientId: string, startsAt: string) =>
  bookAppointment(at(0), { id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId, startsAt: instant(startsAt), durationMinutes: 30 })

beforeAll(async () => {
  // The first request makes the server ready, which takes its time on a busy machine: a hook has more of it than a test.
  expect((await accountant('GET /registers/appointments', { query })).body.items).toEqual([])
  await booked(ids.kept, hadar.patients.sara, '2026-11-23T07:00:00Z')
  const { version } = await booked(ids.moved, hadar.patients.john, '2026-11-23T08:00:00Z')
  await booked(ids.cancelled, hadar.patients.olga, '2026-11-23T09:00:00Z')
  await booked(ids.missed, hadar.patients.ahmad, '2026-11-23T12:00:00Z')
  await changeAppointment(at(5), ids.moved, version, { startsAt: instant('2026-11-24T08:00:00Z') })
  await cancelAppointment(at(6), ids.cancelled, 'patient')
  await recordNoShow(at(2_000), ids.missed)
})

async function all(limit: number): Promise<RegisteredVisit[]> {
  const found: RegisteredVisit[] = []
  for (let cursor: string | undefined; ; ) {
    const { body } = await accountant('GET /registers/appointments', { query: { ...query, limit, ...(cursor === undefined ? {} : { cursor }) } })
    found.push(...body.items)
    if (body.next === null) return found
    cursor = body.next
  }
}

it('has every visit of a day by its hour, also what was cancelled, missed, or moved away', async () => {
  const visits = await all(50)
  expect(visits.map(({ visitId, startsAt, status, movedTo }) => [visitId, startsAt, status, movedTo])).toEqual([
    [ids.kept, '2026-11-23T07:00:00Z', 'booked', null],
    [ids.moved, '2026-11-23T08:00:00Z', 'booked', '2026-11-24T08:00:00Z'],
    [ids.cancelled, '2026-11-23T09:00:00Z', 'cancelled', null],
    [ids.missed, '2026-11-23T12:00:00Z', 'no_show', null],
  ])
  expect(await all(1)).toEqual(visits)
  expect((await accountant('GET /registers/appointments', { query: { from: '2026-11-24', to: '2026-11-24' } })).body.items.map(({ visitId, movedTo }) => [visitId, movedTo])).toEqual([[ids.moved, null]])
})

it('tells what happened to each, when and by whom', async () => {
  const visits = await all(50)
  const of = (id: string) => visits.find(({ visitId }) => visitId === id)?.history.map(({ by, status, moved }) => [by, moved ? `${moved.from} ${moved.to}` : status])
  const by = hadar.staff.receptionist.name
  expect(of(ids.moved)).toEqual([[by, 'booked'], [by, '2026-11-23T08:00:00Z 2026-11-24T08:00:00Z']])
  expect(of(ids.cancelled)).toEqual([[by, 'booked'], [by, 'cancelled']])
  expect(of(ids.missed)).toEqual([[by, 'booked'], [by, 'no_show']])
})

it('leaves as CSV of any period and as a PDF of at most a month, and names no kind of visit', async () => {
  const csv = await accountant('GET /registers/appointments/csv', { query: { from: '2026-01-01', to: '2026-12-31', language: 'en' } })
  const rows = parse(csv.raw.rawPayload.toString('utf8'), { bom: true, columns: true }) as Record<string, string>[]
  expect(rows.map((row) => [row['Date'], row['Hour'], row['State']])).toEqual([
    ['2026-11-23', '09:00', 'booked'], ['2026-11-23', '10:00', 'moved to 24/11/2026 10:00'], ['2026-11-23', '11:00', 'cancelled'], ['2026-11-23', '14:00', 'did not come'], ['2026-11-24', '10:00', 'booked'],
  ])
  expect(rows[2]?.['What happened']).toContain('cancelled, by the patient (')
  const { rows: types } = await api.database.ownerPool.query<{ name: string }>('select name from visit_type where clinic_id = $1 and id = $2', [hadar.id, hadar.visitTypes.checkUp])
  expect(csv.raw.rawPayload.toString('utf8')).not.toContain(types[0]?.name ?? '')
  const pdf = await accountant('GET /registers/appointments/pdf', { query: { ...query, language: 'he' } })
  expect([pdf.status, pdf.raw.rawPayload.subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
  expect((await accountant('GET /registers/appointments/pdf', { query: { from: '2026-01-01', to: '2026-02-01', language: 'he' } })).problem.code).toBe('book_period_invalid')
  expect((await accountant('GET /registers/appointments', { query: { from: '2026-11-24', to: '2026-11-23' } })).problem.code).toBe('book_period_invalid')
})

it("is the owner's and the accountant's, and of no other clinic", async () => {
  expect((await (await api.as(hadar.staff.receptionist))('GET /registers/appointments', { query })).status).toBe(403)
  expect((await (await api.as(thames.staff.owner))('GET /registers/appointments', { query })).body.items).toEqual([])
})
