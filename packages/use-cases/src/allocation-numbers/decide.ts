import { type AllocationRow, insertAllocation, lockAllocation, saveAllocation } from '@yoman/db/allocation-numbers/requests'
import { isMailed } from '@yoman/db/invoices/around'
import { type InvoiceRow, lockInvoice } from '@yoman/db/invoices/issue'
import type { Tx } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import { mayBeAllocated, readAllocationNumber } from '@yoman/domain/allocation-numbers/needs'
import { isHeld } from '@yoman/domain/allocation-numbers/state'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { creditRest, type CreditText } from '../invoices/credit-document.ts'
import { atOnce } from './at-once.ts'
import { recordState, settle } from './settle.ts'
import { transact } from '../transact.ts'

/**
 * Asks for the number of a document again, or for the first time where its sum needs none and its payer wants one. Throws
 * `allocation_settled`, `allocation_asked_now`, `allocation_not_applicable` (no tax invoice to a dealer, or it left already).
 */
export async function askAgain(ctx: Context, invoiceId: string): Promise<void> {
  allow(ctx.actor, 'invoice.write')
  await transact(ctx, async (tx) => {
    const { document, row } = await held(tx, ctx, invoiceId, 'invoice.write')
    if (row) await saveAllocation(tx, invoiceId, { state: 'waiting', problem: null, next_at: atOnce })
    else await begin(tx, ctx, document)
    await recordState(tx, ctx, document, 'waiting')
  })
}

/**
 * The number as the authority's own site gave it, typed by hand: nine digits or more. Throws `allocation_number_invalid` and what `askAgain` throws.
 * Typed again the same is done once.
 */
export async function typeNumber(ctx: Context, invoiceId: string, typed: string): Promise<void> {
  allow(ctx.actor, 'allocation.decide')
  const number = readAllocationNumber(typed)
  if (number === null) throw new Refusal('allocation_number_invalid')
  await transact(ctx, async (tx) => {
    const known = await lockAllocation(tx, invoiceId)
    if (known?.state === 'approved' && known.number === number) return
    const { document, row } = await held(tx, ctx, invoiceId, 'allocation.decide')
    if (!row) await begin(tx, ctx, document)
    await settle(tx, ctx, document, { state: 'approved', number, outcome: 'typed', reason: '' })
  })
}

/** The document leaves without a number, and says that its VAT is not to be deducted. Throws what `askAgain` throws. */
export async function continueWithout(ctx: Context, invoiceId: string, reason: string): Promise<void> {
  allow(ctx.actor, 'allocation.decide')
  await transact(ctx, async (tx) => {
    const { document } = await waiting(tx, ctx, invoiceId)
    await settle(tx, ctx, document, { state: 'continued', number: null, outcome: 'continued', reason: reason.trim() })
  })
}

/** The document is credited whole by a credit note (330) of the given id, in the same transaction. Throws what `askAgain` throws, and `not_creditable`, `id_taken`. */
export async function cancelDocument(ctx: Context, invoiceId: string, { creditId, reason }: { creditId: string; reason: string }, creditText: CreditText): Promise<void> {
  allow(ctx.actor, 'allocation.decide')
  allow(ctx.actor, 'invoice.credit')
  await transact(ctx, async (tx) => {
    const { document } = await waiting(tx, ctx, invoiceId)
    await creditRest(tx, ctx, document, { id: creditId, reason }, creditText)
  })
}

interface Held {
  document: InvoiceRow
  row: AllocationRow | undefined
}

/** The document with its request, both held, where nobody has settled it. */
async function held(tx: Tx, ctx: Context, invoiceId: string, permission: 'invoice.write' | 'allocation.decide'): Promise<Held> {
  const document = await lockInvoice(tx, invoiceId)
  if (!document) throw new NotFound('invoice')
  allowIn(ctx.actor, permission, document.branch_id)
  const row = await lockAllocation(tx, invoiceId)
  if (row && !isHeld(row.state)) throw new Refusal('allocation_settled')
  if (row?.state === 'asking') throw new Refusal('allocation_asked_now')
  const left = document.original_made_at !== null || (!row && (await isMailed(tx, invoiceId)))
  if (left || !mayBeAllocated({ kind: document.kind, vat: document.vat_agorot, dealerNumber: document.payer.dealerNumber ?? '' })) throw new Refusal('allocation_not_applicable')
  return { document, row }
}

async function waiting(tx: Tx, ctx: Context, invoiceId: string): Promise<Held> {
  const found = await held(tx, ctx, invoiceId, 'allocation.decide')
  if (!found.row) throw new Refusal('allocation_not_applicable')
  return found
}

const begin = (tx: Tx, ctx: Context, { id }: InvoiceRow): Promise<void> => insertAllocation(tx, { clinic_id: ctx.clinicId, invoice_id: id, asked_at: ctx.now, next_at: atOnce })
