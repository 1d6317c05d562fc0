import { v7 as uuid } from 'uuid'
import type { Means } from '@yoman/contract/means'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { maturedCheques, taxMaturedCheque } from '@yoman/use-cases/invoices/tax-matured-cheques'
import { afterEach, describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const owner = await api.as(hadar.staff.owner)
const desk = await api.as(hadar.staff.receptionist)
const dayOfVisit = instant('2026-11-25T07:00:00Z')
let minute = 0

afterEach(() => api.setNow(castNow))

/** A visit of 180 shekels in three days. */
async function aVisit(patientId = hadar.patients.sara): Promise<string> {
  const id = uuid()
  await bookAppointment(castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow), {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId,
    startsAt: instant('2026-11-25T08:00:00Z').add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  return id
}

async function over(id: string) {
  api.setNow(dayOfVisit)
  const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, dayOfVisit)
  await recordArrival(ctx, id)
  await startTreatment(ctx, id)
  await completeAppointment(ctx, id)
  return (await desk('POST /appointments/:id/invoice', { params: { id } })).body
}

const card = (amountAgorot: number): Means => ({ id: uuid(), method: 'card', amountAgorot })
const cheque = (amountAgorot: number, dueOn: string): Means => ({ id: uuid(), method: 'cheque', amountAgorot, cheque: { number: '4410', bank: '12', branch: '605', account: '778899', dueOn } })
const pay = async (body: { appointmentId: string } | { invoiceId: string }, ...means: Means[]) => (await desk('POST /split-payments', { body: { ...body, means } })).body
const read = async (id: string) => (await owner('GET /invoices/:id', { params: { id } })).body
const bill = async (id: string) => (await desk('GET /appointments/:id/bill', { params: { id } })).body
const creditsOf = async (id: string) => (await desk('GET /patients/:id/credits', { params: { id } })).body.items
const creditWhole = async (id: string) => (await owner('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason: 'טעות בשורות', part: { rest: true } } })).body
const deduct = (id: string, sourceId: string, own = uuid()) => desk('POST /invoices/:id/deductions', { params: { id }, body: { id: own, sourceId } })
const billAnew = (id: string, own = uuid()) => desk('POST /appointments/:id/billings', { params: { id }, body: { id: own } })

describe('money before the day of its visit', () => {
  it('has its invoice-receipt at once, with the VAT of that day, and the bill of the visit deducts it', async () => {
    const id = await aVisit()
    const { receipts: [receipt], payments } = await pay({ appointmentId: id }, card(8_000))
    expect(receipt).toMatchObject({ kind: '320', totalAgorot: 8_000, issuedOn: '2026-11-22', advance: true, unusedAgorot: 8_000, basedOnId: null, appointmentId: id })
    expect(payments[0]?.invoiceId).toBe(receipt?.id)
    expect(await read(receipt?.id ?? '')).toMatchObject({ vatAgorot: 1_220, lines: [{ description: 'מקדמה על חשבון הביקור ביום 25/11/2026' }] })
    expect(await bill(id)).toMatchObject({ paidAgorot: 8_000, balanceAgorot: 10_000, invoice: null })

    const request = await over(id)
    expect(request).toMatchObject({ kind: '300', totalAgorot: 18_000, balanceAgorot: 10_000, lines: [{ description: 'בדיקה' }], deducted: [{ kind: '320', number: receipt?.number, amountAgorot: 8_000 }] })
    expect(await read(receipt?.id ?? '')).toMatchObject({ unusedAgorot: 0 })
    const { receipts: [rest] } = await pay({ invoiceId: request.id }, card(10_000))
    expect(rest).toMatchObject({ kind: '320', totalAgorot: 10_000, advance: false, basedOnId: request.id })
    expect(await bill(id)).toMatchObject({ balanceAgorot: 0, invoice: { id: request.id } })
    expect((await owner('GET /invoices/:id/pdf', { params: { id: request.id } })).raw.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  }, 60_000) // the first to call: all there is to compile is compiled in it

  it('by a cheque of a later day is a receipt without VAT, taxed on its day, whatever became of the visit', async () => {
    const id = await aVisit()
    const { receipts } = await pay({ appointmentId: id }, card(8_000), cheque(10_000, '2026-12-20'))
    expect(receipts.map(({ kind, advance, totalAgorot }) => [kind, advance, totalAgorot]).sort()).toEqual([['320', true, 8_000], ['400', true, 10_000]])
    expect(await over(id)).toMatchObject({ kind: '300', balanceAgorot: 0, deducted: [{ kind: '320' }, { kind: '400' }] })
    const later = castContext(api.cast, hadar, 'owner', api.database.apiPool, instant('2026-12-20T08:00:00Z'))
    const due = await maturedCheques(later)
    for (const one of due) expect(await taxMaturedCheque(later, one, moneyText)).toBe(true)
    const receiptId = receipts.find(({ kind }) => kind === '400')?.id ?? ''
    expect((await read(receiptId)).followers).toMatchObject([{ kind: '305', totalAgorot: 10_000 }])
    expect(await bill(id)).toMatchObject({ balanceAgorot: 0 })
  })

  it('waits for the document of its visit on the day itself, and is never more than the visit costs', async () => {
    const id = await aVisit()
    expect((await desk('POST /payments', { body: { ...card(18_001), appointmentId: id } })).problem.code).toBe('payment_exceeds_balance')
    api.setNow(dayOfVisit)
    expect((await pay({ appointmentId: id }, card(18_000))).receipts).toEqual([])
    expect(await over(id)).toMatchObject({ kind: '320', totalAgorot: 18_000, deducted: [] })
  })

  it('stays as credit for another visit, or is given back by a credit note and a refund', async () => {
    const patientId = hadar.patients.john
    const [cancelled, other] = [await aVisit(patientId), await aVisit(patientId)]
    const { receipts: [advance] } = await pay({ appointmentId: cancelled }, card(12_000))
    const [id, next] = [advance?.id ?? '', await over(other)]
    expect(next).toMatchObject({ kind: '300', balanceAgorot: 18_000 })
    expect(await creditsOf(patientId)).toMatchObject([{ id, kind: '320', leftAgorot: 12_000 }])
    const own = uuid()
    const twice = await Promise.all([deduct(next.id, id, own), deduct(next.id, id, own)])
    expect(twice.map(({ status, body }) => [status, body.balanceAgorot])).toEqual([[201, 6_000], [201, 6_000]])
    expect(await creditsOf(patientId)).toEqual([])
    expect((await deduct(next.id, id)).problem.code).toBe('nothing_to_deduct')

    const back = await aVisit(patientId)
    api.setNow(castNow)
    const { receipts: [second] } = await pay({ appointmentId: back }, card(5_000))
    const refund = { id: uuid(), means: [{ method: 'card' as const, amountAgorot: 5_000, reference: '7' }] }
    const credit = (await owner('POST /invoices/:id/credits', { params: { id: second?.id ?? '' }, body: { id: uuid(), reason: 'הביקור בוטל', part: { rest: true }, refund } })).body
    expect(credit).toMatchObject({ kind: '330', vatAgorot: 763, refundableAgorot: 0, followers: [{ kind: '410', totalAgorot: 5_000 }] })
    expect(await creditsOf(patientId)).toEqual([])
    expect(await bill(back)).toMatchObject({ paidAgorot: 0, balanceAgorot: 18_000 }) // it may be paid again
    expect((await pay({ appointmentId: back }, card(18_000))).receipts).toMatchObject([{ kind: '320', totalAgorot: 18_000 }])
  })

  it('of another patient, or of another clinic, settles nothing', async () => {
    const { receipts: [advance] } = await pay({ appointmentId: await aVisit(hadar.patients.ahmad) }, card(3_000))
    const request = await over(await aVisit(hadar.patients.olga))
    expect((await deduct(request.id, advance?.id ?? '')).problem.code).toBe('nothing_to_deduct')
    expect((await deduct(request.id, request.id)).problem.code).toBe('nothing_to_deduct')
    expect((await (await api.as(hadar.staff.doctor))('GET /patients/:id/credits', { params: { id: hadar.patients.ahmad } })).status).toBe(403)
    expect((await (await api.as(api.cast.thames.staff.owner))('GET /patients/:id/credits', { params: { id: hadar.patients.ahmad } })).status).toBe(404)
  })

  it('is deducted once, also by two bills at once', async () => {
    const patientId = hadar.patients.olga
    const { receipts: [advance] } = await pay({ appointmentId: await aVisit(patientId) }, card(10_000))
    const [one, other] = [await over(await aVisit(patientId)), await over(await aVisit(patientId))]
    const answers = await Promise.all([deduct(one.id, advance?.id ?? ''), deduct(other.id, advance?.id ?? '')])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect((await read(one.id)).balanceAgorot + (await read(other.id)).balanceAgorot).toBe(26_000)
    await expect(api.database.db.insertInto('advance_use').values({ clinic_id: hadar.id, id: uuid(), advance_id: advance?.id ?? '', request_id: one.id, amount_agorot: 1, used_at: castNow, used_by: null }).execute()).rejects.toThrow('more is deducted')
  })
})

it('a card and a cheque of a later day, as an advance at some desks and on a bill at others, all at once', async () => {
  const requests: string[] = []
  for (let count = 0; count < 6; count += 1) requests.push((await over(await aVisit())).id)
  api.setNow(castNow)
  const visits: string[] = []
  for (let count = 0; count < 6; count += 1) visits.push(await aVisit())
  const to = visits.flatMap((appointmentId, index) => [{ appointmentId }, { invoiceId: requests[index] ?? '' }])
  const answers = await Promise.all(to.map((body) => desk('POST /split-payments', { body: { ...body, means: [card(8_000), cheque(10_000, '2026-12-20')] } })))
  expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(201))
}, 30_000)

describe('a visit whose documents were credited whole', () => {
  it('is billed anew on the credit note, and money that stayed pays for it with the VAT that was taken back', async () => {
    const id = await aVisit(hadar.patients.ahmad)
    api.setNow(dayOfVisit)
    await pay({ appointmentId: id }, card(18_000))
    const first = await over(id)
    expect((await billAnew(id)).problem.code).toBe('not_credited_whole')
    await owner('POST /invoices/:id/credits', { params: { id: first.id }, body: { id: uuid(), reason: 'הנחה', part: { amountAgorot: 3_000 } } })
    expect((await bill(id)).billableAnew).toBe(false)
    const credit = await creditWhole(first.id)
    expect(credit).toMatchObject({ totalAgorot: 15_000, refundableAgorot: 15_000 })
    expect((await bill(id)).billableAnew).toBe(true)

    const own = uuid()
    expect((await Promise.all([billAnew(id, own), billAnew(id, own)])).map(({ status }) => status)).toEqual([201, 201])
    const anew = await read(own)
    expect(anew).toMatchObject({ kind: '300', totalAgorot: 18_000, balanceAgorot: 18_000, basedOn: { id: credit.id, kind: '330' }, appointmentId: id })
    expect(await bill(id)).toMatchObject({ invoice: { id: own }, billableAnew: false, paidAgorot: 0, balanceAgorot: 18_000 })
    expect((await desk('POST /appointments/:id/invoice', { params: { id } })).body.id).toBe(own)

    const used = await deduct(own, credit.id)
    expect(used.body).toMatchObject({ balanceAgorot: 3_000, followers: [{ kind: '305', totalAgorot: 15_000 }] })
    expect(await read(used.body.followers[0]?.id ?? '')).toMatchObject({ vatAgorot: credit.vatAgorot, paidAgorot: 15_000, basedOn: { id: own } })
    expect(await read(credit.id)).toMatchObject({ refundableAgorot: 0 })
    expect((await owner('POST /invoices/:id/refunds', { params: { id: credit.id }, body: { id: uuid(), means: [{ method: 'bit', amountAgorot: 10 }] } })).problem.code).toBe('nothing_to_refund')
    expect((await deduct(own, credit.id)).problem.code).toBe('nothing_to_deduct')
    expect((await pay({ invoiceId: own }, card(3_000))).receipts).toMatchObject([{ kind: '320', totalAgorot: 3_000 }])
    expect(await bill(id)).toMatchObject({ paidAgorot: 18_000, balanceAgorot: 0 })
  })

  it('may be billed and credited again and again, the money given back each time', async () => {
    const id = await aVisit(hadar.patients.olga)
    let document = (await over(id)).id
    for (let round = 0; round < 2; round += 1) {
      const { receipts: [receipt] } = await pay({ invoiceId: document }, card(18_000))
      const credit = await creditWhole(receipt?.id ?? '')
      expect((await owner('POST /invoices/:id/refunds', { params: { id: credit.id }, body: { id: uuid(), means: [{ method: 'card', amountAgorot: 18_000, reference: '9' }] } })).status).toBe(201)
      document = (await billAnew(id)).body.id
      expect(await read(document)).toMatchObject({ kind: '300', balanceAgorot: 18_000, basedOn: { id: credit.id } })
    }
  })

  it('with an advance is credited whole only with that', async () => {
    const id = await aVisit(hadar.patients.ahmad)
    const { receipts: [advance] } = await pay({ appointmentId: id }, card(8_000))
    const request = await over(id)
    const { receipts: [rest] } = await pay({ invoiceId: request.id }, card(10_000))
    await creditWhole(rest?.id ?? '')
    expect((await billAnew(id)).problem.code).toBe('not_credited_whole')
    await creditWhole(advance?.id ?? '')
    expect((await billAnew(id)).body).toMatchObject({ kind: '300', balanceAgorot: 18_000, deducted: [] })
  })

  it('with an advance that another bill deducted too is credited by its own share, and both are billed anew in the end', async () => {
    const patientId = hadar.patients.john
    const [source, ...visits] = [await aVisit(patientId), await aVisit(patientId), await aVisit(patientId)]
    const { receipts: [advance] } = await pay({ appointmentId: source }, card(18_000))
    const id = advance?.id ?? ''
    for (const visit of visits) {
      const request = await over(visit)
      const { receipts: [rest] } = await pay({ invoiceId: request.id }, card(9_000))
      expect((await deduct(request.id, id)).body).toMatchObject({ balanceAgorot: 0 })
      await creditWhole(rest?.id ?? '')
    }
    const billable = () => Promise.all(visits.map(async (visit) => (await bill(visit)).billableAnew))
    expect(await billable()).toEqual([false, false])
    const credit = (agorot: number) => owner('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason: 'טעות', part: { amountAgorot: agorot } } })
    await credit(9_000)
    expect((await billable()).sort()).toEqual([false, true]) // used in one moment of this test's clock: either
    await credit(9_000)
    expect(await billable()).toEqual([true, true])
    // On the same credit note, which is the last of both.
    expect((await Promise.all(visits.map((visit) => billAnew(visit)))).map(({ status }) => status)).toEqual([201, 201])
    expect((await billAnew(visits[0] ?? '')).problem.code).toBe('not_credited_whole')
  })
})
