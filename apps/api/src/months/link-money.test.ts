import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const [owner, desk, other] = await Promise.all([api.as(hadar.staff.owner), api.as(hadar.staff.receptionist), api.as(thames.staff.owner)])
const read = async (month: string, who = owner) => (await who('GET /months/:month', { params: { month } })).body
const close = (month: string, reason = '') => owner('POST /months/:month/closing', { params: { month }, body: { id: uuid(), reason } })

/** A link whose money was different, and what came by it. */
async function came(...money: { at: string; amount: number | null; currency?: string; state?: 'different' | 'booked' }[]): Promise<void> {
  const [visit, linkId, staff] = [uuid(), uuid(), castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow)]
  await bookAppointment(staff, { id: visit, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara, startsAt: castNow.add({ minutes: 5 }), durationMinutes: 5, outsideHours: true })
  for (const step of [recordArrival, startTreatment, completeAppointment]) await step(staff, visit)
  const { id: invoiceId } = (await desk('POST /appointments/:id/invoice', { params: { id: visit } })).body
  await api.database.db.insertInto('payment_link').values({ clinic_id: hadar.id, id: linkId, invoice_id: invoiceId, amount_agorot: 18_000, ways: ['sms'], state: 'different', requested_by: null, requested_at: castNow, expires_at: castNow, settled_at: castNow }).execute()
  for (const { at, amount, currency = 'ILS', state = 'different' } of money) {
    await api.database.db.insertInto('payment_link_money').values({ clinic_id: hadar.id, id: uuid(), link_id: linkId, transaction_id: uuid(), state, amount_agorot: amount, currency, method: 'card', heard_at: instant(at), known_at: instant(at) }).execute()
  }
}

it('a month is not closed without a word while money that came by a link until its end waits for a decision', async () => {
  expect((await read('2026-10')).open.undecidedMoney).toEqual({ count: 0, agorot: 0 })
  // Of a month before, and of its last minute in Israel; of the next day; in dollars; what nobody can read; what was booked.
  await came(
    { at: '2026-09-01T08:00:00Z', amount: 10_000 }, { at: '2026-10-31T21:59:59Z', amount: 2_500 }, { at: '2026-10-31T22:00:00Z', amount: 400 },
    { at: '2026-10-02T08:00:00Z', amount: 7_000, currency: 'USD' }, { at: '2026-10-03T08:00:00Z', amount: null, currency: '' }, { at: '2026-10-04T08:00:00Z', amount: 18_000, state: 'booked' },
  )
  const undecidedMoney = { count: 4, agorot: 12_500 }
  expect((await read('2026-10')).open.undecidedMoney).toEqual(undecidedMoney)
  expect((await read('2026-09')).open.undecidedMoney).toEqual({ count: 1, agorot: 10_000 })
  expect((await read('2026-10', other)).open.undecidedMoney).toEqual({ count: 0, agorot: 0 })
  expect((await close('2026-10')).problem.code).toBe('month_open_points')
  expect((await close('2026-10', 'the provider was asked')).status).toBe(201)

  // What waited then is told when nothing waits any more.
  for (const { id } of (await desk('GET /payment-link-money', {})).body.items) await desk('POST /payment-link-money/:id/decision', { params: { id }, body: { decision: 'returned', reason: 'given back' } })
  expect((await read('2026-10')).open.undecidedMoney).toEqual(undecidedMoney)
  expect((await read('2026-11')).open.undecidedMoney).toEqual({ count: 0, agorot: 0 })
})

it('a month that was closed before there were links is read', async () => {
  const { rows: [row] } = await api.database.ownerPool.query<{ totals: object; open_points: Record<string, unknown> }>('select totals, open_points from month_closing where clinic_id = $1', [hadar.id])
  const { undecidedMoney, ...then } = row?.open_points ?? {}
  expect(undecidedMoney).toBeDefined()
  await api.database.db.insertInto('month_closing').values({ clinic_id: hadar.id, id: uuid(), month: '2026-09-01' as never, closed_at: castNow, closed_by: hadar.staff.owner.id, reason: '', open_points: then as never, totals: row?.totals as never }).execute() // rows of then, as they were
  const { open, closing } = await read('2026-09')
  expect([closing?.month, open.undecidedMoney]).toEqual(['2026-09', { count: 0, agorot: 0 }])
})
