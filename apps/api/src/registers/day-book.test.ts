import { parse } from 'csv-parse/sync'
import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { cancelAppointment, completeAppointment, recordArrival, recordNoShow, startTreatment } from '@yoman/use-cases/appointments/step'
import { undoStep } from '@yoman/use-cases/appointments/undo'
import { beforeAll, expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const accountant = await api.as(hadar.staff.accountant)
const later = (minutes: number) => castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow.add({ minutes }))
const query = { day: '2026-11-22', branchId: hadar.branches.center }
let minute = 0

async function booked(patientId: string): Promise<string> {
  const id = uuid()
  await bookAppointment(later(0), {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId,
    startsAt: instant('2026-11-22T07:00:00Z').add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  return id
}

/** Received `minutes` after nine in the morning and treated to the end. */
async function treated(patientId: string, minutes: number): Promise<string> {
  const id = await booked(patientId)
  await recordArrival(later(minutes), id)
  await startTreatment(later(minutes + 1), id)
  await completeAppointment(later(minutes + 2), id)
  return id
}

const pay = async (appointmentId: string, method: 'cash' | 'card', amountAgorot: number) => expect((await desk('POST /payments', { body: { id: uuid(), appointmentId, method, amountAgorot } })).status).toBe(201)
const bill = async (id: string) => expect((await desk('POST /appointments/:id/invoice', { params: { id } })).status).toBe(201)
const book = async () => (await desk('GET /registers/day-book', { query })).body
const visits: Record<string, string> = {}

beforeAll(async () => {
  visits['second'] = await treated(hadar.patients.john, 20)
  visits['first'] = await treated(hadar.patients.sara, 5)
  await pay(visits['second'], 'cash', 10_000)
  await pay(visits['second'], 'card', 8_000)
  await bill(visits['second'])
  await bill(visits['first']) // nothing came in: a transaction invoice
  visits['cancelled'] = await booked(hadar.patients.olga)
  await cancelAppointment(later(1), visits['cancelled'], 'patient')
  visits['missed'] = await booked(hadar.patients.ahmad)
  await recordNoShow(later(400), visits['missed'])
  visits['taken back'] = await booked(hadar.patients.noam)
  const { version } = await recordArrival(later(30), visits['taken back'])
  await undoStep(later(31), visits['taken back'], version)
  visits['ahead'] = await booked(hadar.patients.rivka)
  await pay(visits['ahead'], 'cash', 5_000)
})

it('has who was received in the order of admission, and neither who cancelled, missed it nor was checked in by mistake', async () => {
  const { rows } = await book()
  expect(rows.map(({ id, admittedAt, patient }) => [id, admittedAt, patient.id])).toEqual([
    [visits['first'], castNow.add({ minutes: 5 }).toString(), hadar.patients.sara],
    [visits['second'], castNow.add({ minutes: 20 }).toString(), hadar.patients.john],
    [expect.any(String), null, hadar.patients.rivka], // paid in advance, and was not here yet
  ])
})

it('says what was received by each means and on which document, and who owes where nothing was', async () => {
  const { rows } = await book()
  const [first, second, ahead] = rows
  expect(first).toMatchObject({ money: [], requests: [{ number: 1, totalAgorot: 18_000, payer: '' }] })
  expect(second?.money.map(({ method, amountAgorot, receipt }) => [method, amountAgorot, receipt?.kind, receipt?.number])).toEqual([['cash', 10_000, '320', 1], ['card', 8_000, '320', 1]])
  expect(ahead).toMatchObject({ money: [{ method: 'cash', amountAgorot: 5_000 }] })
})

it('comes to what the cash desk should hold, means by means, before its closing and after', async () => {
  const sums = (await book()).sums.map(({ method, totalAgorot, payments, refunds }) => ({ method, totalAgorot, payments, refunds }))
  expect(sums.filter(({ totalAgorot }) => totalAgorot !== 0)).toEqual([{ method: 'cash', totalAgorot: 15_000, payments: 2, refunds: 0 }, { method: 'card', totalAgorot: 8_000, payments: 1, refunds: 0 }])
  const { means } = (await desk('GET /cash-desk', { query: { branchId: hadar.branches.center } })).body
  expect(means.map(({ method, expectedAgorot: totalAgorot, payments, refunds }) => ({ method, totalAgorot, payments, refunds }))).toEqual(sums)
  const closed = await desk('POST /cash-closings', { body: { id: uuid(), branchId: hadar.branches.center, day: query.day, leftAgorot: 0, means: means.map(({ method, expectedAgorot }) => ({ method, expectedAgorot, countedAgorot: expectedAgorot })) } })
  expect(closed.status).toBe(201)
  expect(closed.body.means.map(({ method, expectedAgorot: totalAgorot, payments, refunds }) => ({ method, totalAgorot, payments, refunds }))).toEqual(sums)
  expect((await book()).sums.map(({ method, totalAgorot, payments, refunds }) => ({ method, totalAgorot, payments, refunds }))).toEqual(sums)
})

it('leaves as a PDF and as CSV, and that it did is remembered', async () => {
  const pdf = await accountant('GET /registers/day-book/pdf', { query: { ...query, language: 'he' } })
  expect([pdf.status, pdf.raw.headers['content-type'], pdf.raw.rawPayload.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-'])
  const csv = await accountant('GET /registers/day-book/csv', { query: { ...query, language: 'en' } })
  const rows = parse(csv.raw.rawPayload.toString('utf8'), { bom: true, columns: true }) as Record<string, string>[]
  expect(rows.map((row) => [row['Admitted'], row['Patient'], row['Means'], row['Sum'], row['Document number']])).toEqual([
    ['09:05', 'Sara Levi', '', '', ''], ['09:20', 'John Smith', 'Cash', '100.00', '1'], ['09:20', 'John Smith', 'Credit card', '80.00', '1'], ['', expect.any(String), 'Cash', '50.00', expect.any(String)],
  ])
  expect(rows[0]?.['Notes']).toContain('Transaction invoice 1 of ₪180.00')
  const { rows: events } = await api.database.ownerPool.query("select details->>'kind' as kind, details->>'fromDate' as day from event where name = 'books.read' and clinic_id = $1", [hadar.id])
  expect(events).toEqual([{ kind: 'day_book', day: '2026-11-22' }, { kind: 'day_book', day: '2026-11-22' }])
})

it('is of the branches that one works in, and of no other clinic', async () => {
  const north = await api.as(hadar.staff.northReceptionist)
  expect((await north('GET /registers/day-book', { query })).status).toBe(403)
  expect((await north('GET /registers/day-book', { query: { day: query.day } })).body.rows).toEqual([])
  expect((await (await api.as(hadar.staff.doctor))('GET /registers/day-book', { query })).status).toBe(403)
  expect((await (await api.as(thames.staff.owner))('GET /registers/day-book', { query })).status).toBe(404)
  expect((await accountant('GET /registers/day-book', { query: { day: query.day } })).body.rows).toHaveLength(3)
})
