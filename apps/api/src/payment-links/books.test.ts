// Where the books are not as plain as a visit's own document: the voucher of a cheque that came back, and a month that is closed.
import { v7 as uuid } from 'uuid'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { type Instant, instant } from '@yoman/domain/time'
import { payPlus } from '@yoman/messaging/gateways/payment-links/payplus'
import { composeLinkMessage } from '@yoman/messaging/payment-links/compose'
import { startPayPlus } from '@yoman/runtime/payplus/start'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { systemClock } from '@yoman/use-cases/clock'
import { systemContext } from '@yoman/use-cases/context'
import { maturedCheques, taxMaturedCheque } from '@yoman/use-cases/invoices/tax-matured-cheques'
import { checkKeys } from '@yoman/use-cases/payment-links/connect'
import { hearOfMoney } from '@yoman/use-cases/payment-links/hear'
import { lookAfterLink } from '@yoman/use-cases/payment-links/look'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'

const keys = { apiKey: 'key', secretKey: 'secret-of-the-clinic', pageUid: 'page' }
const api = await testApi()
const house = await startPayPlus({ keys, log: () => {} })
afterAll(() => house.stop())
const { hadar } = api.cast
const [owner, desk] = await Promise.all([api.as(hadar.staff.owner), api.as(hadar.staff.receptionist)])
const total = 18_000
let minute = 0

// The worker's part, with the worker's rights.
const worker = (now: Instant) => systemContext({ pool: api.database.workerPool, vault: api.cast.vault }, hadar.id, now)
const looking = (hours = 0) => ({ provider: payPlus({ apiUrl: house.apiUrl }), machineClock: { now: () => systemClock.now().add({ hours }) }, leaseSeconds: 600, publicUrl: 'http://clinic.example' })
const look = (id: string, now: Instant, hours = 0) => lookAfterLink(worker(now), looking(hours), id, { money: moneyText, compose: composeLinkMessage })
const read = async (id: string) => (await owner('GET /invoices/:id', { params: { id } })).body
const linkOf = async (invoiceId: string) => (await desk('GET /invoices/:id/payment-links', { params: { id: invoiceId } })).body.items[0]
const undecided = async () => (await desk('GET /payment-link-money', {})).body.items

beforeAll(async () => {
  await owner('PUT /payment-provider', { body: keys })
  expect(await checkKeys(worker(castNow), looking())).toBe('connected')
})
afterEach(() => api.setNow(castNow))

/** A visit that nobody paid. @returns its transaction invoice (300). */
async function aBill(at: Instant): Promise<string> {
  const id = uuid()
  const staff = castContext(api.cast, hadar, 'doctor', api.database.apiPool, at)
  await bookAppointment(staff, { id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.ahmad, startsAt: at.add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true })
  for (const step of [recordArrival, startTreatment, completeAppointment]) await step(staff, id)
  api.setNow(at)
  return (await desk('POST /appointments/:id/invoice', { params: { id } })).body.id
}

/** A link of a document that can be paid now. @returns its id and its page. */
async function anOpenLink(invoiceId: string, at: Instant): Promise<{ id: string; pageId: string }> {
  api.setNow(at)
  const { status, body } = await desk('POST /invoices/:id/payment-links', { params: { id: invoiceId }, body: { id: uuid(), ways: ['sms'] } })
  expect([status, body.amountAgorot]).toEqual([201, total])
  expect(await look(body.id, at)).toBe('open')
  return { id: body.id, pageId: [...house.merchant.pages.keys()].at(-1) ?? '' }
}

const hear = ({ uid, pageUid, moreInfo }: { uid: string; pageUid: string; moreInfo: string }, at: Instant) => hearOfMoney(worker(at), { pageId: pageUid, linkId: moreInfo, transactionId: uid })

/** A cheque for a whole document that was taxed on its day, and came back. @returns its voucher (410). */
async function aReturnedCheque(dueOn: string): Promise<string> {
  const [chequeId, voucher, onDueDay] = [uuid(), uuid(), instant(`${dueOn}T08:00:00Z`)]
  const invoiceId = await aBill(castNow)
  const paid = await desk('POST /split-payments', { body: { invoiceId, means: [{ id: chequeId, method: 'cheque', amountAgorot: total, cheque: { number: String(4_000 + minute), bank: '12', branch: '605', account: '778899', dueOn } }] } })
  expect(paid.status).toBe(201)
  const clerk = castContext(api.cast, hadar, 'owner', api.database.apiPool, onDueDay)
  for (const one of await maturedCheques(clerk)) expect(await taxMaturedCheque(clerk, one, moneyText)).toBe(true)
  api.setNow(onDueDay)
  expect((await desk('POST /cheques/:id/return', { params: { id: chequeId }, body: { id: voucher, on: dueOn, reason: 'no funds' } })).status).toBe(201)
  return voucher
}

it('a link for a cheque that came back is paid by a receipt (400) in its stead, whose VAT was declared with the cheque', async () => {
  const at = instant('2026-12-21T08:00:00Z')
  const voucher = await aReturnedCheque('2026-12-20')
  expect(await read(voucher)).toMatchObject({ kind: '410', balanceAgorot: total })
  const { id, pageId } = await anOpenLink(voucher, at)
  const charge = house.merchant.charge(pageId)
  await hear(charge, at)
  expect(await look(id, at)).toBe('paid')
  await hear(charge, at)
  await look(id, at)
  const link = await linkOf(voucher)
  expect(link).toMatchObject({ id, state: 'paid', problem: null })
  expect(await read(link?.receiptId ?? '')).toMatchObject({ kind: '400', totalAgorot: total, vatAgorot: 0, basedOn: { id: voucher, kind: '410' }, payments: [{ method: 'card', byLink: true }] })
  expect((await read(voucher)).balanceAgorot).toBe(0)
  expect((await desk('POST /invoices/:id/payment-links', { params: { id: voucher }, body: { id: uuid(), ways: ['sms'] } })).problem.code).toBe('nothing_owed')
})

it('another sum than the cheque waits for a decision, and is taken for its voucher', async () => {
  const at = instant('2026-12-22T08:00:00Z')
  const voucher = await aReturnedCheque('2026-12-21')
  const { id, pageId } = await anOpenLink(voucher, at)
  await hear(house.merchant.charge(pageId, { amount: (total - 100) / 100 }), at)
  expect(await look(id, at)).toBe('different')
  const money = (await undecided()).find(({ linkId }) => linkId === id)
  expect((await desk('POST /payment-link-money/:id/decision', { params: { id: money?.id ?? '' }, body: { decision: 'document', invoiceId: voucher } })).status).toBe(200)
  expect([(await read(voucher)).balanceAgorot, (await linkOf(voucher))?.state]).toEqual([100, 'paid'])
  expect(await read((await linkOf(voucher))?.receiptId ?? '')).toMatchObject({ kind: '400', totalAgorot: total - 100 })
})

it('a document of a month that is closed is paid by its link on the day on which the money is heard of', async () => {
  const october = instant('2026-10-30T10:00:00Z')
  const [paidLater, late] = [await aBill(october), await aBill(october)]
  const [first, second] = [await anOpenLink(paidLater, october), await anOpenLink(late, october)]
  api.setNow(castNow)
  expect((await owner('POST /months/:month/closing', { params: { month: '2026-10' }, body: { id: uuid(), reason: 'known' } })).status).toBe(201)
  const month = async () => (await owner('GET /months/:month', { params: { month: '2026-10' } })).body
  const before = (await month()).totals

  // Within the fourteen days of a link; the document is of the closed month, its receipt of today.
  const november = instant('2026-11-05T08:00:00Z')
  await hear(house.merchant.charge(first.pageId), november)
  expect(await look(first.id, november)).toBe('paid')
  expect(await read((await linkOf(paidLater))?.receiptId ?? '')).toMatchObject({ kind: '320', issuedOn: '2026-11-05', totalAgorot: total })

  // A worker that is late has a day of the closed month in its hand: nothing is written, and the next look has its own day.
  const charge = house.merchant.charge(second.pageId)
  await hear(charge, october)
  await expect(look(second.id, october)).rejects.toMatchObject({ code: 'month_closed' })
  expect([await linkOf(late), (await undecided()).some(({ linkId }) => linkId === second.id)]).toMatchObject([{ state: 'open', receiptId: null }, false])
  expect(await look(second.id, november)).toBe('gone') // its lease still runs
  expect(await look(second.id, november, 1)).toBe('paid')
  expect(await read((await linkOf(late))?.receiptId ?? '')).toMatchObject({ kind: '320', issuedOn: '2026-11-05', totalAgorot: total })
  expect(await month()).toMatchObject({ unmoved: true, totals: before })
})
