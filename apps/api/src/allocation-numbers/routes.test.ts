import { v7 as uuid } from 'uuid'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { beforeAll, expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const accountant = await api.as(hadar.staff.accountant)
let minute = 0

beforeAll(() => api.database.ownerPool.query('update price_item set price_agorot = 708000 where clinic_id = $1', [hadar.id]))

/** An employer pays 6,000 and VAT, or less, by a transfer. @returns the invoice-receipt. */
async function aDocument(over: { dealerNumber?: string; amountAgorot?: number } = {}) {
  const { dealerNumber = '777777715', amountAgorot = 708_000 } = over
  const [id, organisationId] = [uuid(), uuid()]
  const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow)
  await bookAppointment(ctx, {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara,
    startsAt: castNow.add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  await desk('POST /organisations', { body: { id: organisationId, name: 'אלון תעשיות', nameLatin: '', dealerNumber, address: 'הברזל 7', email: '', takesEmail: false, language: 'he' } })
  await desk('PUT /appointments/:id/payer', { params: { id }, body: { organisationId } })
  await recordArrival(ctx, id)
  await startTreatment(ctx, id)
  await completeAppointment(ctx, id)
  const bill = (await desk('POST /appointments/:id/invoice', { params: { id } })).body
  const { receipts: [receipt] } = (await desk('POST /split-payments', { body: { invoiceId: bill.id, means: [{ id: uuid(), method: 'transfer', amountAgorot }] } })).body
  if (!receipt) throw new Error('a payment on a bill is receipted')
  return receipt
}

const type = (id: string, number: string, by = owner) => by('PUT /invoices/:id/allocation-number', { params: { id }, body: { number } })
const decide = (id: string, body: { decision: 'continue'; reason: string } | { decision: 'cancel'; reason: string; creditId: string }) => accountant('POST /invoices/:id/allocation-decisions', { params: { id }, body })
const read = async (id: string) => (await owner('GET /invoices/:id', { params: { id } })).body

it('keeps the document of a dealer over the sum until its number is there; the payment stands at once', async () => {
  const { id, kind, allocationState, mailing } = await aDocument()
  expect([kind, allocationState, mailing]).toEqual(['320', 'waiting', 'allocation_awaited'])
  expect((await owner('GET /invoices/:id/pdf', { params: { id } })).problem.code).toBe('allocation_awaited')
  expect((await desk('POST /invoices/:id/original', { params: { id } })).problem.code).toBe('allocation_awaited')
  expect((await desk('POST /invoices/:id/mailings', { params: { id }, body: { id: uuid() } })).problem.code).toBe('allocation_awaited')
  expect((await desk('GET /allocation-numbers', {})).body.items.map(({ invoice }) => invoice.id)).toContain(id)

  expect((await type(id, '12345678')).problem.code).toBe('allocation_number_invalid')
  expect((await type(id, '20261122123456789', desk)).status).toBe(403)
  expect((await type(id, '2026-1122 123456789')).body).toMatchObject({ allocationState: 'approved', allocation: { number: '20261122123456789', printed: '123456789', answers: [{ outcome: 'typed', byHand: true }] } })
  expect((await owner('GET /invoices/:id/pdf', { params: { id } })).raw.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  expect((await type(id, '20261122999999999')).problem.code).toBe('allocation_settled')
  expect((await desk('GET /allocation-numbers', {})).body.items.map(({ invoice }) => invoice.id)).not.toContain(id)
})

it('keeps no document of who is no dealer, or of a smaller sum, for which a number may be asked while nothing left', async () => {
  expect(await aDocument({ dealerNumber: '' })).toMatchObject({ allocationState: null })
  const { id, allocationState } = await aDocument({ amountAgorot: 500_000 })
  expect([allocationState, (await read(id)).allocatable]).toEqual([null, true])
  expect((await desk('POST /invoices/:id/allocation-requests', { params: { id } })).body).toMatchObject({ allocationState: 'waiting', allocatable: false })
  const left = await aDocument({ amountAgorot: 500_000 })
  await desk('POST /invoices/:id/original', { params: { id: left.id } })
  expect((await desk('POST /invoices/:id/allocation-requests', { params: { id: left.id } })).problem.code).toBe('allocation_not_applicable')
  const ofPatient = (await desk('GET /invoices', { query: { kind: '300' } })).body.items[0]
  expect((await desk('POST /invoices/:id/allocation-requests', { params: { id: ofPatient?.id ?? '' } })).problem.code).toBe('allocation_not_applicable')
})

it('lets a document leave without a number, or credits it whole, by a decision that is kept', async () => {
  const [kept, void_] = [await aDocument(), await aDocument()]
  expect((await desk('POST /invoices/:id/allocation-decisions', { params: { id: kept.id }, body: { decision: 'continue', reason: 'x' } })).status).toBe(403)
  expect((await decide(kept.id, { decision: 'continue', reason: 'המשלם אינו מנכה' })).body).toMatchObject({ allocationState: 'continued', allocation: { number: null, reason: 'המשלם אינו מנכה' } })
  const creditId = uuid()
  expect((await decide(void_.id, { decision: 'cancel', reason: 'לא אושר', creditId })).body).toMatchObject({ allocationState: 'cancelled', creditedAgorot: 708_000, followers: [{ id: creditId, kind: '330' }] })
  expect((await decide(void_.id, { decision: 'cancel', reason: 'לא אושר', creditId })).problem.code).toBe('allocation_settled')
})

it('waits no more when the document is credited whole by the ordinary way, in pieces or while somebody asks', async () => {
  const [paid, asked] = [await aDocument(), await aDocument()]
  const credit = (id: string, part: { amountAgorot: number } | { rest: true }) => owner('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason: 'טעות', part } })
  expect((await credit(paid.id, { amountAgorot: 8_000 })).status).toBe(201)
  expect((await read(paid.id)).allocationState).toBe('waiting')
  expect((await credit(paid.id, { amountAgorot: 700_000 })).status).toBe(201)
  expect(await read(paid.id)).toMatchObject({ allocationState: 'cancelled', creditedAgorot: 708_000, allocation: { reason: 'טעות', answers: [{ outcome: 'cancelled', byHand: true }] } })
  await api.database.ownerPool.query("update allocation_request set state = 'asking', attempt = 1, lease_until = now() where invoice_id = $1", [asked.id])
  expect((await credit(asked.id, { rest: true })).status).toBe(201)
  expect((await read(asked.id)).allocationState).toBe('cancelled')
  const waiting = (await desk('GET /allocation-numbers', {})).body.items.map(({ invoice }) => invoice.id)
  expect(waiting.filter((id) => id === paid.id || id === asked.id)).toEqual([])
})

it('is connected by the owner, by a word that is used once and by who began', async () => {
  expect((await owner('GET /tax-authority-connection', {})).body).toEqual({ available: true, state: 'off', connectedAt: null, lastsUntil: null })
  expect((await desk('POST /tax-authority-connection/consents', {})).status).toBe(403)
  const url = new URL((await owner('POST /tax-authority-connection/consents', {})).body.url)
  expect([url.origin + url.pathname, url.searchParams.get('redirect_uri'), url.searchParams.get('client_id')]).toEqual(['https://openapi.example/shaam/tsandbox/longtimetoken/oauth2/authorize', 'http://localhost:3000/settings/tax-authority', 'yoman'])
  const state = url.searchParams.get('state') ?? ''
  const back = (by: typeof owner, word: string) => by('PUT /tax-authority-connection/consents', { body: { code: 'the-code', state: word } })
  expect((await back(owner, 'another-word-of-some-length')).problem.code).toBe('consent_not_known')
  expect((await back(await api.as(thames.staff.owner), state)).problem.code).toBe('consent_not_known')
  expect((await back(owner, state)).body.state).toBe('connecting')
  expect((await back(owner, state)).problem.code).toBe('consent_not_known')
  const { rows: [row] } = await api.database.ownerPool.query<{ code_sealed: Buffer }>('select code_sealed from tax_authority_connection where clinic_id = $1', [hadar.id])
  expect(row?.code_sealed.includes('the-code')).toBe(false)
  api.passSeconds(16 * 60)
  expect((await owner('DELETE /tax-authority-connection', {})).status).toBe(204)
  expect((await owner('GET /tax-authority-connection', {})).body.state).toBe('off')
})

it("knows another clinic's documents not at all", async () => {
  const { id } = await aDocument()
  const other = await api.as(thames.staff.owner)
  expect((await type(id, '123456789', other)).status).toBe(404)
  expect((await other('POST /invoices/:id/allocation-requests', { params: { id } })).status).toBe(404)
  expect((await other('GET /allocation-numbers', {})).body.items).toEqual([])
})
