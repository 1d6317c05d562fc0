import { v7 as uuid } from 'uuid'
import { testApi } from '@yoman/testing/api'
import { castNow } from '@yoman/testing/cast'
import { afterEach, describe, expect, it } from 'vitest'
import { expectSound } from '../invoices/sound.fixture.ts'
import { payersOf } from './payers.fixture.ts'

const api = await testApi()
const { hadar, thames } = api.cast
const other = await api.as(thames.staff.owner)
const { desk, owner, aVisit, billOf, anOrganisation, setPart, drop, pay, reassign, credit, payAndCredit, ofInsurer } = await payersOf(api)

afterEach(() => api.setNow(castNow))

describe('what an organisation does not pay after all', () => {
  it('is asked of the patient, by a document of their own that says what it is based on; once', async () => {
    const { insurer: dror, id, ofPart, document } = await ofInsurer(hadar.patients.sara)
    const income = async () => (await owner('GET /reports/income', { query: { from: '2026-11-01', to: '2026-11-30', view: 'billed', group: 'month' } })).body.total.grossAgorot
    const before = await income()
    const as = uuid()
    expect((await reassign(ofPart.id, dror.id)).problem.code).toBe('same_payer')
    const { body } = await reassign(ofPart.id, null, as)
    expect(body).toMatchObject({ id: as, kind: '300', totalAgorot: 10_000, organisation: null, basedOn: { id: ofPart.id }, lines: [{ description: ofPart.lines[0]?.description }] })
    expect((await reassign(ofPart.id, null, as)).status).toBe(201)
    expect((await reassign(ofPart.id, null)).problem.code).toBe('nothing_owed')
    expect((await reassign(document.id, null, as)).problem.code).toBe('id_taken')
    expect((await pay({ invoiceId: ofPart.id }, 1_000)).problem.code).toBe('already_paid')
    expect((await desk('GET /debts/:patientId', { params: { patientId: hadar.patients.sara } })).body.items.map(({ id: debt, organisationId }) => [debt, organisationId])).toEqual(expect.arrayContaining([[as, null], [document.id, null]]))
    expect(await income()).toBe(before)
    await pay({ invoiceId: as }, 10_000)
    expect((await desk('GET /appointments/:id/bill', { params: { id } })).body).toMatchObject({ balanceAgorot: 8_000, parts: [{ totalAgorot: 10_000 }] })
    await expectSound(api, owner)
  })

  it('is the rest where a part of it was paid, and no debt that was given up', async () => {
    const { ofPart } = await ofInsurer()
    await pay({ invoiceId: ofPart.id }, 4_000)
    await owner('POST /debts/:patientId/write-offs', { params: { patientId: hadar.patients.ahmad }, body: { id: uuid(), invoiceId: ofPart.id, reason: 'סירב' } })
    const { body } = await owner('POST /invoices/:id/reassignments', { params: { id: ofPart.id }, body: { id: uuid(), organisationId: null } })
    expect(body).toMatchObject({ totalAgorot: 6_000, lines: [{ description: expect.stringContaining(String(ofPart.number)), totalAgorot: 6_000 }] })
    expect((await desk('GET /debts/:patientId', { params: { patientId: hadar.patients.ahmad } })).body.writtenOff).toEqual([])
    await expectSound(api, owner)
  })

  it('is all of it where its documents were credited whole', async () => {
    const [{ ofPart }, alon] = [await ofInsurer(), await anOrganisation()]
    const { receipts: [receipt] } = (await pay({ invoiceId: ofPart.id }, 10_000)).body
    expect((await reassign(ofPart.id, alon.id)).problem.code).toBe('nothing_owed')
    const credit = (await owner('POST /invoices/:id/credits', { params: { id: receipt?.id ?? '' }, body: { id: uuid(), reason: 'שילמו בטעות', part: { rest: true } } })).body
    expect((await reassign(ofPart.id, alon.id)).body).toMatchObject({ totalAgorot: 10_000, organisation: { id: alon.id }, basedOn: { id: credit.id, kind: '330' } })
    expect((await reassign(ofPart.id, null)).problem.code).toBe('nothing_owed')
    await expectSound(api, owner)
  })

  it('is asked of nobody by another clinic, and of no document but a transaction invoice', async () => {
    const { ofPart } = await ofInsurer()
    expect((await other('POST /invoices/:id/reassignments', { params: { id: ofPart.id }, body: { id: uuid(), organisationId: null } })).status).toBe(404)
    const { receipts: [receipt] } = (await pay({ invoiceId: ofPart.id }, 10_000)).body
    expect((await reassign(receipt?.id ?? '', null)).problem.code).toBe('nothing_owed')
  })

  it('is no unpaid balance of the patient in the diary until it is asked of the patient', async () => {
    const { id, document, ofPart } = await ofInsurer()
    const owes = async () => {
      const { body } = await desk('GET /diary', { query: { branchId: hadar.branches.center, date: '2026-11-25' } })
      return body.visits.find((one) => one.id === id)?.owes
    }
    // What the patient owes of other visits is paid.
    for (const debt of (await desk('GET /debts/:patientId', { params: { patientId: hadar.patients.ahmad } })).body.items) if (debt.organisationId === null && debt.id !== document.id) await pay({ invoiceId: debt.id }, debt.owedAgorot)
    expect(await owes()).toBe(true)
    await pay({ appointmentId: id }, 8_000)
    expect(await owes()).toBe(false)
    await reassign(ofPart.id, null)
    expect(await owes()).toBe(true)
  })

  it('is asked once by two at the same time', async () => {
    const { ofPart } = await ofInsurer()
    const answers = await Promise.all([reassign(ofPart.id, null), reassign(ofPart.id, null)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  })
})

describe('what was asked of somebody else', () => {
  const patientId = hadar.patients.olga
  const anew = (id: string) => desk('POST /appointments/:id/billings', { params: { id }, body: { id: uuid() } })

  it('leaves what was credited of the first to be asked as well, once', async () => {
    const { ofPart } = await ofInsurer(patientId)
    const { receipts: [receipt] } = (await pay({ invoiceId: ofPart.id }, 4_000)).body
    expect((await reassign(ofPart.id, null)).body.totalAgorot).toBe(6_000)
    await credit(receipt?.id ?? '')
    expect((await reassign(ofPart.id, null)).body).toMatchObject({ totalAgorot: 4_000, basedOn: { kind: '330' } })
    expect((await reassign(ofPart.id, null)).problem.code).toBe('nothing_owed')
    await expectSound(api, owner)
  })

  it('lets a visit be billed anew whose own document went to another and was credited there', async () => {
    const { id, document } = await ofInsurer(patientId)
    const alon = await anOrganisation()
    const passed = (await reassign(document.id, alon.id)).body
    expect(await billOf(id)).toMatchObject({ paidAgorot: 0, balanceAgorot: 0, reassigned: [{ id: passed.id, organisationName: alon.name, balanceAgorot: 8_000 }] })
    expect((await anew(id)).problem.code).toBe('not_credited_whole')
    await payAndCredit(passed.id, 8_000)
    // It is the visit's own that is billed anew, not what another was asked for instead.
    expect((await reassign(passed.id, null)).problem.code).toBe('nothing_owed')
    expect((await anew(id)).body).toMatchObject({ kind: '300', totalAgorot: 8_000 })
    await expectSound(api, owner)
  })

  it('is free again with the visit where everything was credited: parts change, and all is billed anew', async () => {
    const { insurer, id, document, ofPart } = await ofInsurer(patientId)
    await payAndCredit(ofPart.id, 10_000)
    await payAndCredit(document.id, 8_000)
    await owner('PUT /appointments/:id/discount', { params: { id }, body: { procedureId: null, discount: { off: { basisPoints: 5_000 }, reason: 'קרוב משפחה' } } })
    expect(await billOf(id)).toMatchObject({ totalAgorot: 9_000, ownAgorot: 0, parts: [{ open: true }] })
    expect((await setPart(id, insurer.id, { agorot: 5_000 })).body).toMatchObject({ ownAgorot: 4_000 })
    expect((await anew(id)).body.totalAgorot).toBe(4_000)
    const { parts } = await billOf(id)
    expect(parts).toMatchObject([{ totalAgorot: 5_000, open: false, invoice: { balanceAgorot: 5_000 } }])
    expect(parts[0]?.invoice?.id).not.toBe(ofPart.id)
    expect((await reassign(ofPart.id, null)).body.totalAgorot).toBe(5_000)
    expect((await setPart(id, insurer.id, { agorot: 1 })).problem.code).toBe('already_billed')
    await expectSound(api, owner)
  })

  it('may be dropped from the visit where everything was credited', async () => {
    const { insurer, id, document, ofPart } = await ofInsurer(patientId)
    await payAndCredit(ofPart.id, 10_000)
    expect((await drop(id, insurer.id)).problem.code).toBe('already_billed')
    await payAndCredit(document.id, 8_000)
    expect((await drop(id, insurer.id)).body.ownAgorot).toBe(18_000)
    expect((await anew(id)).body.totalAgorot).toBe(18_000)
  })

  it('takes the right to give debts up where the debt was given up', async () => {
    const { ofPart } = await ofInsurer(patientId)
    await owner('POST /debts/:patientId/write-offs', { params: { patientId }, body: { id: uuid(), invoiceId: ofPart.id, reason: 'סירב' } })
    expect((await reassign(ofPart.id, null)).status).toBe(403)
    expect((await owner('POST /invoices/:id/reassignments', { params: { id: ofPart.id }, body: { id: uuid(), organisationId: null } })).status).toBe(201)
    expect((await desk('GET /debts/:patientId', { params: { patientId } })).body.writtenOff).toEqual([])
  })

  it('is worded for whom it is asked of', async () => {
    const { ofPart } = await ofInsurer(hadar.patients.ahmad, 'en')
    const { body } = await reassign(ofPart.id, null)
    expect([ofPart.language, body.language === 'en', body.lines.map(({ description }) => description.includes(String(ofPart.number)))]).toEqual(['en', false, [true]])
  })
})

describe('who pays a part', () => {
  it('keeps its place when it is saved again', async () => {
    const { insurer, id } = await (async () => {
      const [one, two] = [await anOrganisation(), await anOrganisation()]
      const visit = await aVisit(hadar.patients.noam)
      await setPart(visit, one.id, { agorot: 10_000 })
      await setPart(visit, two.id, { basisPoints: 3_000 })
      return { insurer: one, id: visit }
    })()
    const before = (await billOf(id)).parts.map(({ organisationId, totalAgorot }) => [organisationId, totalAgorot])
    await setPart(id, insurer.id, { agorot: 10_000 })
    expect((await billOf(id)).parts.map(({ organisationId, totalAgorot }) => [organisationId, totalAgorot])).toEqual(before)
  })

  it('does not become the payer of the rest because it pays for the patient from now on', async () => {
    const [insurer, id] = [await anOrganisation(), await aVisit(hadar.patients.noam)]
    await setPart(id, insurer.id, { agorot: 10_000 })
    await desk('PUT /patients/:id/payer', { params: { id: hadar.patients.noam }, body: { organisationId: insurer.id } })
    expect((await billOf(id)).payer.organisationId).toBeNull()
    await desk('PUT /patients/:id/payer', { params: { id: hadar.patients.noam }, body: { organisationId: null } })
  })
})

// Last: `expectSound` counts a cheque that came back as paid.
describe('a cheque of an insurer that came back', () => {
  const patientId = hadar.patients.olga

  it('is asked a second time where a cheque of the first payer came back', async () => {
    const { ofPart } = await ofInsurer(patientId)
    const cheque = { id: uuid(), method: 'cheque' as const, amountAgorot: 4_000, cheque: { number: '101', bank: '12', branch: '605', account: '778899', dueOn: '2026-12-20' } }
    await desk('POST /split-payments', { body: { invoiceId: ofPart.id, means: [cheque] } })
    expect((await reassign(ofPart.id, null)).body.totalAgorot).toBe(6_000)
    expect((await owner('POST /cheques/:id/return', { params: { id: cheque.id }, body: { id: uuid(), on: '2026-11-25', reason: 'אין כיסוי' } })).status).toBeLessThan(300)
    expect((await reassign(ofPart.id, null)).body.totalAgorot).toBe(4_000)
    expect((await reassign(ofPart.id, null)).problem.code).toBe('nothing_owed')
  })

  it('shows the payer of the visit no money of another, not even in the stead of a cheque that came back', async () => {
    const { id, document, ofPart } = await ofInsurer(patientId)
    await pay({ invoiceId: document.id }, 8_000)
    const cheque = { id: uuid(), method: 'cheque' as const, amountAgorot: 10_000, cheque: { number: '102', bank: '12', branch: '605', account: '778899', dueOn: '2026-11-25' } }
    await desk('POST /split-payments', { body: { invoiceId: ofPart.id, means: [cheque] } })
    await owner('POST /cheques/:id/return', { params: { id: cheque.id }, body: { id: uuid(), on: '2026-11-25', reason: 'אין כיסוי' } })
    const voucher = (await desk('GET /invoices', { query: { kind: '410', unpaid: true, patientId, limit: 50 } })).body.items[0]
    expect((await pay({ invoiceId: voucher?.id ?? '' }, 10_000)).status).toBe(201)
    const bill = await billOf(id)
    expect([bill.paidAgorot, bill.payments.map(({ amountAgorot }) => amountAgorot)]).toEqual([8_000, [8_000]])
  })
})
