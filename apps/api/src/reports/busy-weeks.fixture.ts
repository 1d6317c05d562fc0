import { v7 as uuid } from 'uuid'
import type { Means } from '@yoman/contract/invoices'
import type { RouteKey } from '@yoman/contract/routes'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { Refusal } from '@yoman/domain/refusal'
import type { Instant } from '@yoman/domain/time'
import type { Call, TestApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { receiptWaitingMoney, visitsWithWaitingMoney } from '@yoman/use-cases/invoices/receipt-waiting'
import { maturedCheques, taxMaturedCheque } from '@yoman/use-cases/invoices/tax-matured-cheques'

/** The same numbers each time for one seed, 0 up to 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What happened, by the route or job; what was refused is not in it. */
export type Happened = Map<string, number>

/**
 * Weeks of a clinic up to `castNow`: visits booked, paid before, on and after their day by every means, billed or forgotten, with discounts and parts that others pay, credited, asked of somebody else, paid back, billed anew,
 * cheques that mature and that come back. Whatever the rules refuse does not happen; an answer that is a fault fails.
 */
export async function liveThrough(api: TestApi, { weeks, steps, seed }: { weeks: number; steps: number; seed: number }): Promise<Happened> {
  const { hadar } = api.cast
  const [owner, random, happened] = [await api.as(hadar.staff.owner), seeded(seed), new Map() as Happened]
  const patients = Object.values(hadar.patients).slice(0, 3)
  const booked: { id: string; startsAt: Instant; done: boolean }[] = []
  const cheques: string[] = []
  const payers = [uuid(), uuid()]
  let now = castNow.subtract({ hours: weeks * 7 * 24 })
  const one = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)]
  const count = (what: string) => happened.set(what, (happened.get(what) ?? 0) + 1)

  async function ask<K extends RouteKey>(key: K, given: Parameters<Call>[1] & object, who: Call = owner): Promise<void> {
    // The keys' own types are lost in a list of doings; the server checks them.
    const { status, problem } = await (who as (key: string, given: object) => Promise<{ status: number; problem: { code: string } }>)(key, given)
    if (status >= 500 || status === 400) throw new Error(`${key} answered ${status} ${problem.code}`)
    if (status < 300) count(key)
  }

  const cheque = (amountAgorot: number, days: number): Means => {
    const id = uuid()
    cheques.push(id)
    return { id, method: 'cheque', amountAgorot, cheque: { number: String(1000 + cheques.length), bank: '12', branch: '605', account: '778899', dueOn: now.add({ hours: 24 * days }).toString().slice(0, 10) } }
  }
  const means = (): Means => {
    const [amount, dice] = [100 * Math.ceil(random() * 180), random()]
    if (dice < 0.3) return cheque(amount, 1 + Math.floor(random() * 20))
    return dice < 0.6 ? { id: uuid(), method: 'cash', amountAgorot: amount - (amount % 10) } : { id: uuid(), method: 'card', amountAgorot: random() < 0.3 ? 18_000 : amount, reference: '1' }
  }
  const listed = async () => (await owner('GET /invoices', { query: { limit: 200 } })).body.items

  const doings: (() => Promise<void>)[] = [
    async () => {
      const [id, patientId] = [uuid(), one(patients) ?? '']
      const startsAt = now.add({ hours: 24 * Math.floor(random() * 4), minutes: 5 * (1 + booked.length) })
      const isBooked = await unlessRefused(bookAppointment(castContext(api.cast, hadar, 'doctor', api.database.apiPool, now), { id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId, startsAt, durationMinutes: 5, outsideHours: true }))
      if (isBooked) booked.push({ id, startsAt, done: false })
    },
    async () => ask('POST /split-payments', { body: { appointmentId: one(booked)?.id ?? uuid(), means: [means()] } }),
    async () => {
      const visit = booked.find((each) => !each.done && each.startsAt.epochMilliseconds < now.epochMilliseconds)
      if (!visit) return
      const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, visit.startsAt)
      await recordArrival(ctx, visit.id)
      await startTreatment(ctx, visit.id)
      await completeAppointment(ctx, visit.id)
      visit.done = true
      if (random() < 0.3) await ask('POST /payments', { body: { id: uuid(), appointmentId: visit.id, method: 'card', amountAgorot: 18_000, reference: '1' } })
      if (random() < 0.8) await ask('POST /appointments/:id/invoice', { params: { id: visit.id } })
    },
    async () => {
      const unpaid = one((await listed()).filter(({ balanceAgorot }) => balanceAgorot > 0))
      if (unpaid) await ask('POST /split-payments', { body: { invoiceId: unpaid.id, means: random() < 0.4 ? [{ id: uuid(), method: 'cash', amountAgorot: Math.round(unpaid.balanceAgorot / 10) * 10 }] : [means()] } })
    },
    async () => {
      const document = one((await listed()).filter(({ kind }) => kind === '320' || kind === '305'))
      if (document) await ask('POST /invoices/:id/credits', { params: { id: document.id }, body: { id: uuid(), reason: 'test', part: random() < 0.5 ? { rest: true } : { amountAgorot: 1 + Math.floor(random() * 9_000) } } })
      if (document?.appointmentId && random() < 0.6) await ask('POST /appointments/:id/billings', { params: { id: document.appointmentId }, body: { id: uuid() } })
    },
    async () => {
      const credit = one((await listed()).filter(({ refundableAgorot }) => refundableAgorot > 0))
      if (credit) await ask('POST /invoices/:id/refunds', { params: { id: credit.id }, body: { id: uuid(), means: [random() < 0.5 ? { method: 'card', amountAgorot: credit.refundableAgorot, reference: '9' } : { method: 'cash', amountAgorot: Math.round(credit.refundableAgorot / 10) * 10 }] } })
    },
    async () => {
      const items = await listed()
      const request = one(items.filter(({ kind, balanceAgorot }) => kind === '300' && balanceAgorot > 0))
      const source = one(items.filter(({ kind, advance, patient }) => (advance || kind === '330') && patient.id === request?.patient.id))
      if (request && source) await ask('POST /invoices/:id/deductions', { params: { id: request.id }, body: { id: uuid(), sourceId: source.id } })
    },
    async () => ask('POST /cheques/:id/return', { params: { id: one(cheques) ?? uuid() }, body: { id: uuid(), on: now.toString().slice(0, 10), reason: 'test' } }),
    async () => {
      const ctx = castContext(api.cast, hadar, 'owner', api.database.apiPool, now)
      for (const each of await maturedCheques(ctx)) if (await taxMaturedCheque(ctx, each, moneyText)) count('matured')
      for (const id of await visitsWithWaitingMoney(ctx, null, 50)) if (await receiptWaitingMoney(ctx, id, moneyText)) count('waiting')
    },
    async () => ask('PUT /appointments/:id/discount', { params: { id: one(booked)?.id ?? uuid() }, body: { procedureId: null, discount: { off: random() < 0.5 ? { basisPoints: 1 + Math.floor(random() * 5_000) } : { agorot: 1 + Math.floor(random() * 9_000) }, reason: 'test' } } }),
    async () => ask('PUT /appointments/:id/payer-parts/:organisationId', { params: { id: one(booked.slice(-6))?.id ?? uuid(), organisationId: one(payers) ?? '' }, body: { part: random() < 0.5 ? { basisPoints: 1 + Math.floor(random() * 9_000) } : { agorot: 1 + Math.floor(random() * 12_000) }, procedureIds: null } }),
    async () => {
      const items = await listed()
      const request = one(items.filter(({ kind, balanceAgorot, organisation }) => kind === '300' && (balanceAgorot > 0 || organisation)))
      if (request) await ask('POST /invoices/:id/reassignments', { params: { id: request.id }, body: { id: uuid(), organisationId: one([null, ...payers]) ?? null } })
    },
  ]
  for (const id of payers) await ask('POST /organisations', { body: { id, name: 'קופה', nameLatin: '', dealerNumber: '', address: '', email: '', takesEmail: false, language: 'he' } })
  const weights = [0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 5, 6, 6, 7, 8, 9, 9, 10, 10, 10, 11, 11]
  for (let step = 0; step < steps; step += 1) {
    now = now.add({ minutes: Math.floor(((weeks * 7 * 24 * 60) / steps) * (0.5 + random() * 0.9)) })
    if (now.epochMilliseconds > castNow.epochMilliseconds) break
    api.setNow(now)
    await doings[one(weights) ?? 0]?.()
  }
  api.setNow(castNow)
  return happened
}

/** Whether it happened: a time that is taken is no fault. */
const unlessRefused = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refusal) return false
      throw error
    },
  )
