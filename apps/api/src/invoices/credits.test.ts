import { v7 as uuid } from 'uuid'
import type { BookCheck } from '@yoman/contract/books'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const owner = await api.as(hadar.staff.owner)
const desk = await api.as(hadar.staff.receptionist)
const accountant = await api.as(hadar.staff.accountant)
const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow)
const branchId = hadar.branches.center
let minute = 0

/** A visit of 180 shekels that was paid whole. @returns its invoice-receipt. */
async function paidVisit(means: { method: 'cash' | 'card' | 'bit'; amountAgorot: number }[] = [{ method: 'card', amountAgorot: 18_000 }], patientId = hadar.patients.sara): Promise<string> {
  const appointmentId = uuid()
  await bookAppointment(ctx, {
    id: appointmentId, branchId, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId,
    startsAt: instant('2026-11-22T08:00:00Z').add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  for (const one of means) expect((await desk('POST /payments', { body: { id: uuid(), appointmentId, ...one } })).status).toBe(201)
  await recordArrival(ctx, appointmentId)
  await startTreatment(ctx, appointmentId)
  await completeAppointment(ctx, appointmentId)
  const { body } = await desk('POST /appointments/:id/invoice', { params: { id: appointmentId } })
  return body.id
}

const reason = 'הטיפול לא בוצע'
const rest = { rest: true as const }
const byCard = (amountAgorot: number) => ({ id: uuid(), means: [{ method: 'card' as const, amountAgorot, reference: '771' }] })
const inCash = (amountAgorot: number) => ({ id: uuid(), means: [{ method: 'cash' as const, amountAgorot }] })
const read = async (id: string) => (await owner('GET /invoices/:id', { params: { id } })).body
const cashExpected = async () => (await desk('GET /cash-desk', { query: { branchId } })).body.means.find(({ method }) => method === 'cash')?.expectedAgorot ?? 0

describe('a credit note', () => {
  it('takes back the whole of an invoice-receipt and gives the money back, once however often it is sent', async () => {
    const id = await paidVisit()
    const body = { id: uuid(), reason, part: rest, refund: byCard(18_000) }
    const twice = await Promise.all([owner('POST /invoices/:id/credits', { params: { id }, body }), owner('POST /invoices/:id/credits', { params: { id }, body })])
    expect(twice.map(({ status }) => status)).toEqual([201, 201])
    const credit = twice[0]?.body
    expect(credit).toMatchObject({ id: body.id, kind: '330', reason, totalAgorot: 18_000, netAgorot: 15_254, vatAgorot: 2_746, refundableAgorot: 0, basedOn: { id, kind: '320' }, lines: [{ description: 'בדיקה', totalAgorot: 18_000 }] })
    expect(credit?.followers).toMatchObject([{ id: body.refund.id, kind: '410', totalAgorot: 18_000 }])
    expect(await read(id)).toMatchObject({ creditedAgorot: 18_000, paidAgorot: 18_000, refundedAgorot: 18_000, lines: [{ creditedQuantity: 1 }], followers: [{ id: body.id, kind: '330' }] })
    const voucher = await read(body.refund.id)
    expect(voucher).toMatchObject({ kind: '410', vatAgorot: 0, totalAgorot: 18_000, basedOn: { id: body.id, kind: '330' }, refunds: [{ method: 'card', amountAgorot: 18_000, reference: '771', branchId }] })
    expect((await owner('POST /invoices/:id/credits', { params: { id }, body: { ...body, reason: 'אחר' } })).problem.code).toBe('id_taken')
    expect((await owner('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason, part: rest } })).problem.code).toBe('credit_exceeds_invoice')
  }, 60_000) // the first to call: all there is to compile is compiled in it

  it.each(['330', '410'] as const)('and the refund that follows it are drawn: %s', async (kind) => {
    const { id } = await api.database.db.selectFrom('invoice').select('id').where('clinic_id', '=', hadar.id).where('kind', '=', kind).limit(1).executeTakeFirstOrThrow()
    expect((await owner('GET /invoices/:id/pdf', { params: { id } })).raw.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('is never answered as done where the same id asks for something else', async () => {
    const id = await paidVisit()
    const credit = (body: object, of = id) => owner('POST /invoices/:id/credits', { params: { id: of }, body: body as { id: string; reason: string; part: typeof rest } }) // what the test sends
    const code = async (body: object, of = id) => (await credit(body, of)).problem.code
    const ofLine = { lines: [{ line: 1, quantity: 1 }] }
    // Money went back by card: neither by cash, nor from another desk, nor not at all.
    const part = { id: uuid(), reason, part: { amountAgorot: 5_000 }, refund: { ...byCard(5_000), branchId } }
    expect((await credit(part)).status).toBe(201)
    expect((await credit(part)).body).toMatchObject({ id: part.id })
    expect(await code({ ...part, refund: { ...inCash(5_000), id: part.refund.id, branchId } })).toBe('id_taken')
    expect(await code({ ...part, refund: { ...part.refund, branchId: hadar.branches.north } })).toBe('id_taken')
    expect(await code({ ...part, refund: { ...part.refund, id: uuid() } })).toBe('id_taken')
    expect(await code({ ...part, refund: undefined })).toBe('id_taken')
    // A part is neither all of it, nor another part, nor a line.
    for (const other of [rest, { amountAgorot: 5_001 }, ofLine]) expect(await code({ ...part, part: other })).toBe('id_taken')
    expect((await credit({ ...part, refund: { ...part.refund, branchId: undefined } })).status).toBe(201) // the document's own branch
    // A credit without money that went back does not say that it did; what was left is still what was left.
    const all = { id: uuid(), reason, part: rest }
    expect((await credit(all)).body).toMatchObject({ totalAgorot: 13_000 })
    expect((await credit(all)).body).toMatchObject({ id: all.id })
    expect(await code({ ...all, refund: byCard(13_000) })).toBe('id_taken')
    expect(await code({ ...all, part: ofLine })).toBe('id_taken')
    const other = await paidVisit()
    const line = { id: uuid(), reason, part: ofLine }
    expect((await credit(line, other)).status).toBe(201)
    expect((await credit(line, other)).body).toMatchObject({ id: line.id })
    expect(await code({ ...line, part: { lines: [{ line: 1, quantity: 2 }] } }, other)).toBe('id_taken')
    expect(await code({ ...line, part: { amountAgorot: 18_000 } }, other)).toBe('id_taken')
  })

  it('may be of lines, or of a part of the sum, and never more than is left', async () => {
    const id = await paidVisit()
    const credit = (part: object, of = id) => owner('POST /invoices/:id/credits', { params: { id: of }, body: { id: uuid(), reason, part: part as typeof rest } }) // what the test sends
    expect((await credit({ lines: [{ line: 1, quantity: 2 }] })).problem.code).toBe('credit_exceeds_invoice')
    expect((await credit({ lines: [{ line: 2, quantity: 1 }] })).problem.code).toBe('credit_exceeds_invoice')
    expect((await credit({ amountAgorot: 5_000 })).body).toMatchObject({ totalAgorot: 5_000, vatAgorot: 763, refundableAgorot: 5_000, lines: [{ quantity: 1, totalAgorot: 5_000 }] })
    expect((await credit({ lines: [{ line: 1, quantity: 1 }] })).problem.code).toBe('credit_exceeds_invoice')
    expect((await credit({ amountAgorot: 13_001 })).problem.code).toBe('credit_exceeds_invoice')
    expect((await owner('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason: ' ', part: rest } })).status).toBe(400)
    expect((await credit(rest)).body).toMatchObject({ totalAgorot: 13_000 })
    const other = await paidVisit()
    expect((await credit({ lines: [{ line: 1, quantity: 1 }] }, other)).body).toMatchObject({ totalAgorot: 18_000, lines: [{ description: 'בדיקה' }] })
  })

  it('is not of a request for payment, nor of another credit note', async () => {
    const appointment = await api.database.db.selectFrom('invoice').select('id').where('kind', '=', '330').where('clinic_id', '=', hadar.id).executeTakeFirstOrThrow()
    expect((await owner('POST /invoices/:id/credits', { params: { id: appointment.id }, body: { id: uuid(), reason, part: rest } })).problem.code).toBe('not_creditable')
    expect((await owner('POST /invoices/:id/refunds', { params: { id: await paidVisit() }, body: byCard(100) })).problem.code).toBe('not_creditable')
  })

  it('never exceeds its document, also when fifty are written at once, and leaves no gap in its series', async () => {
    const id = await paidVisit()
    const answers = await Promise.all(Array.from({ length: 50 }, () => owner('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason, part: { amountAgorot: 1_000 }, refund: inCash(1_000) } })))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(18)
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ problem }) => problem.code))).toEqual(new Set(['credit_exceeds_invoice']))
    expect(await read(id)).toMatchObject({ creditedAgorot: 18_000, refundedAgorot: 18_000 })
    for (const kind of ['330', '410'] as const) {
      const numbers = (await api.database.db.selectFrom('invoice').select('number').where('clinic_id', '=', hadar.id).where('kind', '=', kind).orderBy('number').execute()).map(({ number }) => number)
      expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1))
    }
  })

  it('cannot be written above its document by hand either', async () => {
    const id = await paidVisit()
    const { body: credit } = await owner('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason, part: { amountAgorot: 10_000 } } })
    const { body: voucher } = await owner('POST /invoices/:id/refunds', { params: { id: credit.id }, body: inCash(10_000) })
    const row = (of: string) => api.database.db.selectFrom('invoice').selectAll().where('id', '=', of).executeTakeFirstOrThrow()
    const again = async (of: string, over: object) => { const { business, payer, ...plain } = await row(of); return api.database.db.insertInto('invoice').values({ ...plain, business, payer, id: uuid(), number: 9_000 + (minute += 1), ...over }).execute() }
    await expect(again(credit.id, { net_agorot: 8_001, vat_agorot: 0, total_agorot: 8_001 })).rejects.toMatchObject({ constraint: 'credit_within_invoice' })
    await expect(again(credit.id, { reason: ' ', net_agorot: 1, vat_agorot: 0, total_agorot: 1 })).rejects.toMatchObject({ constraint: 'invoice_credit_reason' })
    await expect(again(credit.id, { based_on_id: voucher.id })).rejects.toMatchObject({ constraint: 'taken_back_of_its_kind' })
    await expect(again(voucher.id, { net_agorot: 1, total_agorot: 1 })).rejects.toMatchObject({ constraint: 'refund_within_credit' })
    const refund = await api.database.db.selectFrom('refund').selectAll().where('invoice_id', '=', voucher.id).executeTakeFirstOrThrow()
    await expect(api.database.db.insertInto('refund').values({ ...refund, id: uuid(), amount_agorot: 8_010 }).execute()).rejects.toMatchObject({ constraint: 'refund_within_paid' })
    await expect(api.database.db.updateTable('refund').set({ amount_agorot: 10 }).where('id', '=', refund.id).execute()).rejects.toThrow('append_only')
  })
})

describe('a refund', () => {
  it('may follow later, by several means, and is never more than the credit note or than was paid', async () => {
    const id = await paidVisit([{ method: 'cash', amountAgorot: 8_000 }, { method: 'card', amountAgorot: 10_000 }])
    const { body: credit } = await owner('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason, part: { amountAgorot: 9_003 } } })
    const give = (body: ReturnType<typeof inCash> | ReturnType<typeof byCard>) => desk('POST /invoices/:id/refunds', { params: { id: credit.id }, body })
    expect((await give(inCash(9_010))).problem.code).toBe('refund_exceeds_credit')
    expect((await give(inCash(1_005))).problem.code).toBe('cash_not_in_tens')
    expect((await give({ id: uuid(), means: [{ method: 'card', amountAgorot: 1, reference: ' ' }] })).problem.code).toBe('refund_needs_reference')
    const first = byCard(4_000)
    expect((await give(first)).body).toMatchObject({ kind: '410', totalAgorot: 4_000 })
    expect((await give(first)).body).toMatchObject({ id: first.id })
    expect((await give({ ...first, means: [{ method: 'card', amountAgorot: 4_001, reference: '771' }] })).problem.code).toBe('id_taken')
    expect((await read(credit.id)).refundableAgorot).toBe(5_003)
    // What is left ends in three agorot; in cash it is settled by what coins make up.
    expect((await give(inCash(5_000))).body).toMatchObject({ totalAgorot: 5_003, refunds: [{ method: 'cash', amountAgorot: 5_000 }] })
    expect((await give(byCard(3))).problem.code).toBe('nothing_to_refund')
    expect(await read(id)).toMatchObject({ paidAgorot: 18_000, refundedAgorot: 9_000, refundedBy: [{ method: 'card', amountAgorot: 4_000 }, { method: 'cash', amountAgorot: 5_000 }] })
  })

  it('tells in its e-mail what went back, not what rounding settled with it', async () => {
    const id = await paidVisit()
    const refund = inCash(5_000)
    expect((await owner('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason, part: { amountAgorot: 5_003 }, refund } })).status).toBe(201)
    expect((await desk('POST /invoices/:id/mailings', { params: { id: refund.id }, body: { id: uuid() } })).status).toBe(201)
    const { body } = await api.database.db.selectFrom('message').select('body').where('invoice_id', '=', refund.id).executeTakeFirstOrThrow()
    expect(body).toContain('₪50.00')
    expect(body).not.toContain('₪50.03')
  })

  it('is never more than the credit note, also when fifty are given at once', async () => {
    const id = await paidVisit()
    const { body: credit } = await owner('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason, part: { amountAgorot: 10_000 } } })
    const answers = await Promise.all(Array.from({ length: 50 }, () => desk('POST /invoices/:id/refunds', { params: { id: credit.id }, body: byCard(1_000) })))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ problem }) => problem.code))).toEqual(new Set(['nothing_to_refund']))
    expect(await read(id)).toMatchObject({ refundedAgorot: 10_000, creditedAgorot: 10_000 })
  })

  it('is in cash no more than the law lets a business give for so large a deal', async () => {
    const priced = (agorot: number) => api.database.ownerPool.query('update price_item set price_agorot = $2 where clinic_id = $1 and code = $3', [hadar.id, agorot, 'D0120'])
    await priced(1_000_000)
    const id = await paidVisit([{ method: 'card', amountAgorot: 1_000_000 }])
    await priced(18_000)
    const { body: credit } = await owner('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason, part: rest } })
    const give = (agorot: number) => desk('POST /invoices/:id/refunds', { params: { id: credit.id }, body: inCash(agorot) })
    expect((await give(100_010)).problem.code).toBe('cash_over_legal_limit')
    expect((await give(60_000)).status).toBe(201)
    expect((await give(40_010)).problem.code).toBe('cash_over_legal_limit')
    expect((await give(40_000)).status).toBe(201)
    expect((await desk('POST /invoices/:id/refunds', { params: { id: credit.id }, body: byCard(900_000) })).status).toBe(201)
  })

  it('is less in the drawer of the desk that gave it, told by its closing', async () => {
    const before = await cashExpected()
    const id = await paidVisit([{ method: 'cash', amountAgorot: 18_000 }])
    expect(await cashExpected()).toBe(before + 18_000)
    const refund = { ...inCash(7_000), branchId }
    expect((await owner('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason, part: { amountAgorot: 7_000 }, refund } })).status).toBe(201)
    expect(await cashExpected()).toBe(before + 11_000)
    const { body: now } = await desk('GET /cash-desk', { query: { branchId } })
    expect(now.payments.at(-1)).toMatchObject({ method: 'cash', amountAgorot: -7_000, receipt: { id: refund.id, kind: '410' } })
    const closed = await desk('POST /cash-closings', { body: { id: uuid(), branchId, day: '2026-11-22', leftAgorot: 0, means: now.means.map(({ method, expectedAgorot }) => ({ method, expectedAgorot, countedAgorot: expectedAgorot < 0 && method === 'cash' ? 0 : expectedAgorot, reason: 'x' })) } })
    expect(closed.status).toBe(201)
    expect(closed.body.means.find(({ method }) => method === 'cash')).toMatchObject({ refunds: now.means[0]?.refunds, refundedAgorot: now.means[0]?.refundedAgorot, expectedAgorot: before + 11_000 })
    expect(closed.body.payments.map((one) => one.id)).toEqual(now.payments.map((one) => one.id))
    expect((await desk('GET /cash-desk', { query: { branchId } })).body.payments).toEqual([])
    const held = await api.database.db.selectFrom('cash_closing_refund').selectAll().where('clinic_id', '=', hadar.id).limit(1).executeTakeFirstOrThrow()
    await expect(api.database.db.insertInto('cash_closing_refund').values(held).execute()).rejects.toThrow('cash_closing_refund_pkey')
  })

  it('is given by the desk for what an owner or the accountant credited, at its own branch', async () => {
    const id = await paidVisit()
    expect((await desk('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason, part: rest } })).status).toBe(403)
    const { body: credit } = await accountant('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason, part: rest } })
    expect((await (await api.as(hadar.staff.doctor))('POST /invoices/:id/refunds', { params: { id: credit.id }, body: byCard(100) })).status).toBe(403)
    const north = await api.as(hadar.staff.northReceptionist)
    expect((await north('POST /invoices/:id/refunds', { params: { id: credit.id }, body: { ...byCard(100), branchId } })).status).toBe(403)
    expect((await north('POST /invoices/:id/refunds', { params: { id: credit.id }, body: byCard(100) })).status).toBe(403) // without a desk it is the document's
    expect((await owner('POST /invoices/:id/refunds', { params: { id: credit.id }, body: { ...byCard(100), branchId: uuid() } })).problem.code).toBe('reference_unknown')
    expect((await desk('POST /invoices/:id/refunds', { params: { id: credit.id }, body: { ...byCard(100), branchId } })).status).toBe(201)
    const thames = await api.as(api.cast.thames.staff.owner)
    expect((await thames('POST /invoices/:id/credits', { params: { id }, body: { id: uuid(), reason, part: rest } })).status).toBe(404)
    expect((await thames('POST /invoices/:id/refunds', { params: { id: credit.id }, body: byCard(100) })).status).toBe(404)
    const events = await api.database.db.selectFrom('event').select('name').where('clinic_id', '=', hadar.id).where('subject_id', 'in', [credit.id]).execute()
    expect(events.map(({ name }) => name)).toContain('invoice.issued')
  })
})

describe('the books', () => {
  it('have the credit note and the refund, and the file that is made of them passes its own check', async () => {
    const first = { cash: '1001', card: '1002', transfer: '1003', bit: '1004', cheque: '1005', customers: '2000', income: '6000', vat: '4000', rounding: '7000' }
    const accounts = Object.fromEntries(Object.entries(first).map(([role, key]) => [role, { key, name: `A ${role}` }])) as Record<keyof typeof first, { key: string; name: string }> // the same roles
    const made = await accountant('POST /book-exports', { body: { id: uuid(), format: 'uniform', from: '2026-11-01', to: '2026-11-22', accounts } })
    expect(made.status).toBe(201)
    const kinds = new Map(made.body.kinds.map((one) => [one.kind, one]))
    expect(kinds.get('330')?.count).toBeGreaterThan(18)
    expect(kinds.get('410')?.count).toBeGreaterThan(18)
    const customers = made.body.balance.find(({ role }) => role === 'customers')
    // What was credited and not given back is what the clinic owes its patients.
    expect((customers?.creditAgorot ?? 0) - (customers?.debitAgorot ?? 0)).toBe((kinds.get('330')?.totalAgorot ?? 0) - (kinds.get('410')?.totalAgorot ?? 0))

    const { raw } = await accountant('GET /book-exports/:id/file', { params: { id: made.body.id } })
    const boundary = 'a-boundary-of-no-file'
    const payload = Buffer.concat([Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="OPENFRMT.zip"\r\ncontent-type: application/zip\r\n\r\n`), raw.rawPayload, Buffer.from(`\r\n--${boundary}--\r\n`)])
    const headers = { authorization: `Bearer ${await api.tokenOf(hadar.staff.accountant)}`, 'content-type': `multipart/form-data; boundary=${boundary}` }
    const checked: BookCheck = (await api.app.inject({ method: 'POST', url: '/api/book-checks', headers, payload })).json()
    expect(checked.findings.map(({ code }) => code)).toEqual(['unregistered'])
  })
})
