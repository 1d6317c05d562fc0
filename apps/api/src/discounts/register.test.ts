import { v7 as uuid } from 'uuid'
import type { Off } from '@yoman/domain/invoices/discount'
import { type Instant, instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { beforeAll, expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const [owner, accountant, desk, doctor, other] = await Promise.all([api.as(hadar.staff.owner), api.as(hadar.staff.accountant), api.as(hadar.staff.receptionist), api.as(hadar.staff.doctor), api.as(thames.staff.owner)])
const november = { from: '2026-11-01', to: '2026-11-30' }
let minute = 0

async function visit(): Promise<string> {
  const id = uuid()
  const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool)
  await bookAppointment(ctx, {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara,
    startsAt: castNow.add({ minutes: 60 + 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  await recordArrival(ctx, id)
  await startTreatment(ctx, id)
  await completeAppointment(ctx, id)
  return id
}

async function treated(appointmentId: string): Promise<string> {
  const { id, version } = (await doctor('POST /encounters', { body: { id: uuid(), appointmentId } })).body
  const procedureId = uuid()
  await doctor('PUT /encounters/:id/procedures', { params: { id }, body: { version, procedures: [{ id: procedureId, priceItemId: hadar.prices.filling, quantity: 2 }] } })
  return procedureId
}

async function give(who: typeof owner, id: string, off: Off, procedureId: string | null = null, reason = '=קרוב') {
  expect((await who('PUT /appointments/:id/discount', { params: { id }, body: { procedureId, discount: { off, reason } } })).status).toBe(200)
}

async function at(now: Instant, work: () => Promise<void>): Promise<void> {
  api.setNow(now)
  await work().finally(() => api.setNow(castNow))
}

const register = async (query = november, who = owner) => (await who('GET /registers/discounts', { query })).body.givers.map(({ name, lines, grossAgorot, discountAgorot }) => [name, lines, grossAgorot, discountAgorot])
const names = { owner: hadar.staff.owner.name, desk: hadar.staff.receptionist.name }

beforeAll(async () => {
  await owner('PUT /discount-settings', { body: { limits: { receptionist: 1_000 }, reasons: [], version: 0 } })
  const [plain, billed, noted, overtaken, late] = [await visit(), await visit(), await visit(), await visit(), await visit()]
  await give(desk, plain, { basisPoints: 1_000 })
  await give(desk, billed, { agorot: 1_000 })
  await desk('POST /appointments/:id/invoice', { params: { id: billed } })
  await give(owner, noted, { basisPoints: 5_000 }, await treated(noted), 'פיצוי')
  await give(owner, overtaken, { basisPoints: 5_000 })
  await treated(overtaken) // and the price of its kind is not its bill any more
  await at(instant('2026-11-30T22:30:00Z'), () => give(owner, late, { agorot: 500 })) // it is December in Israel
}, 60_000)

it('tells who gave how much in a period, by the day of giving on the wall of the branch', async () => {
  expect(await register()).toEqual([[names.owner, 1, 90_000, 45_000], [names.desk, 2, 36_000, 2_800]])
  expect(await register({ from: '2026-12-01', to: '2026-12-01' })).toEqual([[names.owner, 1, 18_000, 500]])
  expect(await register({ from: '2026-10-01', to: '2026-10-31' })).toEqual([])
})

it('leaves the document as it was, and that of a visit that has none yet follows its price, but never to more', async () => {
  const price = (agorot: number) => api.database.db.updateTable('price_item').set({ price_agorot: agorot }).where('id', '=', hadar.prices.exam).execute()
  await price(20_000)
  expect(await register()).toEqual([[names.owner, 1, 90_000, 45_000], [names.desk, 2, 20_000 + 18_000, 1_800 + 1_000]])
  await price(10_000)
  expect(await register()).toEqual([[names.owner, 1, 90_000, 45_000], [names.desk, 2, 10_000 + 18_000, 1_000 + 1_000]])
  await price(18_000)
})

it('leaves as a file with each discount and its reason, and nothing that a spreadsheet runs', async () => {
  const answer = await accountant('GET /registers/discounts/csv', { query: { ...november, language: 'en' } })
  const [head, ...lines] = answer.raw.body.replace('\ufeff', '').trim().split('\r\n')
  expect(head).toBe('Date,Given by,Patient,Branch,Reason,Before,Discount,After')
  expect(lines.map((line) => line.split(',').slice(-4)).toSorted()).toEqual([["'=קרוב", '180.00', '10.00', '170.00'], ["'=קרוב", '180.00', '18.00', '162.00'], ['פיצוי', '900.00', '450.00', '450.00']])
  const reading = await api.database.db.selectFrom('event').select('details').where('name', '=', 'books.read').where('actor_id', '=', hadar.staff.accountant.id).executeTakeFirstOrThrow()
  expect(reading.details).toMatchObject({ kind: 'discounts', fromDate: '2026-11-01' })
})

it('is for the owner and the accountant of the clinic, of a year at most', async () => {
  expect((await desk('GET /registers/discounts', { query: november })).status).toBe(403)
  expect(await register(november, other)).toEqual([])
  expect((await owner('GET /registers/discounts', { query: { ...november, branchId: hadar.branches.north } })).body.givers).toEqual([])
  expect((await owner('GET /registers/discounts', { query: { from: '2025-01-01', to: '2026-11-30' } })).problem).toMatchObject({ code: 'report_period_invalid' })
  expect((await owner('GET /registers/discounts', { query: { from: '2026-11-30', to: '2026-11-01' } })).problem).toMatchObject({ code: 'report_period_invalid' })
})
