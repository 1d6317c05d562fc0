import { v7 as uuid } from 'uuid'
import { takeNumber } from '@yoman/db/invoices/issue'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { transact } from '@yoman/use-cases/transact'
import { describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow)
let minute = 0

/** A visit of today that costs 180 shekels, by the price of its kind. */
async function aVisit(patientId = hadar.patients.sara, completed = true): Promise<string> {
  const id = uuid()
  await bookAppointment(ctx, {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId,
    startsAt: instant('2026-11-22T08:00:00Z').add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  if (!completed) return id
  await recordArrival(ctx, id)
  await startTreatment(ctx, id)
  await completeAppointment(ctx, id)
  return id
}

describe('the document of a visit', () => {
  it('is an invoice to be paid, and once paid an invoice-receipt that names it', async () => {
    const id = await aVisit()
    const issued = await desk('POST /appointments/:id/invoice', { params: { id } })
    expect(issued.status).toBe(201)
    expect(issued.body).toMatchObject({ kind: '300', totalAgorot: 18_000, netAgorot: 15_254, vatAgorot: 2_746, balanceAgorot: 18_000, lines: [{ description: 'בדיקה', quantity: 1 }] })
    expect((await desk('POST /appointments/:id/invoice', { params: { id } })).body.id).toBe(issued.body.id)

    const payment = { id: uuid(), invoiceId: issued.body.id, method: 'card' as const, amountAgorot: 18_000 }
    const paid = await desk('POST /payments', { body: payment })
    expect(paid.body.receipt).toMatchObject({ kind: '320', basedOnId: issued.body.id, totalAgorot: 18_000, balanceAgorot: 0 })
    expect((await desk('POST /payments', { body: payment })).body).toEqual(paid.body)
    expect((await desk('POST /payments', { body: { ...payment, amountAgorot: 1 } })).problem.code).toBe('id_taken')
    expect((await desk('POST /payments', { body: { ...payment, id: uuid() } })).problem.code).toBe('already_paid')
    expect((await desk('GET /appointments/:id/bill', { params: { id } })).body).toMatchObject({ balanceAgorot: 0, paidAgorot: 18_000, invoice: { id: issued.body.id } })
  })

  it('is an invoice-receipt at once where it was paid before, and both where only a part was', async () => {
    const paid = await aVisit(hadar.patients.ahmad)
    expect((await desk('POST /payments', { body: { id: uuid(), appointmentId: paid, method: 'cash', amountAgorot: 18_000 } })).body.receipt).toBeNull()
    expect((await desk('POST /appointments/:id/invoice', { params: { id: paid } })).body).toMatchObject({ kind: '320', balanceAgorot: 0, payments: [{ method: 'cash', amountAgorot: 18_000 }] })

    const part = await aVisit(hadar.patients.ahmad)
    await desk('POST /payments', { body: { id: uuid(), appointmentId: part, method: 'bit', amountAgorot: 8_000 } })
    const request = (await desk('POST /appointments/:id/invoice', { params: { id: part } })).body
    expect(request).toMatchObject({ kind: '300', balanceAgorot: 10_000 })
    const list = (await desk('GET /invoices', { query: { patientId: hadar.patients.ahmad } })).body.items
    expect(list.map(({ kind, totalAgorot }) => [kind, totalAgorot])).toEqual(expect.arrayContaining([['320', 8_000], ['300', 18_000]]))
    expect((await desk('GET /invoices', { query: { unpaid: true, patientId: hadar.patients.ahmad } })).body.items.map(({ id }) => id)).toEqual([request.id])
  })

  it('is refused before the visit is over, and for more money or cash than there may be', async () => {
    const open = await aVisit(hadar.patients.john, false)
    expect((await desk('POST /appointments/:id/invoice', { params: { id: open } })).problem.code).toBe('status_change_not_allowed')
    expect((await desk('POST /payments', { body: { id: uuid(), appointmentId: open, method: 'card', amountAgorot: 18_001 } })).problem.code).toBe('payment_exceeds_balance')
    expect((await desk('POST /payments', { body: { id: uuid(), invoiceId: uuid(), method: 'card', amountAgorot: 1 } })).problem.code).toBe('reference_unknown')
    expect((await desk('POST /payments', { body: { id: uuid(), method: 'card', amountAgorot: 1 } })).problem.code).toBe('reference_unknown')
  })

  it('is not paid by the money of another visit, and once by one payment that is sent twice at once', async () => {
    const [one, other] = [await aVisit(hadar.patients.john, false), await aVisit(hadar.patients.john, false)]
    const payment = { id: uuid(), appointmentId: one, method: 'card' as const, amountAgorot: 18_000 }
    const twice = await Promise.all([desk('POST /payments', { body: payment }), desk('POST /payments', { body: payment })])
    expect(twice.map(({ status }) => status)).toEqual([201, 201])
    expect((await desk('GET /appointments/:id/bill', { params: { id: one } })).body.paidAgorot).toBe(18_000)
    expect((await desk('POST /payments', { body: { ...payment, appointmentId: other } })).problem.code).toBe('id_taken')
    expect((await desk('POST /payments', { body: { id: payment.id, method: 'card', amountAgorot: 18_000, invoiceId: uuid() } })).problem.code).toBe('id_taken')
  })

  it('has numbers without a gap, also when fifty are issued at once and others fail after they took theirs', async () => {
    const before = await numbers()
    const visits: string[] = []
    for (let index = 0; index < 25; index += 1) visits.push(await aVisit(hadar.patients.olga))
    const failing = visits.map(() => transact(ctx, (tx) => takeNumber(tx, hadar.id, '300').then(() => Promise.reject(new Error('the paper is out')))).catch((error: Error) => error.message))
    const answers = await Promise.all([...visits, ...visits].map((id) => desk('POST /appointments/:id/invoice', { params: { id } })))
    expect(new Set(await Promise.all(failing))).toEqual(new Set(['the paper is out']))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 201))
    const after = await numbers()
    expect(after).toHaveLength(before.length + 25)
    expect(after).toEqual(Array.from({ length: after.length }, (_, index) => index + 1))
  })
})

const numbers = async (): Promise<number[]> =>
  (await api.database.db.selectFrom('invoice').select('number').where('clinic_id', '=', hadar.id).where('kind', '=', '300').orderBy('number').execute()).map(({ number }) => number)

describe('the PDF', () => {
  it('says "original" once in its life, and "copy" ever after', async () => {
    const { id } = (await desk('POST /appointments/:id/invoice', { params: { id: await aVisit() } })).body
    const copy = await desk('GET /invoices/:id/pdf', { params: { id } })
    expect(copy.raw.headers['content-type']).toBe('application/pdf')
    expect(copy.raw.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    const original = await desk('POST /invoices/:id/original', { params: { id } })
    expect(original.status).toBe(200)
    expect(original.raw.rawPayload.equals(copy.raw.rawPayload)).toBe(false)
    expect((await desk('POST /invoices/:id/original', { params: { id } })).problem.code).toBe('original_already_made')
    expect((await desk('GET /invoices/:id', { params: { id } })).body.originalMade).toBe(true)
    const events = await api.database.db.selectFrom('event').select('name').where('subject_id', '=', id).orderBy('seq').execute()
    expect(events.map(({ name }) => name)).toEqual(['invoice.issued', 'invoice.read', 'invoice.read', 'invoice.read'])
  })
})

describe('the e-mail of a document', () => {
  it('goes only to who agreed, once for one id', async () => {
    const { id } = (await desk('POST /appointments/:id/invoice', { params: { id: await aVisit() } })).body
    const messageId = uuid()
    for (let again = 0; again < 2; again += 1) expect((await desk('POST /invoices/:id/mailings', { params: { id }, body: { id: messageId } })).body.mailing).toBe('queued')
    const rows = await api.database.db.selectFrom('message').select(['to_address', 'kind', 'dedupe_key']).where('invoice_id', '=', id).execute()
    expect(rows).toEqual([{ to_address: 'sara@patients.example', kind: 'invoice', dedupe_key: `original-${id}` }])

    const other = (await desk('POST /appointments/:id/invoice', { params: { id: await aVisit(hadar.patients.john) } })).body
    expect(other.mailing).toBe('no_consent')
    expect((await desk('POST /invoices/:id/mailings', { params: { id: other.id }, body: { id: uuid() } })).problem.code).toBe('no_consent')
  })
})

it('hides documents and money from those who treat', async () => {
  const doctor = await api.as(hadar.staff.doctor)
  expect((await doctor('GET /invoices')).status).toBe(403)
  const thames = await api.as(api.cast.thames.staff.owner)
  const [mine] = (await desk('GET /invoices')).body.items
  expect((await thames('GET /invoices/:id', { params: { id: mine?.id ?? '' } })).status).toBe(404)
  expect((await thames('GET /invoices')).body.items).toEqual([])
})
