import { v7 as uuid } from 'uuid'
import { insertAdvanceUses, leftOf } from '@yoman/db/invoices/advance'
import { zoneOfBranch } from '@yoman/db/invoices/around'
import { findInvoice, type InvoiceRow, lockInvoice } from '@yoman/db/invoices/issue'
import { findPayments, paymentOf } from '@yoman/db/invoices/payment'
import { insertMoves, isTaxedCheque, type ListedCheque, usesOfAdvance } from '@yoman/db/cheques/queries'
import type { Tx } from '@yoman/db/database'
import { allowIn } from '@yoman/domain/access'
import { requireDay, requireMove, voucherOfCheque } from '@yoman/domain/cheques/move'
import { shareOut } from '@yoman/domain/invoices/advance'
import { Refusal } from '@yoman/domain/refusal'
import { dateIn, type PlainDate } from '@yoman/domain/time'
import { personOf } from '../acting.ts'
import type { Context } from '../context.ts'
import { aboutSettled } from '../invoices/around-documents.ts'
import { writeDocument } from '../invoices/write-document.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { lockCheque } from './deposit.ts'

/** The line of the voucher, in the document's language. Given by the caller: the use cases know none. */
export type ChequeText = (language: InvoiceRow['language'], state: Gone['state'], chequeNumber: string, reason: string) => string

export interface Gone {
  /** Of the voucher, made by the client: sent twice it is one. */
  id: string
  chequeId: string
  /** Returned by the bank, or given back to the patient. */
  state: 'returned' | 'withdrawn'
  on: PlainDate
  /** The bank's, or the desk's. */
  reason: string
  /** What the bank took for it, in agorot; none of one that was given back. */
  fee: number
}

/**
 * A cheque that is no money any more: its voucher (410) is written, and what it paid is owed again. No tax invoice follows it. Refuses
 * `cheque_moved`, `cheque_waits` (no receipt yet), `cheque_day_ahead`, `cheque_day_before`, `id_taken`.
 */
export async function takeOutCheque(ctx: Context, gone: Gone, text: ChequeText): Promise<void> {
  const by = personOf(ctx)
  await transact(ctx, async (tx) => {
    await lockDocuments(tx, gone.chequeId)
    const cheque = await lockCheque(tx, gone.chequeId)
    allowIn(ctx.actor, 'refund.give', cheque.branchId)
    if (await isKnown(tx, gone, cheque)) return
    requireMove(cheque.state, gone.state)
    requireDay(gone.on, cheque, dateIn(cheque.zone, ctx.now))
    const receipt = cheque.receiptId === null ? undefined : await findInvoice(tx, cheque.receiptId)
    if (!receipt) throw new Refusal('cheque_waits')
    await write(tx, ctx, { gone, cheque, receipt, by }, text)
  })
}

/** The documents before the cheque, the request before its receipt, as whoever pays or taxes takes them. */
async function lockDocuments(tx: Tx, chequeId: string): Promise<void> {
  const [payment] = await findPayments(tx, [chequeId])
  const receipt = payment?.invoice_id ? await findInvoice(tx, payment.invoice_id) : undefined
  if (!receipt) return
  if (receipt.based_on_id !== null) await lockInvoice(tx, receipt.based_on_id)
  if (receipt.advance) for (const { requestId } of await usesOfAdvance(tx, receipt.id)) await lockInvoice(tx, requestId)
  await lockInvoice(tx, receipt.id)
}

async function isKnown(tx: Tx, { id, chequeId, state, on, reason, fee }: Gone, cheque: ListedCheque): Promise<boolean> {
  const known = await findInvoice(tx, id)
  if (!known) return false
  if (known.cheque_id !== chequeId || known.kind !== '410' || cheque.state !== state || !cheque.movedOn?.equals(on) || cheque.reason !== reason.trim() || cheque.feeAgorot !== fee) throw new Refusal('id_taken')
  return true
}

async function write(tx: Tx, ctx: Context, { gone, cheque, receipt, by }: { gone: Gone; cheque: ListedCheque; receipt: InvoiceRow; by: string }, text: ChequeText): Promise<void> {
  const { id, chequeId, state, on, fee } = gone
  const reason = gone.reason.trim()
  const zone = await zoneOfBranch(tx, receipt.branch_id)
  const [row] = await findPayments(tx, [chequeId])
  if (!row) throw new Error('a cheque that is locked is there')
  const before = receipt.advance ? await leftOf(tx, receipt.id) : 0
  const draft = voucherOfCheque({
    receipt: { kind: receipt.kind, number: receipt.number, issuedOn: receipt.issued_on }, cheque: paymentOf(row, zone),
    description: text(receipt.language, state, cheque.facts?.number ?? cheque.reference, reason).slice(0, 200),
  })
  await writeDocument(tx, ctx, draft, { ...aboutSettled(receipt, zone), id, chequeId })
  if (receipt.advance && !(await isTaxedCheque(tx, id))) await takeBackUses(tx, ctx, receipt.id, cheque.amount - Math.max(before, 0))
  await insertMoves(tx, [{ clinic_id: ctx.clinicId, id: uuid(), payment_id: chequeId, state, moved_on: on, moved_at: ctx.now, moved_by: by, deposit_id: null, reason, fee_agorot: fee, voucher_id: id }])
  await recordEvents(tx, ctx, [{ name: state === 'returned' ? 'cheque.returned' : 'cheque.withdrawn', subject: { type: 'cheque', id: chequeId }, patientId: cheque.patientId, branchId: cheque.branchId, details: { on: on.toString(), voucher: id, amountAgorot: cheque.amount, feeAgorot: fee } }])
}

/** What bills deducted of an advance that turned out not to be there is taken back, of the last bill first: it is owed on them again. */
async function takeBackUses(tx: Tx, ctx: Context, advanceId: string, amount: number): Promise<void> {
  const shares = shareOut(amount, await usesOfAdvance(tx, advanceId))
  await insertAdvanceUses(tx, shares.map((share) => ({ clinic_id: ctx.clinicId, id: uuid(), advance_id: advanceId, request_id: share.requestId, amount_agorot: -share.amount, used_at: ctx.now, used_by: ctx.actor.staffId })))
}
