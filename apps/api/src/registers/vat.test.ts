import { parse } from 'csv-parse/sync'
import { v7 as uuid } from 'uuid'
import type { VatDocument } from '@yoman/contract/registers'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { beforeAll, describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const accountant = await api.as(hadar.staff.accountant)
const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow)
const query = { month: '2026-11', months: 1 }
const account = (key: string) => ({ key, name: key })
const accounts = { cash: account('1'), card: account('2'), transfer: account('3'), bit: account('4'), cheque: account('5'), customers: account('6'), income: account('7'), vat: account('8'), rounding: account('9') }
let minute = 0

/** A finished visit of 180 shekels; its document's id. */
async function bill(method?: 'cash' | 'card'): Promise<string> {
  const id = uuid()
  await bookAppointment(ctx, { id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara, startsAt: instant('2026-11-22T08:00:00Z').add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true })
  await recordArrival(ctx, id)
  await startTreatment(ctx, id)
  await completeAppointment(ctx, id)
  if (method) expect((await desk('POST /payments', { body: { id: uuid(), appointmentId: id, method, amountAgorot: 18_000 } })).status).toBe(201)
  const { body } = await desk('POST /appointments/:id/invoice', { params: { id } })
  return body.id
}

async function documents(): Promise<VatDocument[]> {
  const found: VatDocument[] = []
  for (let cursor: string | undefined; ; ) {
    const { body } = await accountant('GET /registers/vat/documents', { query: { ...query, limit: 2, ...(cursor === undefined ? {} : { cursor }) } })
    found.push(...body.items)
    if (body.next === null) return found
    cursor = body.next
  }
}

beforeAll(async () => {
  await api.database.ownerPool.query("update clinic set vat_number = '514777715' where id = $1", [hadar.id])
  const [credited = ''] = [await bill('card'), await bill('cash'), await bill('card'), await bill()]
  const id = uuid()
  expect((await accountant('POST /invoices/:id/credits', { params: { id: credited }, body: { id, reason: 'טעות', part: { amountAgorot: 5_000 } } })).status).toBe(201)
})

describe('the VAT report', () => {
  it('comes to what the uniform file of the same days says, and to its own documents', async () => {
    const report = (await accountant('GET /registers/vat', { query })).body
    const books = (await accountant('POST /book-exports', { body: { id: uuid(), format: 'uniform', from: report.from, to: report.to, accounts } })).body
    expect(report.rates).toEqual(books.vat)
    expect(report.kinds).toEqual(books.kinds)
    const found = await documents()
    expect(found.map(({ kind, number }) => `${kind}/${number}`)).toEqual(['320/1', '320/2', '320/3', '330/1'])
    const sum = (kinds: string[], of: 'netAgorot' | 'vatAgorot') => found.filter(({ kind }) => kinds.includes(kind)).reduce((total, one) => total + one[of], 0)
    expect(report.rates).toEqual([{
      basisPoints: 1800, netAgorot: sum(['305', '320'], 'netAgorot'), vatAgorot: sum(['305', '320'], 'vatAgorot'), credits: 1, creditNetAgorot: sum(['330'], 'netAgorot'), creditVatAgorot: sum(['330'], 'vatAgorot'),
    }])
  })

  it('is rounded to whole shekels, with credits apart and requests for payment in no sum', async () => {
    expect((await accountant('GET /registers/vat', { query })).body.sums).toEqual({ taxable: 458, vat: 82, untaxed: 0, creditTaxable: 42, creditVat: 8, creditUntaxed: 0, sales: 3, untaxedSales: 0, credits: 1, untaxedCredits: 0 })
    expect((await accountant('GET /registers/vat', { query: { month: '2026-10', months: 1 } })).body).toMatchObject({ rates: [], sums: { taxable: 0, sales: 0 } })
    expect((await accountant('GET /registers/vat', { query: { month: '2026-11', months: 2 } })).body).toMatchObject({ from: '2026-11-01', to: '2026-12-31', sums: { taxable: 458 } })
    expect((await accountant('GET /registers/vat', { query: { month: '2026-10', months: 2 } })).problem.code).toBe('book_period_invalid')
  })

  it('leaves as a PDF and as CSV whose lines add up to it', async () => {
    const pdf = await accountant('GET /registers/vat/pdf', { query: { ...query, language: 'he' } })
    expect([pdf.status, pdf.raw.rawPayload.subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
    const csv = await accountant('GET /registers/vat/csv', { query: { ...query, language: 'en' } })
    const rows = parse(csv.raw.rawPayload.toString('utf8'), { bom: true, columns: true }) as Record<string, string>[]
    const { rates: [rate] } = (await accountant('GET /registers/vat', { query })).body
    expect(Math.round(rows.reduce((sum, row) => sum + Number(row['VAT']), 0) * 100)).toBe((rate?.vatAgorot ?? 0) - (rate?.creditVatAgorot ?? 0))
  })

  it('is a detailed file of sales alone, less the credits where somebody says that they were acknowledged', async () => {
    const lines = async (credits: boolean) => (await accountant('GET /registers/vat/pcn874', { query: { ...query, credits } })).raw.rawPayload.toString('ascii').split('\r\n')
    const without = await lines(false)
    expect(without.map(({ length }) => length)).toEqual([131, 60, 10, 0])
    expect(without[0]).toBe(`O514777715${'202611'}1${'20261122'}${'+00000000458'}${'+000000082'}${'+00000000000'}${'+000000000'}${'000000001'}${'+00000000000'}${'+000000000'}${'+000000000'}${'000000000'}${'+00000000082'}`)
    expect((await lines(true))[2]).toBe(`L000000000${'20261130'}0000${'000000001'}${'000000008'}${'-0000000042'}${'000000000'}`)
    await api.database.ownerPool.query("update clinic set vat_number = '' where id = $1", [hadar.id])
    expect((await accountant('GET /registers/vat/pcn874', { query: { ...query, credits: false } })).problem.code).toBe('vat_number_missing')
    await api.database.ownerPool.query("update clinic set vat_number = '514777715' where id = $1", [hadar.id])
  })

  it("is the owner's and the accountant's, of the whole business and of no other", async () => {
    for (const person of ['receptionist', 'doctor'] as const) expect((await (await api.as(hadar.staff[person]))('GET /registers/vat', { query })).status).toBe(403)
    expect((await (await api.as(thames.staff.owner))('GET /registers/vat', { query })).body.rates).toEqual([])
    expect((await (await api.as(thames.staff.owner))('GET /registers/vat/documents', { query })).body.items).toEqual([])
  })
})
