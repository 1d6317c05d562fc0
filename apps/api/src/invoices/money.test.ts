// Whatever is done with money, in whatever order and several things at once: the books hold.
import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { expect, it } from 'vitest'
import { expectSound } from './sound.fixture.ts'

const api = await testApi()
const { hadar } = api.cast
const owner = await api.as(hadar.staff.owner)
const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow)
const price = 18_000
const payers = [uuid(), uuid()]
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
  act: 'visit' | 'prepay' | 'bill' | 'pay' | 'credit' | 'refund' | 'deduct' | 'anew' | 'part' | 'reassign'
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
  if (step.act === 'part') return appointmentId !== undefined && done(await owner('PUT /appointments/:id/payer-parts/:organisationId', { params: { id: appointmentId, organisationId: pick(payers, step.at) ?? '' }, body: { part: step.agorot % 2 === 0 ? { agorot: step.agorot } : { basisPoints: Math.ceil(step.agorot / 2) }, procedureIds: null } }))
  const of = pick(await document(step.act === 'pay' || step.act === 'reassign' || step.act === 'deduct' ? ['300'] : step.act === 'credit' ? ['305', '320'] : ['330']), step.at)
  if (!of) return false
  if (step.act === 'pay') return done(await owner('POST /payments', { body: { id: uuid(), invoiceId: of.id, ...money(step) } }))
  if (step.act === 'deduct') {
    const source = pick((await owner('GET /patients/:id/credits', { params: { id: hadar.patients.sara } })).body.items, step.agorot)
    return source !== undefined && done(await owner('POST /invoices/:id/deductions', { params: { id: of.id }, body: { id: uuid(), sourceId: source.id } }))
  }
  if (step.act === 'reassign') return done(await owner('POST /invoices/:id/reassignments', { params: { id: of.id }, body: { id: uuid(), organisationId: pick([null, ...payers], step.agorot) ?? null } }))
  if (step.act === 'refund') return done(await owner('POST /invoices/:id/refunds', { params: { id: of.id }, body: { id: uuid(), means: [{ ...money(step), reference: '7' }] } }))
  const part = step.at % 3 === 0 ? { rest: true as const } : step.at % 3 === 1 ? { lines: [{ line: 1, quantity: 1 }] } : { amountAgorot: step.agorot }
  return done(await owner('POST /invoices/:id/credits', { params: { id: of.id }, body: { id: uuid(), reason: 'x', part } }))
}

async function bill(id: string) {
  await recordArrival(ctx, id).then(() => startTreatment(ctx, id)).then(() => completeAppointment(ctx, id)).catch((error: { code?: string }) => expect(error.code).toBeDefined()) // done before
  return owner('POST /appointments/:id/invoice', { params: { id } })
}

function done({ status, problem }: { status: number; problem: { code: string } }): boolean {
  if (status >= 300) expect([status < 500, problem.code]).toEqual([true, expect.stringMatching(/exceeds|nothing_to|already_paid|status_change_not_allowed|not_credited_whole|already_billed|cash_over_legal_limit|nothing_owed|same_payer|payer_parts_too_large/)])
  return status < 300
}

it('lines and VAT are the total, credits are within their document, money back within the money paid, what was paid less what went back and what is owed is what was billed, no series has a gap', async () => {
  for (const id of payers) expect((await owner('POST /organisations', { body: { id, name: 'קופה', nameLatin: '', dealerNumber: '', address: '', email: '', takesEmail: false, language: 'he' } })).status).toBe(201)
  const visits: string[] = []
  let taken = 0
  const step = fc.record({ act: fc.constantFrom<Step['act']>('visit', 'prepay', 'bill', 'pay', 'credit', 'credit', 'refund', 'refund', 'deduct', 'deduct', 'anew', 'part', 'part', 'reassign'), at: fc.nat(50), agorot: fc.integer({ min: 1, max: price }), method: fc.constantFrom<Step['method']>('cash', 'card', 'bit') })
  await fc.assert(fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 4, maxLength: 8 }), async (story) => {
    visits.push(await aVisit(), await aVisit(true))
    for (const atOnce of story) taken += (await Promise.all(atOnce.map((one) => take(one, visits)))).filter(Boolean).length
    await expectSound(api, owner)
  }), { numRuns: 8, endOnFailure: true })
  expect(taken).toBeGreaterThan(20)
}, 120_000)
