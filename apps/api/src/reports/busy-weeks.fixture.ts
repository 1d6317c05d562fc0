import { v7 as uuid } from 'uuid'
import type { Means } from '@yoman/contract/means'
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

/** A clinic in the midst of its weeks. */
interface Life {
  api: TestApi
  owner: Call
  random: () => number
  /** One of them, by chance. */
  one: <T>(from: readonly T[]) => T | undefined
  happened: Happened
  now: Instant
  patients: string[]
  booked: { id: string; startsAt: Instant; done: boolean }[]
  cheques: string[]
  /** Organisations that pay. */
  payers: string[]
}

/**
 * Weeks of a clinic up to `castNow`: visits booked, paid before, on and after their day by every means, billed or forgotten, with discounts and parts that others pay, credited, asked of somebody else, paid back, billed anew,
 * cheques that mature and that come back. Whatever the rules refuse does not happen; an answer that is a fault fails.
 */
export async function liveThrough(api: TestApi, { weeks, steps, seed }: { weeks: number; steps: number; seed: number }): Promise<Happened> {
  const { hadar } = api.cast
  const random = seeded(seed)
  const life: Life = {
    api, owner: await api.as(hadar.staff.owner), random, one: (from) => from[Math.floor(random() * from.length)], happened: new Map(),
    now: castNow.subtract({ hours: weeks * 7 * 24 }), patients: Object.values(hadar.patients).slice(0, 3), booked: [], cheques: [], payers: [uuid(), uuid()],
  }
  for (const id of life.payers) await ask(life, 'POST /organisations', { body: { id, name: 'קופה', nameLatin: '', dealerNumber: '', address: '', email: '', takesEmail: false, language: 'he' } })
  const chances = doings.flatMap(({ often, happen }) => Array.from({ length: often }, () => happen))
  for (let step = 0; step < steps; step += 1) {
    life.now = life.now.add({ minutes: Math.floor(((weeks * 7 * 24 * 60) / steps) * (0.5 + random() * 0.9)) })
    if (life.now.epochMilliseconds > castNow.epochMilliseconds) break
    api.setNow(life.now)
    await (life.one(chances) ?? book)(life)
  }
  api.setNow(castNow)
  return life.happened
}

/** What may happen next, and how often of twenty-four. */
const doings: { often: number; happen: (life: Life) => Promise<void> }[] = [
  { often: 3, happen: book },
  { often: 2, happen: payForVisit },
  { often: 3, happen: finishVisit },
  { often: 3, happen: payDocument },
  { often: 1, happen: credit },
  { often: 1, happen: payBack },
  { often: 2, happen: deduct },
  { often: 1, happen: returnCheque },
  { often: 1, happen: passNight },
  { often: 2, happen: discount },
  { often: 3, happen: sharePayment },
  { often: 2, happen: askSomebodyElse },
]

async function book({ api, one, random, patients, booked, now }: Life): Promise<void> {
  const { hadar } = api.cast
  const [id, patientId] = [uuid(), one(patients) ?? '']
  const startsAt = now.add({ hours: 24 * Math.floor(random() * 4), minutes: 5 * (1 + booked.length) })
  const isBooked = await unlessRefused(bookAppointment(castContext(api.cast, hadar, 'doctor', api.database.apiPool, now), { id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId, startsAt, durationMinutes: 5, outsideHours: true }))
  if (isBooked) booked.push({ id, startsAt, done: false })
}

async function payForVisit(life: Life): Promise<void> {
  await ask(life, 'POST /split-payments', { body: { appointmentId: life.one(life.booked)?.id ?? uuid(), means: [meansOf(life)] } })
}

async function finishVisit(life: Life): Promise<void> {
  const { api, booked, random, now } = life
  const visit = booked.find((each) => !each.done && each.startsAt.epochMilliseconds < now.epochMilliseconds)
  if (!visit) return
  const ctx = castContext(api.cast, api.cast.hadar, 'doctor', api.database.apiPool, visit.startsAt)
  await recordArrival(ctx, visit.id)
  await startTreatment(ctx, visit.id)
  await completeAppointment(ctx, visit.id)
  visit.done = true
  if (random() < 0.3) await ask(life, 'POST /payments', { body: { id: uuid(), appointmentId: visit.id, method: 'card', amountAgorot: 18_000, reference: '1' } })
  if (random() < 0.8) await ask(life, 'POST /appointments/:id/invoice', { params: { id: visit.id } })
}

async function payDocument(life: Life): Promise<void> {
  const unpaid = life.one((await listed(life)).filter(({ balanceAgorot }) => balanceAgorot > 0))
  if (!unpaid) return
  const inCash = (): Means => ({ id: uuid(), method: 'cash', amountAgorot: Math.round(unpaid.balanceAgorot / 10) * 10 })
  await ask(life, 'POST /split-payments', { body: { invoiceId: unpaid.id, means: [life.random() < 0.4 ? inCash() : meansOf(life)] } })
}

async function credit(life: Life): Promise<void> {
  const { one, random } = life
  const document = one((await listed(life)).filter(({ kind }) => kind === '320' || kind === '305'))
  if (document) await ask(life, 'POST /invoices/:id/credits', { params: { id: document.id }, body: { id: uuid(), reason: 'test', part: random() < 0.5 ? { rest: true } : { amountAgorot: 1 + Math.floor(random() * 9_000) } } })
  if (document?.appointmentId && random() < 0.6) await ask(life, 'POST /appointments/:id/billings', { params: { id: document.appointmentId }, body: { id: uuid() } })
}

async function payBack(life: Life): Promise<void> {
  const note = life.one((await listed(life)).filter(({ refundableAgorot }) => refundableAgorot > 0))
  if (!note) return
  const means = life.random() < 0.5 ? { method: 'card', amountAgorot: note.refundableAgorot, reference: '9' } : { method: 'cash', amountAgorot: Math.round(note.refundableAgorot / 10) * 10 }
  await ask(life, 'POST /invoices/:id/refunds', { params: { id: note.id }, body: { id: uuid(), means: [means] } })
}

async function deduct(life: Life): Promise<void> {
  const items = await listed(life)
  const request = life.one(items.filter(({ kind, balanceAgorot }) => kind === '300' && balanceAgorot > 0))
  const source = life.one(items.filter(({ kind, advance, patient }) => (advance || kind === '330') && patient.id === request?.patient.id))
  if (request && source) await ask(life, 'POST /invoices/:id/deductions', { params: { id: request.id }, body: { id: uuid(), sourceId: source.id } })
}

async function returnCheque(life: Life): Promise<void> {
  await ask(life, 'POST /cheques/:id/return', { params: { id: life.one(life.cheques) ?? uuid() }, body: { id: uuid(), on: life.now.toString().slice(0, 10), reason: 'test' } })
}

async function passNight({ api, happened, now }: Life): Promise<void> {
  const ctx = castContext(api.cast, api.cast.hadar, 'owner', api.database.apiPool, now)
  for (const each of await maturedCheques(ctx)) if (await taxMaturedCheque(ctx, each, moneyText)) count(happened, 'matured')
  for (const id of await visitsWithWaitingMoney(ctx, null, 50)) if (await receiptWaitingMoney(ctx, id, moneyText)) count(happened, 'waiting')
}

async function discount(life: Life): Promise<void> {
  const { one, random, booked } = life
  await ask(life, 'PUT /appointments/:id/discount', { params: { id: one(booked)?.id ?? uuid() }, body: { procedureId: null, discount: { off: random() < 0.5 ? { basisPoints: 1 + Math.floor(random() * 5_000) } : { agorot: 1 + Math.floor(random() * 9_000) }, reason: 'test' } } })
}

async function sharePayment(life: Life): Promise<void> {
  const { one, random, booked, payers } = life
  const params = { id: one(booked.slice(-6))?.id ?? uuid(), organisationId: one(payers) ?? '' }
  await ask(life, 'PUT /appointments/:id/payer-parts/:organisationId', { params, body: { part: random() < 0.5 ? { basisPoints: 1 + Math.floor(random() * 9_000) } : { agorot: 1 + Math.floor(random() * 12_000) }, procedureIds: null } })
}

async function askSomebodyElse(life: Life): Promise<void> {
  const request = life.one((await listed(life)).filter(({ kind, balanceAgorot, organisation }) => kind === '300' && (balanceAgorot > 0 || organisation)))
  if (request) await ask(life, 'POST /invoices/:id/reassignments', { params: { id: request.id }, body: { id: uuid(), organisationId: life.one([null, ...life.payers]) ?? null } })
}

function meansOf(life: Life): Means {
  const { random } = life
  const [amount, dice] = [100 * Math.ceil(random() * 180), random()]
  if (dice < 0.3) return chequeOf(life, amount, 1 + Math.floor(random() * 20))
  return dice < 0.6 ? { id: uuid(), method: 'cash', amountAgorot: amount - (amount % 10) } : { id: uuid(), method: 'card', amountAgorot: random() < 0.3 ? 18_000 : amount, reference: '1' }
}

function chequeOf({ cheques, now }: Life, amountAgorot: number, days: number): Means {
  const id = uuid()
  cheques.push(id)
  return { id, method: 'cheque', amountAgorot, cheque: { number: String(1000 + cheques.length), bank: '12', branch: '605', account: '778899', dueOn: now.add({ hours: 24 * days }).toString().slice(0, 10) } }
}

const listed = async ({ owner }: Life) => (await owner('GET /invoices', { query: { limit: 200 } })).body.items
const count = (happened: Happened, what: string): void => void happened.set(what, (happened.get(what) ?? 0) + 1)

async function ask(life: Life, key: RouteKey, given: object): Promise<void> {
  // The keys' own types are lost in a list of doings; the server checks them.
  const { status, problem } = await (life.owner as (key: string, given: object) => Promise<{ status: number; problem: { code: string } }>)(key, given)
  if (status >= 500 || status === 400) throw new Error(`${key} answered ${status} ${problem.code}`)
  if (status < 300) count(life.happened, key)
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
