// A process that dies anywhere in the middle leaves all of it or nothing, and whoever asks again finds it done once. Fifty at once leave no gap.
import { v7 as uuid } from 'uuid'
import { connect } from '@yoman/db/connect'
import { creditText, moneyText, refundText } from '@yoman/documents/invoices/on-account'
import { instant, plainDate } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import type { Context } from '@yoman/use-cases/context'
import { creditDocument } from '@yoman/use-cases/invoices/credit-document'
import { deduct } from '@yoman/use-cases/invoices/deduct'
import { issueInvoiceForVisit } from '@yoman/use-cases/invoices/issue-for-visit'
import { reassign } from '@yoman/use-cases/invoices/reassign'
import { recordPayment } from '@yoman/use-cases/invoices/record-payment'
import { afterAll, describe, expect, it } from 'vitest'
import { expectSound } from './sound.fixture.ts'

const api = await testApi()
const { hadar } = api.cast
const owner = await api.as(hadar.staff.owner)
const doctor = castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow)
const price = 18_000
let minute = 0

type Moment = 'before' | 'after'

/** A pool that loses its connection around its nth statement from now, as with a process that is killed there. */
function mortalPool() {
  const pool = connect({ url: api.database.url, role: 'yoman_api', max: 1, onError: () => {} })
  let [sent, nth, when]: [number, number, Moment] = [0, 0, 'before']
  let pid = 0
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection // not in the published types
    client.query = ((...args: unknown[]) => {
      pid = (client as unknown as { processID: number }).processID
      sent += 1
      if (sent === nth && when === 'before') stream.destroy()
      const answer = query(...args)
      if (sent === nth && when === 'after') setImmediate(() => stream.destroy())
      return answer
    }) as typeof client.query
  })
  return {
    pool,
    dieAt(at: number, moment: Moment): void {
      ;[sent, nth, when] = [0, at, moment]
    },
    /** How many statements were sent since `dieAt`. */
    sent: () => sent,
    /** What the server still does for a connection that is gone is done. */
    async buried(): Promise<void> {
      await expect.poll(async () => (await api.database.ownerPool.query('select from pg_stat_activity where pid = $1', [pid])).rowCount, { interval: 5 }).toBe(0)
    },
  }
}

const mortal = mortalPool()
afterAll(() => mortal.pool.end())
const dying: Context = castContext(api.cast, hadar, 'owner', mortal.pool, castNow)

/** Of today and over; `early` of tomorrow, where money is an advance. */
async function aVisit(early = false): Promise<string> {
  const id = uuid()
  await bookAppointment(doctor, {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara,
    startsAt: instant(early ? '2026-11-23T07:00:00Z' : '2026-11-22T07:00:00Z').add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  if (!early) for (const step of [recordArrival, startTreatment, completeAppointment]) await step(doctor, id)
  return id
}

const request = async (): Promise<string> => (await owner('POST /appointments/:id/invoice', { params: { id: await aVisit() } })).body.id
const card = (amount: number) => ({ id: uuid(), method: 'card' as const, amount, reference: '1', cheque: null, card: null })

const payer = (async () => (await owner('POST /organisations', { body: { id: uuid(), name: 'קופה', nameLatin: '', dealerNumber: '', address: '', email: '', takesEmail: false, language: 'he' } })).body.id)()
const partOf = async (id: string) => owner('PUT /appointments/:id/payer-parts/:organisationId', { params: { id, organisationId: await payer }, body: { part: { agorot: 5_000 }, procedureIds: null } })

async function paid(): Promise<string> {
  const invoiceId = await request()
  return (await recordPayment(doctorAsOwner, { appointmentId: null, invoiceId, means: [card(price)] }, moneyText)).receiptIds[0] ?? ''
}
const doctorAsOwner = castContext(api.cast, hadar, 'owner', api.database.apiPool, castNow)

/** Ways of moving money: each makes its ground, and does the same thing whenever it is called. */
const ways: { name: string; ground: () => Promise<(ctx: Context) => Promise<unknown>> }[] = [
  { name: 'the bill of a visit', ground: async () => { const id = await aVisit(); return (ctx) => issueInvoiceForVisit(ctx, id, moneyText) } },
  { name: 'the bill of a visit of which another pays a part', ground: async () => { const id = await aVisit(); await partOf(id); return (ctx) => issueInvoiceForVisit(ctx, id, moneyText) } },
  { name: 'what is left of a bill, asked of another', ground: async () => { const [invoiceId, id] = [await request(), uuid()]; const organisationId = await payer; return (ctx) => reassign(ctx, { id, invoiceId, organisationId }, moneyText) } },
  {
    name: 'money of two means, one of them a cheque of a later day',
    ground: async () => {
      const invoiceId = await request()
      const means = [card(8_000), { ...card(10_000), method: 'cheque' as const, reference: '', cheque: { number: '101', bank: '12', branch: '605', account: '778899', dueOn: plainDate('2026-12-22') } }]
      return (ctx) => recordPayment(ctx, { appointmentId: null, invoiceId, means }, moneyText)
    },
  },
  { name: 'money before its visit', ground: async () => { const appointmentId = await aVisit(true); const means = [card(5_000)]; return (ctx) => recordPayment(ctx, { appointmentId, invoiceId: null, means }, moneyText) } },
  {
    name: 'a credit with its refund',
    ground: async () => {
      const [invoiceId, id, refund] = [await paid(), uuid(), { id: uuid(), branchId: null, means: [{ method: 'cash' as const, amount: 2_000, reference: '' }] }]
      return (ctx) => creditDocument(ctx, { id, invoiceId, part: { amount: 5_000 }, reason: 'x', refund }, { creditText, refundText })
    },
  },
  {
    name: 'a bill paid by a credit that was kept',
    ground: async () => {
      const [sourceId, id, requestId] = [uuid(), uuid(), await request()]
      await creditDocument(doctorAsOwner, { id: sourceId, invoiceId: await paid(), part: { amount: 5_000 }, reason: 'x', refund: null }, { creditText, refundText })
      return (ctx) => deduct(ctx, { id, requestId, sourceId }, moneyText)
    },
  },
]

/** How many rows of money there are, by kind: what one way adds to it is the same each time. */
async function counted(): Promise<Record<string, number>> {
  const { rows } = await api.database.ownerPool.query<{ what: string; count: number }>(
    `select kind as what, count(*)::int as count from invoice where clinic_id = $1 group by 1 union all select 'payment', count(*)::int from payment where clinic_id = $1
     union all select 'refund', count(*)::int from refund where clinic_id = $1 union all select 'events', count(*)::int from event where clinic_id = $1 and (name like 'invoice.%' or name like 'payment.%') order by 1`, [hadar.id])
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]))
}
const added = (before: Record<string, number>, after: Record<string, number>) => Object.fromEntries(Object.entries(after).map(([what, count]) => [what, count - (before[what] ?? 0)]).filter(([, count]) => count !== 0))

describe('a process that dies around any of its statements leaves all or nothing, and the same request does it once:', () => {
  it.each(ways)('$name', async ({ ground }) => {
    const whole = await (async () => {
      const work = await ground()
      const before = await counted()
      mortal.dieAt(0, 'before')
      await work(dying)
      return added(before, await counted())
    })()
    const statements = mortal.sent()
    expect(Object.keys(whole).length).toBeGreaterThan(0)
    let [work, before] = [await ground(), await counted()]
    const seen = { nothing: 0, all: 0 }
    for (const moment of ['before', 'after'] as const)
      for (let at = 1; at <= statements; at += 1) {
        mortal.dieAt(at, moment)
        await work(dying).catch(() => {}) // whether it was done is asked of the rows
        await mortal.buried()
        mortal.dieAt(0, 'before')
        const done = added(before, await counted())
        expect([{}, whole], `${moment} statement ${at} of ${statements}`).toContainEqual(done)
        seen[Object.keys(done).length === 0 ? 'nothing' : 'all'] += 1
        if (Object.keys(done).length === 0) continue
        await work(dying)
        expect(added(before, await counted()), 'asked again it finds what was done').toEqual(whole)
        ;[work, before] = [await ground(), await counted()]
      }
    await work(dying)
    expect(added(before, await counted()), 'asked again it is done').toEqual(whole)
    // Lost before the commit nothing is there; lost behind it, its answer alone was.
    expect(seen.nothing).toBeGreaterThan(statements)
    expect(seen.all).toBeGreaterThan(0)
    await expectSound(api, owner)
  }, 120_000)
})

it('fifty who issue at once leave no gap and no double', async () => {
  const visits: string[] = []
  for (let nth = 0; nth < 50; nth += 1) visits.push(await aVisit(nth % 3 === 2))
  const answers = await Promise.all(visits.map(async (appointmentId, nth) => {
    if (nth % 3 === 2) return owner('POST /payments', { body: { id: uuid(), appointmentId, method: 'card', amountAgorot: 5_000 } })
    const bill = await owner('POST /appointments/:id/invoice', { params: { id: appointmentId } })
    return nth % 3 === 0 ? bill : owner('POST /payments', { body: { id: uuid(), invoiceId: bill.body.id, method: 'card', amountAgorot: price } })
  }))
  expect(answers.map(({ status }) => status).filter((status) => status >= 300)).toEqual([])
  await expectSound(api, owner)
}, 60_000)
