import { parse } from 'csv-parse/sync'
import { v7 as uuid } from 'uuid'
import { customerKey } from '@yoman/domain/books/book-document'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { beforeAll, expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const doctor = await api.as(hadar.staff.doctor)
const accountant = await api.as(hadar.staff.accountant)
const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow)
const params = { id: hadar.patients.sara }
const description = 'סתימה עמוקה, קרוב לעצב'

/** A finished visit with a filling of 450 shekels; paid as told. */
async function filled(paidAgorot: number, at: string): Promise<void> {
  const appointmentId = uuid()
  await bookAppointment(ctx, { id: appointmentId, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara, startsAt: instant(`2026-11-22T${at}:00Z`), durationMinutes: 5, outsideHours: true })
  await recordArrival(ctx, appointmentId)
  await startTreatment(ctx, appointmentId)
  const opened = await doctor('POST /encounters', { body: { id: uuid(), appointmentId } })
  expect(opened.status).toBe(201)
  await api.database.ownerPool.query(
    'insert into procedure_done (clinic_id, id, encounter_id, price_item_id, description, tooth, surfaces, quantity, unit_price_agorot, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, 1, 45000, $8)',
    [hadar.id, uuid(), opened.body.id, hadar.prices.filling, description, '36', 'MO', castNow.toString()],
  )
  await api.database.ownerPool.query("update encounter set status = 'signed', signed_at = $2, signed_by = $3 where id = $1", [opened.body.id, castNow.toString(), hadar.staff.doctor.id])
  await completeAppointment(ctx, appointmentId)
  if (paidAgorot > 0) expect((await desk('POST /payments', { body: { id: uuid(), appointmentId, method: 'card', amountAgorot: paidAgorot } })).status).toBe(201)
  expect((await desk('POST /appointments/:id/invoice', { params: { id: appointmentId } })).status).toBe(201)
}

beforeAll(async () => {
  await filled(45_000, '08:00')
  await filled(0, '08:30')
})

it('has what was done, each document with the money that came with it, and what is owed', async () => {
  const { status, body } = await accountant('GET /patients/:id/card', { params })
  expect(status).toBe(200)
  expect(body).toMatchObject({ key: customerKey(params.id), patient: { id: params.id }, treatedAgorot: 90_000, receivedAgorot: 45_000, owedAgorot: 45_000, waitingAgorot: 0 })
  expect(body.treatments.map(({ on, totalAgorot }) => [on, totalAgorot])).toEqual([['2026-11-22', 45_000], ['2026-11-22', 45_000]])
  expect(body.documents.map(({ kind, on, totalAgorot, receivedAgorot, owedAgorot }) => [kind, on, totalAgorot, receivedAgorot, owedAgorot])).toEqual([['320', '2026-11-22', 45_000, 45_000, 0], ['300', '2026-11-22', 45_000, 0, 45_000]])
  expect((await desk('GET /debts/:patientId', { params: { patientId: params.id } })).body.items.reduce((sum, one) => sum + one.owedAgorot, 0)).toBe(body.owedAgorot)
})

it('tells the note’s words to who may read notes alone, on screen and in every file', async () => {
  const { body } = await accountant('GET /patients/:id/card', { params })
  expect(body.clinical).toBe(false)
  expect(body.treatments.map(({ description: words, tooth, surfaces }) => [words, tooth, surfaces])).toEqual([['', '', ''], ['', '', '']])
  expect(body.treatments.every(({ name }) => name !== '')).toBe(true)
  const csv = async (as: typeof accountant) => (await as('GET /patients/:id/card/csv', { params, query: { language: 'he' } })).raw.rawPayload.toString('utf8')
  expect(await csv(accountant)).not.toContain(description)
  expect((await doctor('GET /patients/:id/card', { params })).status).toBe(403)

  await api.database.db.insertInto('staff_role').values({ clinic_id: hadar.id, id: uuid(), staff_id: hadar.staff.owner.id, role: 'doctor', branch_id: null }).execute()
  const dentist = await api.as(hadar.staff.owner)
  expect((await dentist('GET /patients/:id/card', { params })).body).toMatchObject({ clinical: true, treatments: [{ description, tooth: '36', surfaces: 'MO' }, { description }] })
  const rows = parse(await csv(dentist), { bom: true, columns: true }) as Record<string, string>[]
  expect(rows[0]?.['תיאור']).toBe(`${description}, שן 36 MO`)
  expect(rows.map((row) => row['התקבל'])).toEqual(['', '', '450.00', '0.00'])
})

it('leaves as a PDF, and whoever looked is remembered at the patient', async () => {
  const { status, raw } = await accountant('GET /patients/:id/card/pdf', { params, query: { language: 'en' } })
  expect([status, raw.rawPayload.subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
  const { rows } = await api.database.ownerPool.query("select count(*)::integer as count from event where name = 'patient.read' and patient_id = $1 and details->>'kind' = 'card' and actor_id = $2", [params.id, hadar.staff.accountant.id])
  expect(rows[0]).toMatchObject({ count: expect.any(Number) })
  expect((rows[0] as { count: number }).count).toBeGreaterThanOrEqual(3)
})

it('is of no other clinic', async () => {
  expect((await (await api.as(thames.staff.owner))('GET /patients/:id/card', { params })).status).toBe(404)
})
