import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { composeStatementMessage } from '@yoman/messaging/statements/compose'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { systemContext } from '@yoman/use-cases/context'
import { dueStatements, writeStatement } from '@yoman/use-cases/statements/write'
import { testVault } from '@yoman/testing/cast'
import { beforeAll, describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const [desk, owner, doctor, assistant, other] = await Promise.all([api.as(hadar.staff.receptionist), api.as(hadar.staff.owner), api.as(hadar.staff.doctor), api.as(hadar.staff.assistant), api.as(thames.staff.owner)])
const { sara, olga, noam } = hadar.patients
const month = '2026-11'
let minute = 0

/** A visit of today that is over and unpaid: a transaction invoice of 180 shekels. */
async function bill(patientId: string): Promise<void> {
  const id = uuid()
  const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow)
  await bookAppointment(ctx, {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId, startsAt: castNow.add({ minutes: 60 + 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  await recordArrival(ctx, id)
  await startTreatment(ctx, id)
  await completeAppointment(ctx, id)
  expect((await owner('POST /appointments/:id/invoice', { params: { id } })).body.kind).toBe('300')
}

beforeAll(async () => {
  for (const patient of [sara, olga, noam]) await bill(patient)
  expect((await owner('PUT /statement-settings', { body: { readers: 'owing', day: 1, version: 0 } })).body).toEqual({ readers: 'owing', day: 1, version: 1 })
  const worker = systemContext({ pool: api.database.workerPool, vault: testVault() }, hadar.id, instant('2026-12-01T08:00:00Z'))
  const due = await dueStatements(worker)
  expect(due?.readerIds.toSorted()).toEqual([sara, olga].toSorted())
  for (const readerId of due?.readerIds ?? []) if (due) await writeStatement(worker, readerId, due.month, composeStatementMessage)
})

describe('the statements of a month', () => {
  it('are listed by name, with what became of each and the sums of all', async () => {
    const { body } = await desk('GET /statements', { query: { month } })
    expect(body.totals).toEqual({ statements: 2, unreached: 1, owedAgorot: 54_000 })
    expect(body.months).toEqual([month])
    expect(body.items.map((one) => [one.patient.id, one.owedAgorot, one.state, one.reason]).toSorted()).toEqual([[sara, 36_000, 'queued', null], [olga, 18_000, 'skipped', 'no_consent']].toSorted())
    const pages = [(await desk('GET /statements', { query: { month, limit: 1 } })).body]
    pages.push((await desk('GET /statements', { query: { month, limit: 1, cursor: pages[0]?.next ?? '' } })).body)
    expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(body.items.map(({ id }) => id))
    expect((await desk('GET /statements', { query: { month, unreached: true } })).body.items.map((one) => one.patient.id)).toEqual([olga])
    expect((await desk('GET /statements', { query: { month: '2026-10' } })).body.totals.statements).toBe(0)
    expect((await other('GET /statements', { query: { month } })).body).toMatchObject({ items: [], months: [] })
  })

  it('open as they were written, each reading recorded; another clinic has none of them', async () => {
    const first = (await desk('GET /statements', { query: { month } })).body.items.find(({ patient }) => patient.id === sara)
    const params = { id: first?.id ?? '' }
    const file = await desk('GET /statements/:id/pdf', { params })
    expect([file.status, file.raw.rawPayload.subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
    expect((await desk('GET /statements/:id/pdf', { params })).raw.rawPayload.equals(file.raw.rawPayload)).toBe(true)
    expect((await other('GET /statements/:id/pdf', { params })).status).toBe(404)
    const { rows } = await api.database.ownerPool.query(`select patient_id, count(*)::int as readings from event where name = 'patient.read' and details->>'kind' = 'statement' group by 1`)
    expect(rows.map(({ patient_id, readings }) => [patient_id, readings]).toSorted()).toEqual([[sara, 2], [noam, 2]].toSorted()) // whose money it tells of
  })

  it('cannot be asked for by a month that is none', async () => {
    expect((await desk('GET /statements', { query: { month: '2026-13' } })).status).toBe(400)
    expect((await desk('GET /patients/:id/statement', { params: { id: sara }, query: { month: 'now' } })).status).toBe(400)
  })
})

describe('a statement by hand', () => {
  it('is shown as it stands, of whoever pays for the patient', async () => {
    const file = await desk('GET /patients/:id/statement', { params: { id: noam }, query: { month, language: 'en' } })
    expect([file.status, file.raw.rawPayload.subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
    expect((await other('GET /patients/:id/statement', { params: { id: sara }, query: { month } })).status).toBe(404)
    expect((await assistant('GET /patients/:id/statement', { params: { id: sara }, query: { month } })).status).toBe(403)
  })

  it('is mailed once for one id, to who agreed alone', async () => {
    const id = uuid()
    for (let twice = 0; twice < 2; twice += 1) expect((await desk('POST /patients/:id/statements', { params: { id: noam }, body: { id, month } })).status).toBe(204)
    const messages = await api.database.db.selectFrom('message').select(['patient_id', 'to_address', 'statement_id']).where('id', '=', id).execute()
    expect(messages).toEqual([{ patient_id: sara, to_address: 'sara@patients.example', statement_id: id }])
    expect((await desk('GET /statements', { query: { month } })).body.items.filter(({ byHand }) => byHand)).toMatchObject([{ id, patient: { id: sara }, state: 'queued' }])
    expect((await desk('POST /patients/:id/statements', { params: { id: olga }, body: { id: uuid(), month } })).problem.code).toBe('no_consent')
    expect((await desk('POST /patients/:id/statements', { params: { id: olga }, body: { id, month } })).problem.code).toBe('id_taken')
    expect((await doctor('POST /patients/:id/statements', { params: { id: uuid() }, body: { id: uuid(), month } })).status).toBeGreaterThanOrEqual(403)
    expect((await other('POST /patients/:id/statements', { params: { id: sara }, body: { id: uuid(), month } })).status).toBe(404)
  })
})

describe('the rule', () => {
  it('is the owner\'s to set, on top of what stands; another clinic has its own', async () => {
    expect((await desk('GET /statement-settings')).body).toEqual({ readers: 'owing', day: 1, version: 1 })
    expect((await desk('PUT /statement-settings', { body: { readers: 'nobody', day: 1, version: 1 } })).status).toBe(403)
    expect((await owner('PUT /statement-settings', { body: { readers: 'moved', day: 5, version: 0 } })).problem.code).toBe('stale_version')
    expect((await owner('PUT /statement-settings', { body: { readers: 'moved', day: 22, version: 1 } })).status).toBe(400)
    expect((await owner('PUT /statement-settings', { body: { readers: 'moved', day: 5, version: 1 } })).body).toEqual({ readers: 'moved', day: 5, version: 2 })
    expect((await other('GET /statement-settings')).body).toEqual({ readers: 'nobody', day: 1, version: 0 })
  })
})
