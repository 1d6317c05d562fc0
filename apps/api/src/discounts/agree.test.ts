// One definition of what a visit costs (docs/adr/0045): the bill, the lists and the reports add it up in different places.
import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { discountKept, discountOn, grossOf, type Off } from '@yoman/domain/invoices/discount'
import { sumOf } from '@yoman/domain/money/agorot'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { expect, it } from 'vitest'
import { seeded } from '../reports/busy-weeks.fixture.ts'

const api = await testApi()
const { hadar } = api.cast
const [owner, doctor] = await Promise.all([api.as(hadar.staff.owner), api.as(hadar.staff.doctor)])
const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool)
const items = [hadar.prices.exam, hadar.prices.cleaning, hadar.prices.filling, hadar.prices.advice]
const today = '2026-11-22'
const october = instant('2026-10-20T08:00:00Z')

/** Visits of today that are over, some without a word of what was done; @returns what the bills say, by visit. */
async function someVisits(count: number, random: () => number): Promise<Map<string, number>> {
  const bills = new Map<string, number>()
  for (let index = 0; index < count; index += 1) {
    const id = uuid()
    await bookAppointment(ctx, {
      id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara,
      startsAt: castNow.add({ minutes: 5 * (index + 1) }), durationMinutes: 5, outsideHours: true,
    })
    await recordArrival(ctx, id)
    await startTreatment(ctx, id)
    if (random() < 0.6) {
      const { id: encounterId, version } = (await doctor('POST /encounters', { body: { id: uuid(), appointmentId: id } })).body
      const procedures = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({ id: uuid(), priceItemId: items[Math.floor(random() * items.length)] ?? '', quantity: 1 + Math.floor(random() * 7) }))
      await doctor('PUT /encounters/:id/procedures', { params: { id: encounterId }, body: { version, procedures } })
    }
    await completeAppointment(ctx, id)
    bills.set(id, await discounted(id, random))
  }
  return bills
}

/** Takes something off some lines of a bill, and adds it up by hand. */
async function discounted(id: string, random: () => number): Promise<number> {
  const { lines } = (await owner('GET /appointments/:id/bill', { params: { id } })).body
  const costs = lines.map((line) => grossOf({ quantity: line.quantity, unitPrice: line.unitPriceAgorot }))
  for (const [index, { procedureId }] of lines.entries()) {
    const gross = costs[index] ?? 0
    if (gross === 0 || random() < 0.3) continue
    const off: Off = random() < 0.5 ? { basisPoints: 1 + Math.floor(random() * 10_000) } : { agorot: 1 + Math.floor(random() * gross) }
    expect((await owner('PUT /appointments/:id/discount', { params: { id }, body: { procedureId, discount: { off, reason: 'ניסיון' } } })).status).toBe(200)
    costs[index] = gross - discountOn(gross, off)
  }
  return sumOf(costs)
}

it('is the same on the bill, on the list of who left without paying, among what waits for a document, and in the report', async () => {
  await api.database.db.updateTable('price_item').set({ price_agorot: 18_003 }).where('id', '=', hadar.prices.exam).execute() // that percentages have something to round
  const bills = await someVisits(24, seeded(45))
  const total = sumOf([...bills.values()])
  expect(new Set(bills.values()).size).toBeGreaterThan(12)
  for (const [id, cost] of bills) expect((await owner('GET /appointments/:id/bill', { params: { id } })).body).toMatchObject({ totalAgorot: cost, balanceAgorot: cost })
  const unpaid = (await owner('GET /unpaid-visits', { query: { branchId: hadar.branches.center, date: today } })).body.items
  expect(new Map(unpaid.map(({ appointmentId, totalAgorot }) => [appointmentId, totalAgorot]))).toEqual(new Map([...bills].filter(([, cost]) => cost > 0)))
  api.setNow(castNow.add({ hours: 10 })) // all of them are over by then
  expect((await owner('GET /debts')).body.notBilled).toEqual({ visits: [...bills.values()].filter((cost) => cost > 0).length, totalAgorot: total })
  expect((await owner('GET /reports/income', { query: { from: today, to: today, view: 'performed', group: 'day' } })).body.total.grossAgorot).toBe(total)
}, 120_000)

/** A visit of October that nobody wrote about, with something off, over and billed; @returns it and its document. */
async function billedUnwritten(minutes: number, off: Off) {
  const id = uuid()
  const then = castContext(api.cast, hadar, 'doctor', api.database.apiPool, october)
  await bookAppointment(then, {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara,
    startsAt: october.add({ minutes }), durationMinutes: 5, outsideHours: true,
  })
  await recordArrival(then, id)
  await startTreatment(then, id)
  await completeAppointment(then, id)
  await takeOff(id, off)
  return { id, document: (await owner('POST /appointments/:id/invoice', { params: { id } })).body }
}

async function takeOff(id: string, off: Off): Promise<void> {
  expect((await owner('PUT /appointments/:id/discount', { params: { id }, body: { procedureId: null, discount: { off, reason: 'ניסיון' } } })).status).toBe(200)
}

it('is the newest document of a visit that was billed before anybody wrote about it: in reports, shares, the register and a month that is closed', async () => {
  api.setNow(october)
  const [tenth, half, price] = [{ basisPoints: 1_000 }, { basisPoints: 5_000 }, 18_003]
  const [anew, opened, written] = [await billedUnwritten(5, tenth), await billedUnwritten(10, tenth), await billedUnwritten(15, tenth)]
  const { receipt } = (await owner('POST /payments', { body: { id: uuid(), invoiceId: anew.document.id, method: 'card', amountAgorot: anew.document.totalAgorot } })).body
  expect((await owner('POST /invoices/:id/credits', { params: { id: receipt?.id ?? '' }, body: { id: uuid(), reason: 'תיקון', part: { rest: true } } })).body).toMatchObject({ kind: '330' })
  await takeOff(anew.id, half)
  expect((await owner('POST /appointments/:id/billings', { params: { id: anew.id }, body: { id: uuid() } })).body).toMatchObject({ kind: '300', totalAgorot: price - discountOn(price, half) })

  expect((await doctor('POST /encounters', { body: { id: uuid(), appointmentId: opened.id } })).status).toBe(201)
  const { id: encounterId, version } = (await doctor('POST /encounters', { body: { id: uuid(), appointmentId: written.id } })).body
  await doctor('PUT /encounters/:id/procedures', { params: { id: encounterId }, body: { version, procedures: [{ id: uuid(), priceItemId: hadar.prices.filling, quantity: 1 }] } })

  const worth = [price - discountOn(price, half), price - discountOn(price, tenth), 45_000] // what was done counts where somebody wrote it
  const performed = async () => (await owner('GET /reports/income', { query: { from: '2026-10-01', to: '2026-10-31', view: 'performed', group: 'day' } })).body.total.grossAgorot
  const shared = async () => (await owner('GET /shares/:month/:practitionerId', { params: { month: '2026-10', practitionerId: hadar.practitioners.doctor } })).body.items.map(({ grossAgorot }) => grossAgorot).toSorted()
  const agree = async () => expect([await performed(), await shared()]).toEqual([sumOf(worth), worth.toSorted()])
  await agree()
  const { givers } = (await owner('GET /registers/discounts', { query: { from: '2026-10-01', to: '2026-10-31' } })).body
  expect(givers).toMatchObject([{ lines: 3, grossAgorot: 3 * price, discountAgorot: discountOn(price, half) + 2 * discountOn(price, tenth) }])

  api.setNow(castNow)
  const closed = await owner('POST /months/:month/closing', { params: { month: '2026-10' }, body: { id: uuid(), reason: 'ניסיון' } })
  expect(closed.status).toBe(201)
  expect((await owner('GET /months/:month', { params: { month: '2026-10' } })).body).toMatchObject({ unmoved: true, totals: { performed: { grossAgorot: sumOf(worth) } } })
  await agree()
}, 120_000)

it('is rounded by the database as by the domain', async () => {
  const off = fc.oneof(fc.record({ basisPoints: fc.integer({ min: 1, max: 10_000 }) }), fc.record({ agorot: fc.integer({ min: 1, max: 100_000_000 }) }))
  const cases = fc.sample(fc.tuple(fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 9_900_000_000 })), off, fc.option(fc.integer({ min: 1, max: 9_900_000_000 }))), { numRuns: 2_000, seed: 45 })
  const { rows } = await api.database.apiPool.query<{ off: string }>(
    'select discount_kept(c.gross, c.part, c.sum, c.was) as off from unnest($1::bigint[], $2::integer[], $3::bigint[], $4::bigint[]) with ordinality as c(gross, part, sum, was, place) order by place',
    [cases.map(([gross]) => gross), cases.map(([, by]) => ('basisPoints' in by ? by.basisPoints : null)), cases.map(([, by]) => ('agorot' in by ? by.agorot : null)), cases.map(([, , was]) => was)],
  )
  expect(rows.map((row) => Number(row.off))).toEqual(cases.map(([gross, off, was]) => discountKept(gross, { off, was })))
})
