import { v7 as uuid } from 'uuid'
import type { Means } from '@yoman/contract/means'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { type Instant, instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { receiptWaitingMoney } from '@yoman/use-cases/invoices/receipt-waiting'
import { maturedCheques, taxMaturedCheque } from '@yoman/use-cases/invoices/tax-matured-cheques'
import { afterEach, describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const [owner, accountant, desk, doctor, other] = await Promise.all([api.as(hadar.staff.owner), api.as(hadar.staff.accountant), api.as(hadar.staff.receptionist), api.as(hadar.staff.doctor), api.as(thames.staff.owner)])
const october = { month: '2026-10' }
const inOctober = instant('2026-10-20T08:00:00Z')
const price = 18_000
let minute = 0

afterEach(() => api.setNow(castNow))

async function booked(at: Instant): Promise<string> {
  const id = uuid()
  await bookAppointment(castContext(api.cast, hadar, 'doctor', api.database.apiPool, at), {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara,
    startsAt: at.add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  return id
}

/** A visit of 180 shekels; `until` says how far it went. */
async function visit(at: Instant, until: 'started' | 'done' = 'done'): Promise<string> {
  const id = await booked(at)
  const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, at)
  await recordArrival(ctx, id)
  await startTreatment(ctx, id)
  if (until === 'done') await completeAppointment(ctx, id)
  return id
}

async function at<T>(now: Instant, work: () => Promise<T>): Promise<T> {
  api.setNow(now)
  try {
    return await work()
  } finally {
    api.setNow(castNow)
  }
}

const bill = async (id: string) => (await desk('POST /appointments/:id/invoice', { params: { id } })).body
const cheque = (dueOn: string): Means => ({ id: uuid(), method: 'cheque', amountAgorot: 5_000, cheque: { number: String(7000 + minute), bank: '12', branch: '605', account: '778899', dueOn } })
const pay = (invoiceId: string, means: Means) => desk('POST /split-payments', { body: { invoiceId, means: [means] } })
const card = (amountAgorot: number): Means => ({ id: uuid(), method: 'card', amountAgorot, reference: '1' })
const read = async (month = october.month) => (await owner('GET /months/:month', { params: { month } })).body
const close = (month: string, reason = '', id = uuid(), who = owner) => who('POST /months/:month/closing', { params: { month }, body: { id, reason } })

// A month with some of everything: the tests below go on from one another, as a month's end does.
const made = await at(inOctober, async () => {
  const [billed, unbilled, started, waiting, early] = [await visit(inOctober), await visit(inOctober), await visit(inOctober, 'started'), await visit(inOctober), await visit(inOctober)]
  const request = await bill(billed)
  const [due, later] = [cheque('2026-10-25'), cheque('2026-11-10')]
  await pay(request.id, due)
  await pay(request.id, later)
  await desk('POST /split-payments', { body: { appointmentId: waiting, means: [card(2_000)] } })
  const encounter = (await doctor('POST /encounters', { body: { id: uuid(), appointmentId: early } })).body
  await doctor('PUT /encounters/:id/procedures', { params: { id: encounter.id }, body: { version: encounter.version, procedures: [{ id: uuid(), priceItemId: hadar.prices.exam, quantity: 1 }] } })
  return { request: request.id, unbilled, started, waiting, early, encounter: encounter.id, due: due.id, later: later.id }
})

describe('before a month is closed', () => {
  it('it is told what waits in it, and what it comes to', async () => {
    const { open, totals, closing } = await read()
    expect(closing).toBeNull()
    expect(open).toEqual({
      unbilledVisits: { count: 3, agorot: 3 * price }, unfinishedVisits: 1, waitingMoney: { count: 1, agorot: 2_000 }, undecidedMoney: { count: 0, agorot: 0 }, openDeskDays: 1,
      dueCheques: { count: 1, agorot: 5_000 }, waitingMails: 0, brokenSeries: 0,
    })
    expect([totals.performed.grossAgorot, totals.billed.grossAgorot, totals.cash.grossAgorot]).toEqual([4 * price, price, 12_000])
    expect(totals.documents).toEqual([{ kind: '300', count: 1, totalAgorot: price }, { kind: '320', count: 0, totalAgorot: 0 }, { kind: '400', count: 2, totalAgorot: 10_000 }].filter(({ count }) => count > 0))
    expect((await owner('GET /months')).body).toEqual({ items: [], next: null, newestOver: '2026-10' })
  })

  it('nobody but the owner and the accountant closes it, and not this one or one to come', async () => {
    for (const who of [desk, doctor]) expect((await close(october.month, 'x', uuid(), who)).status).toBe(403)
    expect((await doctor('GET /months')).status).toBe(403)
    expect((await close('2026-11', 'x')).problem).toMatchObject({ code: 'month_not_over', params: { month: '11/2026' } })
    expect((await close('2027-01', 'x')).problem.code).toBe('month_not_over')
    expect((await close(october.month)).problem.code).toBe('month_open_points')
    expect((await other('GET /months/:month', { params: october })).body.totals.performed).toEqual({ count: 0, grossAgorot: 0, netAgorot: 0 })
  })
})

describe('closing', () => {
  it('waits for who is writing, and whoever comes then waits for it: a payment is in the totals or is refused', async () => {
    const pending = await api.database.apiPool.connect()
    const payment = uuid()
    try {
      await pending.query(`begin; select set_config('app.clinic', '${hadar.id}', true)`)
      await pending.query(`insert into payment (clinic_id, id, patient_id, appointment_id, method, amount_agorot, received_at, branch_id) values ($1, $2, $3, $4, 'card', 700, $5, $6)`, [hadar.id, payment, hadar.patients.sara, made.waiting, inOctober.toString(), hadar.branches.center])
      const closing = close(october.month, 'known', payment, accountant)
      await expect.poll(waitingForMonths).toBe(1)
      const late = at(inOctober, () => pay(made.request, card(1_000)))
      await expect.poll(waitingForMonths).toBe(2)
      await pending.query('commit')
      const [closed, refused] = await Promise.all([closing, late])
      expect(closed.status).toBe(201)
      expect(closed.body.totals.cash.grossAgorot).toBe(12_700)
      expect([refused.status, refused.problem]).toEqual([409, expect.objectContaining({ code: 'month_closed', params: { month: '10/2026' } })])
      expect((await close(october.month, 'known', payment, accountant)).status).toBe(201) // sent twice it is one
    } finally {
      pending.release()
    }
    expect((await close(october.month, 'x')).problem.code).toBe('month_closed')
    expect((await close('2026-12', 'x')).problem).toMatchObject({ code: 'month_not_next', params: { month: '11/2026' } })
    expect((await owner('GET /months')).body).toMatchObject({ items: [{ month: '2026-10', reason: 'known', reopened: null }], next: null })
  })
})

const waitingForMonths = async (): Promise<number> =>
  (await api.database.ownerPool.query<{ n: number }>(`select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`)).rows[0]?.n ?? 0

describe('of a closed month', () => {
  const isClosed = async (answer: Promise<{ status: number; problem: { code: string } }>) => {
    const { status, problem } = await answer
    expect([status, problem.code]).toEqual([409, 'month_closed'])
  }

  it('nothing that has a date in it is added, by whom ever', async () => {
    await at(inOctober, () => isClosed(pay(made.request, card(1_000))))
    await at(inOctober, () => isClosed(desk('POST /appointments/:id/invoice', { params: { id: made.unbilled } })))
    await isClosed(owner('POST /cheques/:id/return', { params: { id: made.due }, body: { id: uuid(), on: '2026-10-30', reason: 'x' } }))
    await isClosed(owner('POST /cheque-deposits', { body: { id: uuid(), branchId: hadar.branches.center, account: 'x', on: '2026-10-30', chequeIds: [made.due] } }))
    await isClosed(owner('POST /cash-closings', { body: { id: uuid(), branchId: hadar.branches.center, day: '2026-10-31', leftAgorot: 0, means: await counted() } }))
    await isClosed(owner('POST /appointments/:id/completion', { params: { id: made.started }, body: {} }))
    await expect(api.database.ownerPool.query(`update appointment set status = 'no_show' where id = $1`, [made.unbilled])).rejects.toThrow('10/2026 is closed')
    await expect(api.database.ownerPool.query(`update branch set time_zone = 'UTC' where id = $1`, [hadar.branches.center])).rejects.toThrow('months of this zone are closed')
    await expect(api.database.ownerPool.query(`insert into refund (clinic_id, id, invoice_id, branch_id, method, amount_agorot, given_at, given_by) values ($1, $2, $3, $4, 'cash', 10, $5, $6)`, [hadar.id, uuid(), made.request, hadar.branches.center, inOctober.toString(), hadar.staff.owner.id])).rejects.toThrow('10/2026 is closed')
    await expect(api.database.ownerPool.query(`insert into advance_use (clinic_id, id, advance_id, request_id, amount_agorot, used_at) values ($1, $2, $3, $3, 10, $4)`, [hadar.id, uuid(), made.request, inOctober.toString()])).rejects.toThrow(/10\/2026 is closed|not an advance/)
  })

  it('what was done stays as it was, and the words about it may still be written and signed', async () => {
    const { body: encounter } = await doctor('GET /encounters/:id', { params: { id: made.encounter } })
    const [procedure] = encounter.procedures
    const same = { id: procedure?.id ?? '', priceItemId: hadar.prices.exam, quantity: 1 }
    await isClosed(doctor('PUT /encounters/:id/procedures', { params: { id: made.encounter }, body: { version: encounter.version, procedures: [{ ...same, quantity: 2 }] } }))
    await isClosed(doctor('PUT /encounters/:id/procedures', { params: { id: made.encounter }, body: { version: encounter.version, procedures: [] } }))
    const saved = await doctor('PUT /encounters/:id/procedures', { params: { id: made.encounter }, body: { version: encounter.version, procedures: [same] } })
    expect(saved.status).toBe(200)
    const draft = await doctor('PUT /encounters/:id/draft', { params: { id: made.encounter }, body: { baseSeq: 0, body: 'late words' } })
    expect(draft.status).toBe(200)
    const signed = await doctor('POST /encounters/:id/signature', { params: { id: made.encounter }, body: { seq: draft.body.seq } })
    expect([signed.status, signed.body.status]).toEqual([201, 'signed'])
    expect((await doctor('POST /encounters/:id/amendments', { params: { id: made.encounter }, body: { id: uuid(), reason: 'more', body: 'later words' } })).status).toBe(201)
  })

  it('money and documents of today go on, a visit of it is billed today, and its totals do not move', async () => {
    expect((await pay(made.request, card(1_000))).status).toBe(201)
    expect(await bill(made.unbilled)).toMatchObject({ kind: '300', issuedOn: '2026-11-22' })
    // Another price of what was not recorded moves what is billed from now on, and nothing that was counted.
    await api.database.db.updateTable('price_item').set({ price_agorot: 99_000 }).where('id', '=', hadar.prices.exam).execute()
    expect(await read()).toMatchObject({ unmoved: true, closing: { reason: 'known' }, totals: { performed: { grossAgorot: 4 * price } } })
  })

  it('jobs that date things by themselves date them on the day of their run', async () => {
    const [now, before] = [castContext(api.cast, hadar, 'owner', api.database.apiPool), castContext(api.cast, hadar, 'owner', api.database.apiPool, instant('2026-10-31T21:59:00Z'))]
    // One that began before midnight and is late: it is refused, writes nothing, and the next run writes it with its own day.
    await expect(receiptWaitingMoney(before, made.waiting, moneyText)).rejects.toMatchObject({ code: 'month_closed' })
    expect(await receiptWaitingMoney(now, made.waiting, moneyText)).toBe(true)
    const cheques = await maturedCheques(now)
    expect(cheques.map(({ paymentId }) => paymentId).sort()).toEqual([made.due, made.later].sort())
    for (const one of cheques) expect(await taxMaturedCheque(now, one, moneyText)).toBe(true)
    const { rows } = await api.database.ownerPool.query<{ on: string }>(`select distinct issued_on::text as on from invoice where clinic_id = $1 and (kind = '305' or advance)`, [hadar.id])
    expect(rows).toEqual([{ on: '2026-11-22' }])
    expect((await read()).unmoved).toBe(true)
  })

  it('a change that got past all of this shows', async () => {
    const { rows: [row] } = await api.database.ownerPool.query<{ id: string }>(`select id from month_closing where clinic_id = $1`, [hadar.id])
    await expect(api.database.ownerPool.query(`update month_closing set totals = '{}' where id = $1`, [row?.id])).rejects.toThrow('never changed')
    await api.database.ownerPool.query(`alter table payment disable trigger user`)
    await api.database.ownerPool.query(`insert into payment (clinic_id, id, patient_id, appointment_id, method, amount_agorot, received_at) values ($1, $2, $3, $4, 'cash', 10, $5)`, [hadar.id, '01900000-0000-7000-8000-00000000abcd', hadar.patients.sara, made.waiting, inOctober.toString()])
    expect((await read()).unmoved).toBe(false)
    await api.database.ownerPool.query(`delete from payment where id = $1`, ['01900000-0000-7000-8000-00000000abcd'])
    await api.database.ownerPool.query(`alter table payment enable trigger user`)
    expect((await read()).unmoved).toBe(true)
  })
})

describe('a month is opened again', () => {
  const reopen = (id: string, who = owner) => who('POST /month-closings/:id/reopening', { params: { id }, body: { reason: 'a cheque of then' } })
  const idOf = async (month: string) => (await owner('GET /months')).body.items.find((one) => one.month === month && one.reopened === null)?.id ?? ''

  it('by the owner alone, the newest alone, and is closed again as before', async () => {
    const first = await idOf('2026-10')
    const december = instant('2026-12-01T06:00:00Z')
    expect((await at(december, () => close('2026-11', 'x'))).status).toBe(201)
    expect((await reopen(first)).problem.code).toBe('month_not_newest')
    expect((await reopen(await idOf('2026-11'), accountant)).status).toBe(403)
    expect((await reopen(await idOf('2026-11'))).status).toBe(200)
    expect((await reopen(first)).body).toMatchObject({ next: null })
    expect((await reopen(first)).status).toBe(200) // said twice
    expect((await owner('POST /cheques/:id/return', { params: { id: made.due }, body: { id: uuid(), on: '2026-10-30', reason: 'x' } })).status).toBe(201)
    expect((await close('2026-10', 'again')).status).toBe(201)
    const { items } = (await owner('GET /months')).body
    expect(items.map(({ month, reopened }) => [month, reopened?.reason ?? null])).toEqual([['2026-11', 'a cheque of then'], ['2026-10', null], ['2026-10', 'a cheque of then']])
    const told = await api.database.db.selectFrom('event').select('name').where('clinic_id', '=', hadar.id).where('subject_type', '=', 'month_closing').execute()
    expect(told.map(({ name }) => name).sort()).toEqual(['month.closed', 'month.closed', 'month.closed', 'month.reopened', 'month.reopened'])
  })
})

/** What the desk says should be there, counted as it says. */
async function counted() {
  const { body } = await owner('GET /cash-desk', { query: { branchId: hadar.branches.center } })
  return body.means.map(({ method, expectedAgorot }) => ({ method, expectedAgorot, countedAgorot: Math.max(expectedAgorot, 0) }))
}
