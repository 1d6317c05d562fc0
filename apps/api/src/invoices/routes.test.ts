import { v7 as uuid } from 'uuid'
import type { Means } from '@yoman/contract/means'
import { takeNumber } from '@yoman/db/invoices/issue'
import { instant, plainDate } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { transact } from '@yoman/use-cases/transact'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

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
  }, 60_000) // the first to call: all there is to compile is compiled in it

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

describe('several means at once', () => {
  const cheque = (amountAgorot: number, dueOn: string, number = '101') => ({ id: uuid(), method: 'cheque' as const, amountAgorot, cheque: { number, bank: '12', branch: '605', account: '778899', dueOn } })
  const documents = async (appointmentId: string) =>
    (await api.database.db.selectFrom('invoice').select(['kind', 'total_agorot', 'vat_agorot']).where('appointment_id', '=', appointmentId).orderBy('kind').execute()).map(({ kind, total_agorot, vat_agorot }) => [kind, total_agorot, vat_agorot])

  it('are one invoice-receipt, kept with their facts, and once however often they are sent', async () => {
    const id = await aVisit()
    const request = (await desk('POST /appointments/:id/invoice', { params: { id } })).body
    const means = [
      { id: uuid(), method: 'cash' as const, amountAgorot: 5_000 },
      { id: uuid(), method: 'card' as const, amountAgorot: 10_000, reference: '0077', card: { brand: 'visa' as const, lastFour: '4580', instalments: 2 } },
      cheque(3_000, '2026-11-22'),
    ]
    const paid = await desk('POST /split-payments', { body: { invoiceId: request.id, means } })
    expect(paid.status).toBe(201)
    expect(paid.body.receipts).toMatchObject([{ kind: '320', totalAgorot: 18_000 }])
    expect((await desk('GET /invoices/:id', { params: { id: paid.body.receipts[0]?.id ?? '' } })).body.payments).toMatchObject([
      { method: 'cash', card: null, cheque: null }, { card: { brand: 'visa', lastFour: '4580', instalments: 2 } }, { cheque: { number: '101', bank: '12', branch: '605', account: '778899', dueOn: '2026-11-22' } },
    ])
    expect((await desk('POST /split-payments', { body: { invoiceId: request.id, means } })).body).toEqual(paid.body)
    expect((await desk('POST /split-payments', { body: { invoiceId: request.id, means: means.slice(1) } })).body.payments).toHaveLength(2)
    expect((await desk('POST /split-payments', { body: { invoiceId: request.id, means: [...means, cheque(1, '2026-11-22')] } })).problem.code).toBe('id_taken')
    expect((await desk('POST /split-payments', { body: { invoiceId: request.id, means: [{ ...cheque(3_000, '2026-11-23'), id: means[2]?.id ?? '' }] } })).problem.code).toBe('id_taken')
  })

  it('part a cheque for a later day from the rest: a receipt without VAT', async () => {
    const id = await aVisit()
    const request = (await desk('POST /appointments/:id/invoice', { params: { id } })).body
    const { body } = await desk('POST /split-payments', { body: { invoiceId: request.id, means: [{ id: uuid(), method: 'bit', amountAgorot: 8_000 }, cheque(6_000, '2026-12-22'), cheque(4_000, '2027-01-22', '102')] } })
    expect(body.receipts.map(({ kind, totalAgorot }) => [kind, totalAgorot])).toEqual(expect.arrayContaining([['320', 8_000], ['400', 10_000]]))
    expect(await documents(id)).toEqual([['300', 18_000, 2_746], ['320', 8_000, 1_220], ['400', 10_000, 0]])
    expect((await desk('GET /invoices/:id', { params: { id: request.id } })).body.balanceAgorot).toBe(0)
    expect((await desk('POST /payments', { body: { id: uuid(), invoiceId: request.id, method: 'card', amountAgorot: 1 } })).problem.code).toBe('already_paid')
  })

  it('that were taken before the visit was over are parted when its document is issued', async () => {
    const id = await aVisit(hadar.patients.sara, false)
    expect((await desk('POST /split-payments', { body: { appointmentId: id, means: [{ id: uuid(), method: 'card', amountAgorot: 8_000 }, cheque(10_000, '2026-12-22')] } })).body.receipts).toEqual([])
    await recordArrival(ctx, id)
    await startTreatment(ctx, id)
    await completeAppointment(ctx, id)
    expect((await desk('POST /appointments/:id/invoice', { params: { id } })).body).toMatchObject({ kind: '300', balanceAgorot: 0 })
    expect(await documents(id)).toEqual([['300', 18_000, 2_746], ['320', 8_000, 1_220], ['400', 10_000, 0]])
  })

  it('are all refused where one is', async () => {
    const id = await aVisit()
    const refused = async (...means: Means[]) => (await desk('POST /split-payments', { body: { appointmentId: id, means } })).problem.code
    const card = () => ({ id: uuid(), method: 'card' as const, amountAgorot: 8_000 })
    expect(await refused(card(), { id: uuid(), method: 'cheque', amountAgorot: 10_000 })).toBe('cheque_facts_missing')
    expect(await refused(card(), cheque(10_000, '2016-12-22'))).toBe('cheque_date_wrong')
    expect(await refused(card(), { ...cheque(10_000, '2026-12-22'), method: 'bit' })).toBe('means_facts_wrong')
    expect(await refused(card(), cheque(10_001, '2026-12-22'))).toBe('payment_exceeds_balance')
    expect((await desk('GET /appointments/:id/bill', { params: { id } })).body.payments).toEqual([])
  })
})

describe('cash', () => {
  const pay = (appointmentId: string, amountAgorot: number) => desk('POST /payments', { body: { id: uuid(), appointmentId, method: 'cash', amountAgorot } })
  const setPrice = (price_agorot: number) => api.database.db.updateTable('price_item').set({ price_agorot }).where('id', '=', hadar.prices.exam).execute()
  beforeAll(() => setPrice(900_000))
  afterAll(() => setPrice(18_000))

  it('is limited over all visits of one treatment plan, also where two are paid at once', async () => {
    const [one, other] = [await aVisit(hadar.patients.john), await aVisit(hadar.patients.john)]
    await planOf(hadar.patients.john, [one, other], 1_800_000)
    expect((await pay(one, 180_010)).problem.params).toEqual({ most: 180_000 })
    const both = await Promise.all([pay(one, 120_000), pay(other, 120_000)])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422])
    expect((await Promise.all([pay(one, 60_000), pay(other, 60_000)])).filter(({ status }) => status === 201)).toHaveLength(1)
  })

  it('counts the visits of a plan that carry no order: of its series, and booked straight in the diary', async () => {
    const [first, later, direct, elsewhere] = [await aVisit(hadar.patients.ahmad), await aVisit(hadar.patients.ahmad), await aVisit(hadar.patients.ahmad), await aVisit(hadar.patients.ahmad)]
    await planOf(hadar.patients.ahmad, [first], 1_800_000)
    await inSeries(hadar.patients.ahmad, [first, later])
    await done(hadar.patients.ahmad, direct, hadar.prices.filling, '36')
    await done(hadar.patients.ahmad, elsewhere, hadar.prices.filling, '37')
    expect((await pay(direct, 90_000)).status).toBe(201)
    expect((await pay(later, 90_010)).problem.params).toEqual({ most: 90_000 })
    expect((await pay(later, 60_000)).status).toBe(201)
    expect((await pay(first, 30_010)).problem.params).toEqual({ most: 30_000 })
    // Another tooth is not of the plan: that visit is a deal of its own.
    expect((await pay(elsewhere, 90_000)).status).toBe(201)
    expect((await pay(direct, 30_010)).problem.params).toEqual({ most: 30_000 })
  })

  it('counts what was taken for earlier editions of the plan, and for their visits what the latest costs', async () => {
    const [before, after] = [await aVisit(hadar.patients.olga), await aVisit(hadar.patients.olga)]
    const old = await planOf(hadar.patients.olga, [before], 1_800_000)
    expect((await pay(before, 150_000)).status).toBe(201)
    await api.database.db.updateTable('treatment_plan').set({ status: 'replaced', ended_at: castNow }).where('id', '=', old).execute()
    await planOf(hadar.patients.olga, [after], 2_000_000, old)
    expect((await pay(after, 50_010)).problem.params).toEqual({ most: 50_000 })
    expect((await pay(before, 50_010)).problem.params).toEqual({ most: 50_000 })
    expect((await Promise.all([pay(before, 50_000), pay(after, 50_000)])).map(({ status }) => status).sort()).toEqual([201, 422])
  })
})

/** A plan of this price that was agreed on, and of which these visits came: two crowns on one tooth. @returns its id. */
async function planOf(patient_id: string, appointmentIds: string[], agorot: number, replaces_id: string | null = null): Promise<string> {
  const { db } = api.database
  const [clinic_id, plan_id, phase_id] = [hadar.id, uuid(), uuid()]
  await db.insertInto('treatment_plan').values({
    clinic_id, id: plan_id, patient_id, branch_id: hadar.branches.center, title: 'שיקום', remarks_sealed: Buffer.from(''), status: 'accepted', edition: replaces_id === null ? 1 : 2, replaces_id, written_by: hadar.staff.doctor.id,
    created_at: castNow, offered_at: castNow, answered_at: castNow, ended_at: null, reason: '', version: 1,
  }).execute()
  await db.insertInto('treatment_plan_phase').values({ clinic_id, id: phase_id, plan_id, position: 1, title: 'שלב', visit_type_id: null, practitioner_id: null, minutes: null, from_phase_id: null, set_aside_at: null, set_aside_by: null, set_aside_reason: '' }).execute()
  await db.insertInto('treatment_plan_item').values({
    clinic_id, id: uuid(), plan_id, phase_id, position: 1, price_item_id: hadar.prices.filling, description: 'כתר', description_en: '', tooth: '36', surfaces: '', quantity: 2,
    least_agorot: agorot / 2, most_agorot: agorot / 2, estimated: false, finding_id: null, done_quantity: 0, done_at: null,
  }).execute()
  for (const appointmentId of appointmentIds) {
    const order_id = uuid()
    await db.insertInto('next_visit_order').values({ clinic_id, id: order_id, patient_id, branch_id: hadar.branches.center, encounter_id: null, ordered_by: hadar.staff.doctor.id, from_date: plainDate('2026-11-22'), to_date: plainDate('2026-12-22'), created_at: castNow }).execute()
    await db.insertInto('treatment_plan_order').values({ clinic_id, phase_id, order_id }).execute()
    await db.updateTable('appointment').set({ order_id }).where('id', '=', appointmentId).execute()
  }
  return plan_id
}

async function inSeries(patient_id: string, appointmentIds: string[]): Promise<void> {
  const [clinic_id, series_id] = [hadar.id, uuid()]
  await api.database.db.insertInto('series').values({ clinic_id, id: series_id, patient_id, branch_id: hadar.branches.center, unit: 'week', every: 1, month_by: null, created_by: hadar.staff.receptionist.id, created_at: castNow }).execute()
  await api.database.db.insertInto('series_visit').values(appointmentIds.map((appointment_id, index) => ({ clinic_id, appointment_id, series_id, position: index + 1 }))).execute()
}

/** What the doctor wrote down and signed of a visit. */
async function done(patient_id: string, appointment_id: string, price_item_id: string, tooth: string): Promise<void> {
  const [clinic_id, encounter_id] = [hadar.id, uuid()]
  await api.database.db.insertInto('encounter').values({
    clinic_id, id: encounter_id, patient_id, appointment_id, practitioner_id: hadar.practitioners.doctor, branch_id: hadar.branches.center, status: 'signed', started_at: castNow, signed_at: castNow, signed_by: hadar.staff.doctor.id,
  }).execute()
  await api.database.db.insertInto('procedure_done').values({ clinic_id, id: uuid(), encounter_id, price_item_id, description: 'כתר', tooth, quantity: 1, unit_price_agorot: 900_000, recorded_by: null, recorded_at: castNow }).execute()
}

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
