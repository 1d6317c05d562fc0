import { v7 as uuid } from 'uuid'
import { instant, plainDate } from '@yoman/domain/time'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { closeCashDesk } from '@yoman/use-cases/cash-desk/close'
import { cashDesk } from '@yoman/use-cases/cash-desk/read'
import { recordPayment } from '@yoman/use-cases/invoices/record-payment'
import { describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const branchId = hadar.branches.center
const tomorrow = castNow.add({ hours: 24 })
const dayAfter = plainDate('2026-11-23')
let minute = 0

/** A visit of today in the centre, that costs 180 shekels. */
async function visit(): Promise<string> {
  const appointmentId = uuid()
  await bookAppointment(castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow), {
    id: appointmentId, branchId, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara,
    startsAt: instant('2026-11-22T08:00:00Z').add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  return appointmentId
}

async function pay(method: 'cash' | 'card' | 'bit', amountAgorot: number): Promise<string> {
  const id = uuid()
  expect((await desk('POST /payments', { body: { id, appointmentId: await visit(), method, amountAgorot } })).status).toBe(201)
  return id
}
const counted = (method: 'cash' | 'card' | 'bit', expectedAgorot: number, countedAgorot = expectedAgorot, reason = '') => ({ method, expectedAgorot, countedAgorot, reason })
const close = (means: ReturnType<typeof counted>[], leftAgorot = 0, id = uuid()) => desk('POST /cash-closings', { body: { id, branchId, day: '2026-11-22', leftAgorot, means } })
const look = async () => (await desk('GET /cash-desk', { query: { branchId } })).body

describe('the cash desk of a branch', () => {
  it('is closed once a day, with what was counted and why it differs', async () => {
    const ids = [await pay('cash', 18_000), await pay('card', 12_000), await pay('cash', 2_000)]
    expect((await look()).payments.map(({ id }) => id)).toEqual(ids)
    expect((await look()).means).toEqual(expect.arrayContaining([{ method: 'cash', payments: 2, refunds: 0, refundedAgorot: 0, expectedAgorot: 20_000 }, { method: 'card', payments: 1, refunds: 0, refundedAgorot: 0, expectedAgorot: 12_000 }, { method: 'cheque', payments: 0, refunds: 0, refundedAgorot: 0, expectedAgorot: 0 }]))
    expect((await desk('GET /cash-desk', { query: { branchId: hadar.branches.north } })).body.payments).toEqual([])

    expect((await close([counted('cash', 20_000, 19_000), counted('card', 12_000)])).problem.code).toBe('difference_needs_reason')
    expect((await close([counted('cash', 20_000)])).problem.code).toBe('cash_desk_moved')
    expect((await close([counted('cash', 20_000), counted('card', 12_000)], 20_001)).problem.code).toBe('more_left_than_counted')
    const means = [counted('cash', 20_000, 19_000, 'עודף שניתן פעמיים'), counted('card', 12_000)]
    const id = uuid()
    // Two hands at once: one closing, whichever id came first.
    const both = await Promise.all([close(means, 5_000, id), close(means, 5_000, id), close(means, 5_000)])
    expect(both.filter(({ status }) => status === 201).map(({ body }) => body.id)).toEqual(both[2]?.status === 201 ? [both[2].body.id] : [id, id])
    expect(both.filter(({ status }) => status !== 201).every(({ problem }) => problem.code === 'cash_desk_closed')).toBe(true)
    const { closedId } = await look()
    const closing = (await desk('GET /cash-closings/:id', { params: { id: closedId ?? '' } })).body
    expect(closing).toMatchObject({ branchId, day: '2026-11-22', leftAgorot: 5_000, closedBy: { id: hadar.staff.receptionist.id } })
    expect(closing.means).toEqual(expect.arrayContaining([{ method: 'cash', payments: 2, refunds: 0, refundedAgorot: 0, expectedAgorot: 20_000, countedAgorot: 19_000, reason: 'עודף שניתן פעמיים' }]))
    expect(closing.payments.map((payment) => payment.id)).toEqual(ids)
    expect((await close([counted('cash', 5_000)])).problem.code).toBe('cash_desk_closed')
  })

  it('counts what comes in after the closing, and what was left, in the next one', async () => {
    const late = await pay('bit', 7_000)
    expect(await look()).toMatchObject({ leftBeforeAgorot: 5_000, payments: [{ id: late }] })
    const next = castContext(api.cast, hadar, 'receptionist', api.database.apiPool, tomorrow)
    expect((await cashDesk(next, branchId)).means.filter(({ expected }) => expected > 0)).toEqual([{ method: 'cash', payments: 0, refunds: 0, refunded: 0, expected: 5_000 }, { method: 'bit', payments: 1, refunds: 0, refunded: 0, expected: 7_000 }])
    const before = (await desk('GET /cash-closings', { query: { branchId } })).body.items
    // A payment that comes in while the desk is being closed is in this closing or in the next, and the drawer agrees with what was told.
    const id = uuid()
    const [closed, paid] = await Promise.allSettled([closeCashDesk(next, { id, branchId, day: dayAfter, left: 0, counted: [{ method: 'cash', expected: 5_000, counted: 5_000, reason: '' }, { method: 'bit', expected: 7_000, counted: 7_000, reason: '' }] }), pay('card', 1_000)])
    if (closed.status === 'rejected') await closeCashDesk(next, { id, branchId, day: dayAfter, left: 0, counted: (await cashDesk(next, branchId)).means.map((one) => ({ ...one, counted: one.expected, reason: '' })) })
    const held = (await desk('GET /cash-closings/:id', { params: { id } })).body.payments.map((payment) => payment.id)
    const open = (await look()).payments.map((payment) => payment.id)
    expect([...held, ...open].sort()).toEqual([late, paid.status === 'fulfilled' ? paid.value : ''].sort())
    const first = await desk('GET /cash-closings', { query: { branchId, limit: 1 } })
    expect(first.body.items.map((closing) => closing.id)).toEqual([id])
    expect((await desk('GET /cash-closings', { query: { branchId, limit: 1, cursor: first.body.next ?? '' } })).body.items).toEqual(before)
  })

  it('has the money that it took, also for a visit of another branch, and is closed the morning after for the day before', async () => {
    const { north } = hadar.branches
    const owner = await api.as(hadar.staff.owner)
    const [evening, morning] = [uuid(), uuid()]
    const open = (await look()).payments
    expect((await (await api.as(hadar.staff.northReceptionist))('POST /payments', { body: { id: uuid(), appointmentId: await visit(), branchId, method: 'card', amountAgorot: 18_000 } })).status).toBe(403)
    expect((await owner('POST /payments', { body: { id: uuid(), appointmentId: await visit(), branchId: uuid(), method: 'card', amountAgorot: 18_000 } })).problem.code).toBe('reference_unknown')
    expect((await owner('POST /payments', { body: { id: evening, appointmentId: await visit(), branchId: north, method: 'cash', amountAgorot: 17_005 } })).problem.code).toBe('cash_not_in_tens')
    expect((await owner('POST /payments', { body: { id: evening, appointmentId: await visit(), branchId: north, method: 'cash', amountAgorot: 17_000 } })).status).toBe(201)
    expect((await look()).payments).toEqual(open)
    expect((await owner('GET /cash-desk', { query: { branchId: north } })).body).toMatchObject({ day: '2026-11-22', closedId: null, payments: [{ id: evening }] })

    // At eight the next morning somebody has paid already; yesterday is closed first, and then today can be.
    const next = castContext(api.cast, hadar, 'owner', api.database.apiPool, tomorrow)
    await recordPayment(next, { appointmentId: await visit(), invoiceId: null, takenAt: north, means: [{ id: morning, method: 'cash', amount: 18_000, reference: '' }] }, moneyText)
    const closeDay = (day: string, expected: number, id = uuid()) => closeCashDesk(next, { id, branchId: north, day: plainDate(day), left: 0, counted: [{ method: 'cash', expected, counted: expected, reason: '' }] })
    expect(await cashDesk(next, north)).toMatchObject({ closedId: null, payments: [{ id: evening }] })
    await expect(closeDay('2026-11-24', 35_000)).rejects.toMatchObject({ code: 'cash_day_ahead' })
    const [yesterday, today] = [uuid(), uuid()]
    await closeDay('2026-11-22', 17_000, yesterday)
    expect(await cashDesk(next, north)).toMatchObject({ closedId: null, payments: [{ id: morning }] })
    await closeDay('2026-11-23', 18_000, today)
    const held = async (id: string) => { const { day, payments } = (await owner('GET /cash-closings/:id', { params: { id } })).body; return [day, payments.map((payment) => payment.id)] }
    expect([await held(yesterday), await held(today)]).toEqual([['2026-11-22', [evening]], ['2026-11-23', [morning]]])
    await expect(closeDay('2026-11-22', 0)).rejects.toMatchObject({ code: 'cash_desk_closed' })
    await expect(closeDay('2026-11-23', 18_000, yesterday)).rejects.toMatchObject({ code: 'id_taken' })
  })

  it('holds each payment once and is never changed, also by hand', async () => {
    const [closing] = (await desk('GET /cash-closings', { query: { branchId } })).body.items
    const row = await api.database.db.selectFrom('cash_closing').selectAll().where('id', '=', closing?.id ?? '').executeTakeFirstOrThrow()
    await expect(api.database.db.insertInto('cash_closing').values({ ...row, id: uuid() }).execute()).rejects.toThrow('cash_closing_once')
    const held = await api.database.db.selectFrom('cash_closing_payment').selectAll().where('clinic_id', '=', hadar.id).limit(1).executeTakeFirstOrThrow()
    await expect(api.database.db.insertInto('cash_closing_payment').values(held).execute()).rejects.toThrow('cash_closing_payment_pkey')
    await expect(api.database.db.updateTable('cash_closing').set({ left_agorot: 1 }).where('id', '=', row.id).execute()).rejects.toThrow('append_only')
    await expect(api.database.db.updateTable('cash_closing_means').set({ counted_agorot: 1 }).where('closing_id', '=', row.id).execute()).rejects.toThrow('append_only')
  })

  it('is closed by the desk and the owner, seen by the accountant, and hidden from others', async () => {
    const accountant = await api.as(hadar.staff.accountant)
    expect((await accountant('GET /cash-desk', { query: { branchId } })).status).toBe(200)
    expect((await accountant('POST /cash-closings', { body: { id: uuid(), branchId, day: '2026-11-22', leftAgorot: 0, means: [] } })).status).toBe(403)
    expect((await (await api.as(hadar.staff.doctor))('GET /cash-desk', { query: { branchId } })).status).toBe(403)
    expect((await (await api.as(hadar.staff.northReceptionist))('GET /cash-desk', { query: { branchId } })).status).toBe(403)
    const thames = await api.as(api.cast.thames.staff.owner)
    const [closing] = (await desk('GET /cash-closings', { query: { branchId } })).body.items
    expect((await thames('GET /cash-closings/:id', { params: { id: closing?.id ?? '' } })).status).toBe(404)
    expect((await thames('GET /cash-desk', { query: { branchId } })).status).toBe(404)
  })
})
