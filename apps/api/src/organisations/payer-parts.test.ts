import { v7 as uuid } from 'uuid'
import { testApi } from '@yoman/testing/api'
import { castNow } from '@yoman/testing/cast'
import { afterEach, describe, expect, it } from 'vitest'
import { expectSound } from '../invoices/sound.fixture.ts'
import { dayOfVisit, payersOf, price } from './payers.fixture.ts'

const api = await testApi()
const { hadar, thames } = api.cast
const [doctor, other] = await Promise.all([api.as(hadar.staff.doctor), api.as(thames.staff.owner)])
const { desk, owner, aVisit, finish, billed, anOrganisation, setPart, drop, pay } = await payersOf(api)

afterEach(() => api.setNow(castNow))

describe('a visit of which an insurer pays a part', () => {
  it('asks each for theirs, and both together for the price', async () => {
    const [dror, id] = [await anOrganisation('en'), await aVisit()]
    const chosen = (await setPart(id, dror.id, { basisPoints: 7_000 })).body
    expect(chosen).toMatchObject({ totalAgorot: price, ownAgorot: 5_400, balanceAgorot: 5_400, parts: [{ organisationId: dror.id, part: { basisPoints: 7_000 }, totalAgorot: 12_600, invoice: null }] })
    await finish(id)
    const { document, bill, ofPart } = await billed(id)
    expect(document).toMatchObject({ kind: '300', totalAgorot: 5_400, organisation: null, lines: [{ quantity: 1, totalAgorot: 5_400, description: expect.stringContaining('₪180.00') }] })
    expect(ofPart).toMatchObject({ kind: '300', totalAgorot: 12_600, organisation: { id: dror.id }, language: 'en', lines: [{ quantity: 1, totalAgorot: 12_600, description: expect.stringContaining('part of ₪180.00') }] })
    expect(ofPart.netAgorot + ofPart.vatAgorot).toBe(12_600)
    expect(bill.parts).toMatchObject([{ totalAgorot: 12_600, invoice: { id: ofPart.id, number: ofPart.number, balanceAgorot: 12_600 } }])
    // Each pays their own, and nothing of the other's.
    await pay({ invoiceId: ofPart.id }, 12_600)
    const after = (await desk('GET /appointments/:id/bill', { params: { id } })).body
    expect(after).toMatchObject({ paidAgorot: 0, balanceAgorot: 5_400, payments: [], parts: [{ invoice: { balanceAgorot: 0 } }] })
    expect((await pay({ appointmentId: id }, 5_401)).problem.code).toBe('payment_exceeds_balance')
    expect((await pay({ appointmentId: id }, 5_400)).body.receipts).toMatchObject([{ kind: '320', totalAgorot: 5_400, organisation: null }])
    expect((await desk('GET /appointments/:id/bill', { params: { id } })).body).toMatchObject({ balanceAgorot: 0, paidAgorot: 5_400 })
    await expectSound(api, owner)
  })

  it('is paid by its patient on the spot: an invoice-receipt for their part, a transaction invoice for the rest', async () => {
    const [dror, id] = [await anOrganisation(), await aVisit(hadar.patients.rivka)]
    await setPart(id, dror.id, { agorot: 10_000 })
    api.setNow(dayOfVisit)
    expect((await pay({ appointmentId: id }, 8_001)).problem.code).toBe('payment_exceeds_balance')
    await pay({ appointmentId: id }, 8_000)
    await finish(id)
    const { document, ofPart, bill } = await billed(id)
    expect([document.kind, document.totalAgorot, ofPart.kind, ofPart.totalAgorot, bill.paidAgorot, bill.balanceAgorot]).toEqual(['320', 8_000, '300', 10_000, 8_000, 0])
    // The insurer's debt is its own.
    const debts = (await desk('GET /debts/:patientId', { params: { patientId: hadar.patients.rivka } })).body.items
    expect(debts.map(({ organisationId, owedAgorot }) => [organisationId, owedAgorot])).toEqual([[dror.id, 10_000]])
    await expectSound(api, owner)
  })

  it('deducts from its own document what was paid in advance', async () => {
    const [dror, id] = [await anOrganisation(), await aVisit(hadar.patients.olga)]
    await pay({ appointmentId: id }, 7_000)
    expect((await setPart(id, dror.id, { agorot: 11_001 })).problem.code).toBe('payer_parts_too_large')
    expect((await setPart(id, dror.id, { agorot: 10_000 })).body).toMatchObject({ ownAgorot: 8_000, paidAgorot: 7_000, balanceAgorot: 1_000 })
    await finish(id)
    expect((await billed(id)).document).toMatchObject({ kind: '300', totalAgorot: 8_000, balanceAgorot: 1_000 })
    await expectSound(api, owner)
  })

  it('bills its own part anew and leaves that of the insurer', async () => {
    const [dror, id] = [await anOrganisation(), await aVisit(hadar.patients.noam)]
    await setPart(id, dror.id, { agorot: 10_000 })
    await finish(id)
    const { document } = await billed(id)
    const { receipts: [receipt] } = (await pay({ invoiceId: document.id }, 8_000)).body
    await owner('POST /invoices/:id/credits', { params: { id: receipt?.id ?? '' }, body: { id: uuid(), reason: 'טעות', part: { rest: true } } })
    expect((await setPart(id, dror.id, { agorot: 2_000 })).problem.code).toBe('already_billed')
    expect((await desk('POST /appointments/:id/billings', { params: { id }, body: { id: uuid() } })).body).toMatchObject({ kind: '300', totalAgorot: 8_000 })
    await expectSound(api, owner)
  })
})

describe('the part of an organisation', () => {
  it('is set, changed and taken away until the visit is billed; twice is once', async () => {
    const [dror, alon, id] = [await anOrganisation(), await anOrganisation(), await aVisit()]
    for (let twice = 0; twice < 2; twice += 1) expect((await setPart(id, dror.id, { agorot: 3_000 })).body.parts).toMatchObject([{ totalAgorot: 3_000 }])
    expect((await setPart(id, dror.id, { basisPoints: 5_000 })).body.parts).toMatchObject([{ part: { basisPoints: 5_000 }, totalAgorot: 9_000 }])
    expect((await setPart(id, alon.id, { agorot: 9_000 })).problem.code).toBe('payer_parts_too_large')
    expect((await setPart(id, alon.id, { agorot: 1_000 })).body).toMatchObject({ ownAgorot: 8_000, parts: [{ organisationId: dror.id }, { organisationId: alon.id }] })
    for (let twice = 0; twice < 2; twice += 1) expect((await drop(id, alon.id)).body).toMatchObject({ ownAgorot: 9_000 })
    await finish(id)
    await billed(id)
    for (const answer of [await setPart(id, dror.id, { agorot: 1 }), await setPart(id, alon.id, { agorot: 1 }), await drop(id, dror.id)]) expect(answer.problem.code).toBe('already_billed')
  })

  it('is of an organisation in use that is not billed the rest, and of treatments of the visit', async () => {
    const [dror, alon, id] = [await anOrganisation(), await anOrganisation(), await aVisit()]
    expect((await setPart(id, uuid(), { agorot: 1 })).problem.code).toBe('reference_unknown')
    expect((await setPart(id, dror.id, { agorot: 1 }, [uuid()])).problem.code).toBe('reference_unknown')
    expect((await setPart(id, dror.id, { agorot: 0 })).status).toBe(400)
    expect((await setPart(id, dror.id, { basisPoints: 10_001 })).status).toBe(400)
    await desk('PUT /appointments/:id/payer', { params: { id }, body: { organisationId: alon.id } })
    expect((await setPart(id, alon.id, { agorot: 1_000 })).problem.code).toBe('same_payer')
    await setPart(id, dror.id, { agorot: 1_000 })
    expect((await desk('PUT /appointments/:id/payer', { params: { id }, body: { organisationId: dror.id } })).problem.code).toBe('same_payer')
    const { version, id: alonId, ...fields } = alon
    await desk('PUT /organisations/:id', { params: { id: alonId }, body: { ...fields, version, active: false } })
    expect((await setPart(await aVisit(), alon.id, { agorot: 1_000 })).problem.code).toBe('reference_unknown')
  })

  it('is for whoever bills, in their own clinic', async () => {
    const [dror, id] = [await anOrganisation(), await aVisit()]
    const params = { id, organisationId: dror.id }
    const body = { part: { agorot: 1_000 }, procedureIds: null }
    expect((await doctor('PUT /appointments/:id/payer-parts/:organisationId', { params, body })).status).toBe(403)
    expect((await other('PUT /appointments/:id/payer-parts/:organisationId', { params, body })).status).toBe(404)
    expect((await other('DELETE /appointments/:id/payer-parts/:organisationId', { params })).status).toBe(404)
  })

  it('holds a visit back that it leaves nothing of, until somebody looks: a discount made it so', async () => {
    const [dror, id] = [await anOrganisation(), await aVisit()]
    await setPart(id, dror.id, { agorot: 15_000 })
    await owner('PUT /appointments/:id/discount', { params: { id }, body: { procedureId: null, discount: { off: { basisPoints: 5_000 }, reason: 'קרוב משפחה' } } })
    await finish(id)
    expect((await desk('POST /appointments/:id/invoice', { params: { id } })).problem.code).toBe('payer_parts_too_large')
    await setPart(id, dror.id, { agorot: 5_000 })
    const { document, ofPart } = await billed(id)
    expect([document.totalAgorot, ofPart.totalAgorot]).toEqual([4_000, 5_000])
    // Prices less discounts of both are the price of the visit less its discount, once.
    expect([document.lines[0], ofPart.lines[0]].map((line) => [line?.unitPriceAgorot, line?.discountAgorot])).toEqual([[13_000, 9_000], [5_000, 0]])
    const { givers } = (await owner('GET /registers/discounts', { query: { from: '2026-11-01', to: '2026-11-30' } })).body
    expect(givers).toMatchObject([{ lines: 1, grossAgorot: price, discountAgorot: 9_000 }])
  })
})
