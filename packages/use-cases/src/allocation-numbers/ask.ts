import { v7 as uuid } from 'uuid'
import { findConnection } from '@yoman/db/allocation-numbers/connection'
import { type AllocationRow, insertAnswer, lockAllocation, saveAllocation } from '@yoman/db/allocation-numbers/requests'
import { findInvoice, type InvoiceRow } from '@yoman/db/invoices/issue'
import type { Tx } from '@yoman/db/database'
import type { AllocationAnswer, AllocationRequest } from '@yoman/domain/allocation-numbers/authority'
import { afterAnswer } from '@yoman/domain/allocation-numbers/state'
import { type Instant, isAfter } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { accessToken, type Asking, expire } from './tokens.ts'

interface Claim {
  invoiceId: string
  attempt: number
  request: AllocationRequest
}

/** `busy`: somebody else refreshes the tokens at this moment, and nobody was asked. */
type Asked = AllocationAnswer | { kind: 'busy' }

const busySeconds = 3

/**
 * Asks for the number of one document: claims it and commits, calls, and settles. Whoever dies in between leaves a lease that ends, and the next
 * asks with the same id, which the authority answers as it did. @returns what became of it; `gone` where it is not to be asked for now.
 */
export async function askForNumber(ctx: Context, asking: Asking, invoiceId: string): Promise<'approved' | 'refused' | 'waiting' | 'gone'> {
  const claim = await transact(ctx, (tx) => take(tx, ctx, invoiceId, asking))
  if (!claim) return 'gone'
  const answer = await ask(ctx, asking, claim.request)
  return transact(ctx, (tx) => settle(tx, ctx, claim, answer, asking.machineClock.now()))
}

/** Where this installation is not registered with the authority a request rests: its number is typed by hand. */
export async function restRequest(ctx: Context, invoiceId: string): Promise<'gone'> {
  await transact(ctx, async (tx) => {
    const row = await lockAllocation(tx, invoiceId)
    if (row?.state === 'waiting' || row?.state === 'asking') await rest(tx, ctx, invoiceId, 'not_connected')
  })
  return 'gone'
}

/** It waits for somebody to connect; open screens hear of it. */
async function rest(tx: Tx, ctx: Context, invoiceId: string, problem: 'not_connected' | 'reconnect'): Promise<void> {
  await saveAllocation(tx, invoiceId, { state: 'waiting', problem, next_at: null, lease_until: null })
  await recordEvents(tx, ctx, [{ name: 'allocation_number.changed', subject: { type: 'invoice', id: invoiceId }, details: { state: 'waiting', problem } }])
}

async function take(tx: Tx, ctx: Context, invoiceId: string, { machineClock, leaseSeconds }: Asking): Promise<Claim | null> {
  const now = machineClock.now()
  const row = await lockAllocation(tx, invoiceId)
  const document = row && isDue(row, now) ? await findInvoice(tx, invoiceId) : undefined
  if (!row || !document) return null
  const state = (await findConnection(tx))?.state ?? 'off'
  if (state === 'off' || state === 'expired') {
    await rest(tx, ctx, invoiceId, state === 'off' ? 'not_connected' : 'reconnect')
    return null
  }
  const attempt = row.attempt + 1
  await saveAllocation(tx, invoiceId, { state: 'asking', attempt, lease_until: now.add({ seconds: leaseSeconds }) })
  return { invoiceId, attempt, request: requestOf(document) }
}

const isDue = ({ state, next_at, lease_until }: AllocationRow, now: Instant): boolean =>
  state === 'waiting' ? next_at !== null && !isAfter(next_at, now) : state === 'asking' && lease_until !== null && !isAfter(lease_until, now)

const requestOf = ({ id, kind, number, issued_on, business, payer, net_agorot, vat_agorot, total_agorot, vat_basis_points }: InvoiceRow): AllocationRequest => ({
  invoiceId: id, kind, number, issuedOn: issued_on, vatNumber: business.vatNumber, dealerNumber: payer.dealerNumber ?? '', payerName: payer.name,
  net: net_agorot, vat: vat_agorot, total: total_agorot, vatBasisPoints: vat_basis_points,
})

/** A token that is refused is refreshed once; refused again, the clinic has to connect anew. */
async function ask(ctx: Context, asking: Asking, request: AllocationRequest): Promise<Asked> {
  for (let refused: string | null = null; ; ) {
    const access = await accessToken(ctx, asking, refused)
    if (access.kind !== 'access') return { kind: access.kind === 'busy' ? 'busy' : 'unauthorised' }
    const answer = await asking.authority.approve(access.token, request)
    if (answer.kind !== 'unauthorised') return answer
    if (refused !== null) {
      await expire(ctx)
      return answer
    }
    refused = access.token
  }
}

/** Every answer is kept; the state follows it where nobody took the document over or decided meanwhile. */
async function settle(tx: Tx, ctx: Context, { invoiceId, attempt }: Claim, answer: Asked, now: Instant): Promise<'approved' | 'refused' | 'waiting' | 'gone'> {
  const row = await lockAllocation(tx, invoiceId)
  if (!row) throw new Error('a request is never removed')
  if (answer.kind !== 'busy') await insertAnswer(tx, answerRow(ctx, invoiceId, attempt, answer))
  if (row.state !== 'asking' || row.attempt !== attempt) return 'gone'
  if (answer.kind === 'busy') {
    await saveAllocation(tx, invoiceId, { state: 'waiting', next_at: now.add({ seconds: busySeconds }), lease_until: null })
    return 'waiting'
  }
  const { state, problem, againInSeconds } = afterAnswer(answer, attempt)
  await saveAllocation(tx, invoiceId, {
    state, problem, number: answer.kind === 'approved' ? answer.number : null, lease_until: null, next_at: againInSeconds === null ? null : now.add({ seconds: againInSeconds }),
    settled_at: state === 'approved' ? ctx.now : null,
  })
  const document = await findInvoice(tx, invoiceId)
  await recordEvents(tx, ctx, [{ name: state === 'approved' ? 'allocation_number.settled' : 'allocation_number.changed', subject: { type: 'invoice', id: invoiceId }, patientId: document?.patient_id ?? null, branchId: document?.branch_id ?? null, details: { state, problem } }])
  return state
}

const mostLetters = 500

const answerRow = (ctx: Context, invoiceId: string, attempt: number, answer: AllocationAnswer) => ({
  clinic_id: ctx.clinicId, id: uuid(), invoice_id: invoiceId, attempt, answered_at: ctx.now, outcome: answer.kind, code: answer.kind === 'refused' ? answer.code : null,
  message: 'message' in answer ? answer.message.slice(0, mostLetters) : '', number: answer.kind === 'approved' ? answer.number : null, made_by: null,
})
