import { readFile } from 'node:fs/promises'
import { v7 as uuid } from 'uuid'
import type { BookCheck } from '@yoman/contract/books'
import type { Means } from '@yoman/contract/means'
import { connect } from '@yoman/db/connect'
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
const branchId = hadar.branches.center
const dueOn = '2026-12-20'
let minute = 0
let number = 4_000

afterEach(() => api.setNow(castNow))

async function aVisit(early = false): Promise<string> {
  const id = uuid()
  await bookAppointment(castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow), {
    id, branchId, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara,
    startsAt: instant(early ? '2026-11-25T08:00:00Z' : '2026-11-22T08:00:00Z').add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  return id
}

/** A visit of 180 shekels that is over and owes them. @returns its transaction invoice. */
async function aRequest(appointmentId?: string, at = castNow): Promise<string> {
  const id = appointmentId ?? (await aVisit())
  api.setNow(at)
  const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, at)
  await recordArrival(ctx, id)
  await startTreatment(ctx, id)
  await completeAppointment(ctx, id)
  return (await desk('POST /appointments/:id/invoice', { params: { id } })).body.id
}

const cheque = (amountAgorot: number, due = dueOn): Means => ({ id: uuid(), method: 'cheque', amountAgorot, cheque: { number: String((number += 1)), bank: '12', branch: '605', account: '778899', dueOn: due } })
async function payBy(to: { invoiceId: string } | { appointmentId: string }, ...means: Means[]): Promise<{ chequeIds: string[]; receipts: { id: string; kind: string }[] }> {
  const { status, body } = await desk('POST /split-payments', { body: { ...to, means } })
  expect(status).toBe(201)
  return { chequeIds: means.map(({ id }) => id), receipts: body.receipts }
}
const read = async (id: string) => (await owner('GET /invoices/:id', { params: { id } })).body
const chequesOf = async (state?: 'held' | 'deposited' | 'returned') => (await desk('GET /cheques', { query: { branchId, limit: 200, ...(state ? { state } : {}) } })).body.items
const find = async (id: string) => (await chequesOf()).find((one) => one.id === id)
/** The documents that the list of debts names. */
const owedOn = async () => (await desk('GET /debts/:patientId', { params: { patientId: hadar.patients.sara } })).body.items.map(({ id }) => id)
const deposit = (chequeIds: string[], on = dueOn, id = uuid()) => desk('POST /cheque-deposits', { body: { id, branchId, account: 'הפועלים 12-605', on, chequeIds } })
const returned = (id: string, voucher = uuid(), on = dueOn) => desk('POST /cheques/:id/return', { params: { id }, body: { id: voucher, on, reason: 'אין כיסוי מספיק', feeAgorot: 2_250 } })
const withdraw = (id: string, voucher = uuid()) => desk('POST /cheques/:id/withdrawal', { params: { id }, body: { id: voucher, on: '2026-11-22', reason: 'הוחלף במזומן' } })
const onDueDay = instant(`${dueOn}T08:00:00Z`)
/** What the worker does on the due day. @returns how many tax invoices it wrote. */
async function tax(): Promise<number> {
  const ctx = castContext(api.cast, hadar, 'owner', api.database.apiPool, onDueDay)
  let written = 0
  for (const one of await maturedCheques(ctx)) written += (await taxMaturedCheque(ctx, one, moneyText)) ? 1 : 0
  return written
}

describe('cheques of a branch', () => {
  it('are brought to the bank on a numbered slip from their day on, all or none, once', async () => {
    const { chequeIds } = await payBy({ invoiceId: await aRequest() }, cheque(9_000), cheque(9_000, '2026-12-31'))
    const [first = '', later = ''] = chequeIds
    expect((await chequesOf('held')).map((one) => one.id)).toEqual(expect.arrayContaining(chequeIds))
    expect((await deposit([first], '2026-11-22')).problem.code).toBe('cheque_not_due')
    expect((await deposit([first])).problem.code).toBe('cheque_day_ahead')
    api.setNow(onDueDay)
    expect((await deposit([first, later])).problem.code).toBe('cheque_not_due')
    expect((await deposit([first, uuid()])).problem.code).toBe('reference_unknown')
    const id = uuid()
    const twice = await Promise.all([deposit([first], dueOn, id), deposit([first], dueOn, id)])
    expect(twice.map(({ status }) => status)).toEqual([201, 201])
    expect(twice[0]?.body).toMatchObject({ id, number: 1, count: 1, totalAgorot: 9_000, account: 'הפועלים 12-605', on: dueOn, cheques: [{ id: first, state: 'deposited' }] })
    expect((await deposit([later], dueOn, id)).problem.code).toBe('id_taken')
    expect((await deposit([first])).problem.code).toBe('cheque_moved')
    expect((await deposit([later], '2026-11-21')).problem.code).toBe('cheque_day_before')
    expect((await desk('POST /cheques/:id/clearing', { params: { id: first }, body: { on: '2026-12-19' } })).problem.code).toBe('cheque_day_before')
    expect((await desk('GET /cheque-deposits', { query: { branchId } })).body.items).toMatchObject([{ id, number: 1, totalAgorot: 9_000 }])
    expect((await desk('GET /cheque-deposits/:id', { params: { id } })).body.cheques).toHaveLength(1)
    expect((await withdraw(first)).problem.code).toBe('cheque_moved')

    expect((await desk('POST /cheques/:id/clearing', { params: { id: later }, body: { on: dueOn } })).problem.code).toBe('cheque_moved')
    for (let sent = 0; sent < 2; sent += 1) expect((await desk('POST /cheques/:id/clearing', { params: { id: first }, body: { on: dueOn } })).body).toMatchObject({ state: 'cleared', movedOn: dueOn })
    await expect(api.database.db.updateTable('cheque_move').set({ state: 'returned' }).where('payment_id', '=', first).execute()).rejects.toThrow('append_only')
  }, 60_000) // the first to call: all there is to compile is compiled in it

  it('of one slip are cleared together, but for what came back', async () => {
    const { chequeIds } = await payBy({ invoiceId: await aRequest() }, cheque(9_000, '2026-11-22'), cheque(9_000, '2026-11-22'))
    const [bad = '', good = ''] = chequeIds
    const { body: slip } = await deposit([bad, good], '2026-11-22')
    await returned(bad, uuid(), '2026-11-22')
    const clearing = (on: string, as = desk) => as('POST /cheque-deposits/:id/clearing', { params: { id: slip.id }, body: { on } })
    const [thames, accountant] = await Promise.all([api.as(api.cast.thames.staff.owner), api.as(hadar.staff.accountant)])
    expect([(await clearing('2026-11-22', thames)).status, (await clearing('2026-11-22', accountant)).status]).toEqual([404, 403])
    expect([(await clearing('2026-11-23')).problem.code, (await clearing('2026-11-21')).problem.code]).toEqual(['cheque_day_ahead', 'cheque_day_before'])
    const twice = await Promise.all([clearing('2026-11-22'), clearing('2026-11-22')])
    for (const { status, body } of twice) {
      expect(status).toBe(201)
      expect(new Map(body.cheques.map(({ id, state }) => [id, state]))).toEqual(new Map([[bad, 'returned'], [good, 'cleared']]))
    }
  })

  it('are seen and moved by those who count the desk, of their own clinic', async () => {
    const { chequeIds: [id = ''] } = await payBy({ invoiceId: await aRequest() }, cheque(18_000))
    const [doctor, thames, accountant] = await Promise.all([api.as(hadar.staff.doctor), api.as(api.cast.thames.staff.owner), api.as(hadar.staff.accountant)])
    expect((await doctor('GET /cheques', { query: { branchId } })).status).toBe(403)
    expect((await thames('POST /cheques/:id/withdrawal', { params: { id }, body: { id: uuid(), on: '2026-11-22', reason: 'x' } })).status).toBe(404)
    expect((await accountant('GET /cheques', { query: { branchId } })).status).toBe(200)
    expect((await accountant('POST /cheque-deposits', { body: { id: uuid(), branchId, account: 'x', on: '2026-11-22', chequeIds: [id] } })).status).toBe(403)
  })
})

describe('a cheque that comes back before it was taxed', () => {
  it('gets no tax invoice on its day, and its sum is owed on the request again', async () => {
    const requestId = await aRequest()
    const { chequeIds: [id = ''], receipts: [receipt] } = await payBy({ invoiceId: requestId }, cheque(18_000))
    expect((await read(requestId)).balanceAgorot).toBe(0)
    api.setNow(onDueDay)
    await deposit([id])
    const voucher = uuid()
    const twice = await Promise.all([returned(id, voucher), returned(id, voucher)])
    expect(twice.map(({ status }) => status)).toEqual([201, 201])
    expect(twice[0]?.body).toMatchObject({ state: 'returned', voucherId: voucher, owedOnId: requestId, feeAgorot: 2_250, reason: 'אין כיסוי מספיק', movedOn: dueOn })
    expect((await returned(id)).problem.code).toBe('cheque_moved')
    expect((await returned(id, voucher, '2026-12-19')).problem.code).toBe('id_taken')
    await tax()
    expect(await api.database.db.selectFrom('invoice').select('kind').where('cheque_id', '=', id).execute()).toEqual([{ kind: '410' }])
    expect(await read(voucher)).toMatchObject({ kind: '410', vatAgorot: 0, totalAgorot: 18_000, balanceAgorot: 0, basedOn: { id: receipt?.id, kind: '400' }, payments: [{ id, method: 'cheque' }], lines: [{ description: expect.stringContaining('חזר מהבנק: אין כיסוי מספיק') }] })
    expect((await owner('GET /invoices/:id/pdf', { params: { id: voucher } })).raw.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    expect((await desk('GET /invoices', { query: { unpaid: true, limit: 200 } })).body.items.map((one) => one.id)).toContain(requestId)
    expect(await owedOn()).toContain(requestId)
    const { receipts } = await payBy({ invoiceId: requestId }, { id: uuid(), method: 'card', amountAgorot: 18_000 })
    expect(receipts).toMatchObject([{ kind: '320', totalAgorot: 18_000, basedOnId: requestId }])
    // Whoever writes the tax invoice by hand is refused too.
    const row = await api.database.db.selectFrom('invoice').selectAll().where('id', '=', receipt?.id ?? '').executeTakeFirstOrThrow()
    await expect(api.database.db.insertInto('invoice').values({ ...row, id: uuid(), kind: '305', number: 999, based_on_id: row.id, cheque_id: id }).execute()).rejects.toThrow('the cheque is gone')
  })

  it('may be given back to the patient against another, which is taxed in its stead', async () => {
    const visit = await aVisit()
    const requestId = await aRequest(visit)
    const { chequeIds: [id = ''] } = await payBy({ invoiceId: requestId }, cheque(18_000))
    expect((await withdraw(id)).body).toMatchObject({ state: 'withdrawn', owedOnId: requestId })
    expect((await read(requestId)).balanceAgorot).toBe(18_000)
    const { chequeIds: [other = ''], receipts } = await payBy({ invoiceId: requestId }, cheque(18_000))
    expect(receipts).toMatchObject([{ kind: '400', basedOnId: requestId }])
    expect((await desk('GET /appointments/:id/bill', { params: { id: visit } })).body).toMatchObject({ totalAgorot: 18_000, paidAgorot: 18_000, balanceAgorot: 0 }) // the cheque that is gone is no money
    await tax()
    const taxed = await api.database.db.selectFrom('invoice').select('cheque_id').where('kind', '=', '305').where('cheque_id', 'in', [id, other]).execute()
    expect(taxed).toEqual([{ cheque_id: other }])
    expect((await read(requestId)).balanceAgorot).toBe(0)
  })

  it('that was given in advance is owed on the bill that deducted it', async () => {
    const visit = await aVisit(true)
    const { chequeIds: [id = ''], receipts: [advance] } = await payBy({ appointmentId: visit }, cheque(10_000))
    expect((await withdraw(id, uuid())).body).toMatchObject({ state: 'withdrawn', owedOnId: null })
    expect((await desk('GET /appointments/:id/bill', { params: { id: visit } })).body).toMatchObject({ paidAgorot: 0, balanceAgorot: 18_000 })
    expect(await read(advance?.id ?? '')).toMatchObject({ unusedAgorot: 0 })
    const { chequeIds: [second = ''] } = await payBy({ appointmentId: visit }, cheque(10_000))
    const requestId = await aRequest(visit, instant('2026-11-25T12:00:00Z'))
    expect(await read(requestId)).toMatchObject({ balanceAgorot: 8_000, deducted: [{ kind: '400', amountAgorot: 10_000 }] })
    api.setNow(onDueDay)
    expect((await returned(second)).body).toMatchObject({ owedOnId: requestId })
    expect((await read(requestId)).balanceAgorot).toBe(18_000)
  })

  it('waits where its visit has no document yet', async () => {
    const { chequeIds: [id = ''] } = await payBy({ appointmentId: await aVisit() }, cheque(18_000))
    expect((await withdraw(id)).problem.code).toBe('cheque_waits')
    expect(await find(id)).toMatchObject({ state: 'held', receiptId: null })
  })
})

describe('a cheque that comes back after it was taxed', () => {
  it('is owed on its voucher, is paid by a receipt without VAT, and its tax invoice stands', async () => {
    const requestId = await aRequest()
    const { chequeIds: [id = ''] } = await payBy({ invoiceId: requestId }, cheque(18_000))
    expect(await tax()).toBeGreaterThan(0)
    api.setNow(onDueDay)
    const voucher = uuid()
    expect((await returned(id, voucher)).body).toMatchObject({ owedOnId: voucher })
    expect(await read(requestId)).toMatchObject({ balanceAgorot: 0 })
    expect(await read(voucher)).toMatchObject({ balanceAgorot: 18_000 })
    expect(await owedOn()).toContain(voucher)
    const { receipts: [part] } = await payBy({ invoiceId: voucher }, { id: uuid(), method: 'card', amountAgorot: 8_000 })
    expect(part).toMatchObject({ kind: '400', totalAgorot: 8_000, basedOnId: voucher })
    // By another cheque of a later day: it is taxed already.
    const { chequeIds: [second = ''] } = await payBy({ invoiceId: voucher }, cheque(10_000, '2026-12-25'))
    expect((await read(voucher)).balanceAgorot).toBe(0)
    const late = castContext(api.cast, hadar, 'owner', api.database.apiPool, instant('2026-12-26T08:00:00Z'))
    expect((await maturedCheques(late)).map(({ paymentId }) => paymentId)).not.toContain(second)
    // That comes back too: owed on its own voucher.
    api.setNow(instant('2026-12-26T08:00:00Z'))
    const again = uuid()
    expect((await returned(second, again, '2026-12-26')).body).toMatchObject({ owedOnId: again })
    expect((await read(again)).balanceAgorot).toBe(10_000)
    expect((await read(voucher)).balanceAgorot).toBe(0)
  })

  it('gives nothing back that was not paid: a credit note takes its debt away', async () => {
    const requestId = await aRequest()
    const { chequeIds: [id = ''], receipts: [receipt] } = await payBy({ invoiceId: requestId }, cheque(18_000))
    await tax()
    api.setNow(onDueDay)
    const voucher = uuid()
    await returned(id, voucher)
    const taxId = (await read(receipt?.id ?? '')).followers.find(({ kind }) => kind === '305')?.id ?? ''
    expect(await read(taxId)).toMatchObject({ paidAgorot: 0 })
    const credit = (await owner('POST /invoices/:id/credits', { params: { id: taxId }, body: { id: uuid(), reason: 'חוב אבוד', part: { rest: true } } })).body
    expect(credit).toMatchObject({ totalAgorot: 18_000, refundableAgorot: 0 })
    expect((await read(voucher)).balanceAgorot).toBe(0)
    expect((await desk('POST /payments', { body: { id: uuid(), invoiceId: voucher, method: 'card', amountAgorot: 1 } })).problem.code).toBe('already_paid')
  })

  it('shares a credit note with the others of its document: it takes away one debt, the oldest first', async () => {
    const { chequeIds: [first = '', second = ''], receipts: [receipt] } = await payBy({ invoiceId: await aRequest() }, cheque(9_000, '2026-11-22'), cheque(9_000, '2026-11-22'))
    const vouchers = [uuid(), uuid()]
    for (const [index, id] of [first, second].entries()) expect((await returned(id, vouchers[index], '2026-11-22')).status).toBe(201)
    const owed = () => Promise.all(vouchers.map(async (id) => (await read(id)).balanceAgorot))
    expect(await owed()).toEqual([9_000, 9_000])
    const credit = (part: { amountAgorot: number } | { rest: true }) => owner('POST /invoices/:id/credits', { params: { id: receipt?.id ?? '' }, body: { id: uuid(), reason: 'הנחה', part } })
    expect((await credit({ amountAgorot: 9_000 })).status).toBe(201)
    expect(await owed()).toEqual([0, 9_000])
    expect((await credit({ amountAgorot: 4_000 })).status).toBe(201)
    expect(await owed()).toEqual([0, 5_000])
    expect((await credit({ rest: true })).status).toBe(201)
    expect(await owed()).toEqual([0, 0])
  })

  it('is among the debts after an upgrade that finds its voucher there', async () => {
    const { chequeIds: [id = ''] } = await payBy({ invoiceId: await aRequest() }, cheque(18_000, '2026-11-22'))
    const voucher = uuid()
    await returned(id, voucher, '2026-11-22')
    await api.database.db.deleteFrom('open_request').where('invoice_id', '=', voucher).execute()
    expect(await owedOn()).not.toContain(voucher)
    const schemaOwner = connect({ url: api.database.url, role: null, onError: (error) => console.error(error) }) // whom forced row security holds
    try {
      await api.database.ownerPool.query(`grant create on schema public to ${new URL(api.database.url).username}`) // a copy of the template belongs to the superuser
      await schemaOwner.query(await readFile(new URL('../../../../migrations/0069_debts_of_cheques.sql', import.meta.url), 'utf8'))
    } finally {
      await schemaOwner.end()
    }
    expect(await owedOn()).toContain(voucher)
    const { rows } = await api.database.ownerPool.query<{ forced: boolean }>(`select bool_and(relforcerowsecurity) as forced from pg_class where relname in ('invoice', 'open_request')`)
    expect(rows).toEqual([{ forced: true }])
  })

  it('of today, on an invoice-receipt, is owed on its voucher, and paid for in cash', async () => {
    const requestId = await aRequest()
    const { chequeIds: [id = ''], receipts: [receipt] } = await payBy({ invoiceId: requestId }, cheque(18_000, '2026-11-22'))
    expect(receipt).toMatchObject({ kind: '320' })
    const voucher = uuid()
    expect((await returned(id, voucher, '2026-11-22')).body).toMatchObject({ owedOnId: voucher })
    await payBy({ invoiceId: voucher }, { id: uuid(), method: 'cash', amountAgorot: 18_000 })
    expect(await read(voucher)).toMatchObject({ balanceAgorot: 0 })
    expect(await read(receipt?.id ?? '')).toMatchObject({ paidAgorot: 18_000 })
  })
})

it('the desk counts no cheque that went back before it was closed', async () => {
  const expected = async () => (await desk('GET /cash-desk', { query: { branchId } })).body.means.find(({ method }) => method === 'cheque')?.expectedAgorot ?? 0
  const before = await expected()
  const { chequeIds: [id = ''] } = await payBy({ invoiceId: await aRequest() }, cheque(18_000))
  expect(await expected()).toBe(before + 18_000)
  await withdraw(id)
  expect(await expected()).toBe(before)
})

it('every step is in the audit trail, and the file for the tax authority holds the vouchers and passes its own check', async () => {
  const { chequeIds } = await payBy({ invoiceId: await aRequest() }, cheque(9_000, '2026-11-22'), cheque(9_000, '2026-11-22'))
  const [one = '', other = ''] = chequeIds
  await deposit([one], '2026-11-22')
  await desk('POST /cheques/:id/clearing', { params: { id: one }, body: { on: '2026-11-22' } })
  await returned(one, uuid(), '2026-11-22')
  await withdraw(other)
  const names = await api.database.db.selectFrom('event').select('name').where('clinic_id', '=', hadar.id).where('subject_id', 'in', chequeIds).where('name', 'like', 'cheque.%').distinct().orderBy('name').execute()
  expect(names.map(({ name }) => name)).toEqual(['cheque.cleared', 'cheque.deposited', 'cheque.returned', 'cheque.withdrawn'])

  const roles = ['cash', 'card', 'transfer', 'bit', 'cheque', 'customers', 'income', 'vat', 'rounding'] as const
  const accounts = Object.fromEntries(roles.map((role, index) => [role, { key: String(1_000 + index), name: `A ${role}` }])) as Record<(typeof roles)[number], { key: string; name: string }> // the same roles
  api.setNow(instant('2026-12-27T08:00:00Z'))
  const made = (await owner('POST /book-exports', { body: { id: uuid(), format: 'uniform', from: '2026-11-01', to: '2026-12-27', accounts } })).body
  // What lies in the account of cheques is what was taken and is not gone.
  const books = made.balance.find(({ role }) => role === 'cheque')
  const there = (await chequesOf()).filter(({ state, receiptId }) => receiptId !== null && state !== 'returned' && state !== 'withdrawn').reduce((sum, { amountAgorot }) => sum + amountAgorot, 0)
  expect((books?.debitAgorot ?? 0) - (books?.creditAgorot ?? 0)).toBe(there)
  const { raw } = await owner('GET /book-exports/:id/file', { params: { id: made.id } })
  const boundary = 'a-boundary-of-no-file'
  const payload = Buffer.concat([Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="OPENFRMT.zip"\r\ncontent-type: application/zip\r\n\r\n`), raw.rawPayload, Buffer.from(`\r\n--${boundary}--\r\n`)])
  const headers = { authorization: `Bearer ${await api.tokenOf(hadar.staff.accountant)}`, 'content-type': `multipart/form-data; boundary=${boundary}` }
  const checked: BookCheck = (await api.app.inject({ method: 'POST', url: '/api/book-checks', headers, payload })).json()
  expect(checked.findings.map(({ code }) => code)).toEqual(['unregistered'])
}, 60_000)
