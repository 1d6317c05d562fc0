// Whatever is done with money, in whatever order and several things at once: the books hold.
import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { expect, it } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const owner = await api.as(hadar.staff.owner)
const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow)
const price = 18_000
let minute = 0

/** Of today; `early` of tomorrow, where money is an advance. */
async function aVisit(early = false): Promise<string> {
  const id = uuid()
  await bookAppointment(ctx, {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara,
    startsAt: instant(early ? '2026-11-23T08:00:00Z' : '2026-11-22T08:00:00Z').add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  return id
}

interface Step {
  act: 'visit' | 'prepay' | 'bill' | 'pay' | 'credit' | 'refund' | 'deduct' | 'anew'
  at: number
  agorot: number
  method: 'cash' | 'card' | 'bit'
}

const document = (kinds: string[]) => api.database.db.selectFrom('invoice').select('id').where('clinic_id', '=', hadar.id).where('kind', 'in', kinds as ['300']).orderBy('issued_at').orderBy('id').execute() // of all kinds there are
const pick = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(all.length, 1)]
const money = ({ agorot, method }: Step) => ({ method, amountAgorot: method === 'cash' ? Math.ceil(agorot / 10) * 10 : agorot })

/** Does one step; what is refused is refused in words. @returns whether it was done. */
async function take(step: Step, visits: string[]): Promise<boolean> {
  const appointmentId = pick(visits, step.at)
  if (step.act === 'visit') return Boolean(visits.push(await aVisit(step.at % 2 === 0)))
  if (step.act === 'anew') return appointmentId !== undefined && done(await owner('POST /appointments/:id/billings', { params: { id: appointmentId }, body: { id: uuid() } }))
  if (step.act === 'bill') return appointmentId !== undefined && done(await bill(appointmentId))
  if (step.act === 'prepay') return appointmentId !== undefined && done(await owner('POST /payments', { body: { id: uuid(), appointmentId, ...money(step) } }))
  const of = pick(await document(step.act === 'pay' || step.act === 'deduct' ? ['300'] : step.act === 'credit' ? ['305', '320'] : ['330']), step.at)
  if (!of) return false
  if (step.act === 'pay') return done(await owner('POST /payments', { body: { id: uuid(), invoiceId: of.id, ...money(step) } }))
  if (step.act === 'deduct') {
    const source = pick((await owner('GET /patients/:id/credits', { params: { id: hadar.patients.sara } })).body.items, step.agorot)
    return source !== undefined && done(await owner('POST /invoices/:id/deductions', { params: { id: of.id }, body: { id: uuid(), sourceId: source.id } }))
  }
  if (step.act === 'refund') return done(await owner('POST /invoices/:id/refunds', { params: { id: of.id }, body: { id: uuid(), means: [{ ...money(step), reference: '7' }] } }))
  const part = step.at % 3 === 0 ? { rest: true as const } : step.at % 3 === 1 ? { lines: [{ line: 1, quantity: 1 }] } : { amountAgorot: step.agorot }
  return done(await owner('POST /invoices/:id/credits', { params: { id: of.id }, body: { id: uuid(), reason: 'x', part } }))
}

async function bill(id: string) {
  await recordArrival(ctx, id).then(() => startTreatment(ctx, id)).then(() => completeAppointment(ctx, id)).catch((error: { code?: string }) => expect(error.code).toBeDefined()) // done before
  return owner('POST /appointments/:id/invoice', { params: { id } })
}

function done({ status, problem }: { status: number; problem: { code: string } }): boolean {
  if (status >= 300) expect([status < 500, problem.code]).toEqual([true, expect.stringMatching(/exceeds|nothing_to|already_paid|status_change_not_allowed|not_credited_whole|already_billed|cash_over_legal_limit/)])
  return status < 300
}

it('lines and VAT are the total, credits are within their document, money back within the money paid, what was paid less what went back and what is owed is what was billed, no series has a gap', async () => {
  const visits: string[] = []
  let taken = 0
  const step = fc.record({ act: fc.constantFrom<Step['act']>('visit', 'prepay', 'bill', 'pay', 'credit', 'credit', 'refund', 'refund', 'deduct', 'deduct', 'anew'), at: fc.nat(50), agorot: fc.integer({ min: 1, max: price }), method: fc.constantFrom<Step['method']>('cash', 'card', 'bit') })
  await fc.assert(fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 4, maxLength: 8 }), async (story) => {
    visits.push(await aVisit(), await aVisit(true))
    for (const atOnce of story) taken += (await Promise.all(atOnce.map((one) => take(one, visits)))).filter(Boolean).length
    await expectSound()
  }), { numRuns: 8, endOnFailure: true })
  expect(taken).toBeGreaterThan(20)
}, 120_000)

async function expectSound(): Promise<void> {
  const read = async <T>(query: string): Promise<T[]> => (await api.database.ownerPool.query<Record<string, unknown>>(query, [hadar.id])).rows as T[] // what the query says
  expect(await read(`select v.id from invoice v where v.clinic_id = $1 and (v.net_agorot + v.vat_agorot <> v.total_agorot or v.total_agorot <> (select sum(l.total_agorot) from invoice_line l where l.invoice_id = v.id))`)).toEqual([])
  expect(await read(`select v.id from invoice v where v.clinic_id = $1 and v.total_agorot < (select sum(k.total_agorot) from invoice k where k.based_on_id = v.id and k.kind in ('330', '410'))`)).toEqual([])
  // What used the money of a credit note was paid with it.
  expect(await read(`select v.id from invoice v where v.clinic_id = $1 and coalesce((select sum(p.amount_agorot) from payment p where p.invoice_id = v.id), 0) + case when v.credit_id is null then 0 else v.total_agorot end
    < (select sum(r.amount_agorot) from invoice k join invoice b on b.based_on_id = k.id and b.kind = '410' join refund r on r.invoice_id = b.id where k.based_on_id = v.id and k.kind = '330')`)).toEqual([])
  expect(await read(`select kind from invoice where clinic_id = $1 group by kind having count(*) <> max(number) or min(number) <> 1`)).toEqual([])
  expect(await read(`select v.id from invoice v where v.clinic_id = $1 and ((v.kind = '300' and received_on(v.clinic_id, v.id) > v.total_agorot) or (v.kind = '330' and settled_of(v.clinic_id, v.id) > v.total_agorot))`)).toEqual([])
  expect(await read(`select a.id from invoice a where a.clinic_id = $1 and a.advance and a.total_agorot < (select sum(u.amount_agorot) from advance_use u where u.advance_id = a.id)`)).toEqual([])
  // Cash leaves up to five agorot aside for each document that it settles.
  const [sums] = await read<Record<'billed' | 'credited' | 'paid' | 'back' | 'cash', string>>(`select
    -- An advance is billed with its visit as far as that deducted it, and by itself as far as none did.
    coalesce(sum(total_agorot) filter (where kind = '300' or (kind = '320' and based_on_id is null)), 0) - (select coalesce(sum(amount_agorot), 0) from advance_use where clinic_id = $1) as billed, coalesce(sum(total_agorot) filter (where kind = '330'), 0) as credited,
    (select coalesce(sum(p.amount_agorot), 0) from payment p where p.clinic_id = $1 and p.invoice_id is not null) as paid, (select coalesce(sum(r.amount_agorot), 0) from refund r where r.clinic_id = $1) as back,
    (select count(*) from (select from payment where clinic_id = $1 and method = 'cash' union all select from refund where clinic_id = $1 and method = 'cash') c) as cash from invoice where clinic_id = $1`)
  const items = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { body } = await owner('GET /invoices', { query: { limit: 200, ...(cursor ? { cursor } : {}) } })
    items.push(...body.items)
    cursor = body.next
  }
  const [debt, owed] = [items.reduce((sum, { balanceAgorot }) => sum + balanceAgorot, 0), items.reduce((sum, { refundableAgorot }) => sum + refundableAgorot, 0)]
  const of = (name: keyof NonNullable<typeof sums>): number => Number(sums?.[name])
  expect(Math.abs(of('paid') - of('back') + debt - owed - (of('billed') - of('credited')))).toBeLessThanOrEqual(5 * of('cash'))
}
