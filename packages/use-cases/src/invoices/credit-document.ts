import { zoneOfBranch } from '@yoman/db/invoices/around'
import { findInvoice, findInvoiceLines, type InvoiceRow, lockInvoice } from '@yoman/db/invoices/issue'
import { creditedPieces, findFollowers, moneyOf } from '@yoman/db/invoices/taken-back'
import type { Tx } from '@yoman/db/database'
import { allow } from '@yoman/domain/access'
import { type CreditPart, creditInvoice, partOf } from '@yoman/domain/invoices/credit'
import type { InvoiceKind } from '@yoman/domain/invoices/invoice'
import { sumOf } from '@yoman/domain/money/agorot'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { cancelAsking } from '../allocation-numbers/settle.ts'
import type { Context } from '../context.ts'
import { endAsking } from '../debts/settled.ts'
import { transact } from '../transact.ts'
import { aboutSettled, lineOf } from './around-documents.ts'
import { allowGiving, giveBackFor, type RefundRequest, type RefundText } from './give-back.ts'
import { writeDocument } from './write-document.ts'

/** Words of the line of a part credit, in the document's language. Given by the caller: the use cases know none. */
export type CreditText = (language: InvoiceRow['language'], kind: InvoiceKind, number: number) => string

export interface CreditRequest {
  /** Of the credit note, made by the client: sent twice it is one. */
  id: string
  invoiceId: string
  part: CreditPart
  reason: string
  /** Money that is given back with it; null where none is, or later. */
  refund: RefundRequest | null
}

/**
 * Writes the credit note (330) of a tax invoice, and gives money back with it, all of it or nothing. The document is locked: what others
 * credit at the same time counts. A document of which nothing is left waits for no allocation number any more. Refuses `not_creditable`, `credit_exceeds_invoice`, `credit_needs_reason`, `nothing_to_bill`, `id_taken`,
 * and what `giveBack` refuses.
 */
export async function creditDocument(ctx: Context, request: CreditRequest, { creditText, refundText }: { creditText: CreditText; refundText: RefundText }): Promise<void> {
  allow(ctx.actor, 'invoice.credit')
  const { refund } = request
  if (refund) allowGiving(ctx, refund)
  await transact(ctx, async (tx) => {
    const original = await lockInvoice(tx, request.invoiceId)
    if (!original) throw new NotFound('invoice')
    const known = await findInvoice(tx, request.id)
    if (known) return sameAs(tx, ctx, { known, original }, request, refundText)
    await write(tx, ctx, original, request, creditText)
    await endAsking(tx, ctx, original.patient_id)
    if (refund) await giveBackFor(tx, ctx, request.id, refund, refundText)
  })
}

async function write(tx: Tx, ctx: Context, original: InvoiceRow, { id, part, reason }: CreditRequest, creditText: CreditText): Promise<void> {
  const { kind, number, issued_on: issuedOn, total_agorot: total, vat_basis_points: vatBasisPoints } = original
  const { credited: creditedBefore, creditedVat: vatBefore } = await moneyOf(tx, original.id)
  const lines = (await findInvoiceLines(tx, original.id)).map(lineOf)
  const what = partOf({ total, lines, creditedBefore, piecesBefore: await creditedPieces(tx, original.id) }, part)
  const draft = creditInvoice({ original: { kind, number, issuedOn, total, vatBasisPoints }, creditedBefore, vatBefore, ...what, reason, description: creditText(original.language, kind, number) })
  await writeDocument(tx, ctx, draft, { ...aboutSettled(original, await zoneOfBranch(tx, original.branch_id)), id })
  if (creditedBefore + what.amount >= total) await cancelAsking(tx, ctx, original, reason.trim())
}

/** Credits all that is left of a document that the caller holds. Refuses `id_taken`, `not_creditable`, `credit_needs_reason`. */
export async function creditRest(tx: Tx, ctx: Context, original: InvoiceRow, { id, reason }: { id: string; reason: string }, creditText: CreditText): Promise<void> {
  if (await findInvoice(tx, id)) throw new Refusal('id_taken')
  await write(tx, ctx, original, { id, invoiceId: original.id, part: 'rest', reason, refund: null }, creditText)
  await endAsking(tx, ctx, original.patient_id)
}

/** A repeated request finds its own credit note, and the voucher that was asked for with it; what was asked for otherwise is never answered as done. */
async function sameAs(tx: Tx, ctx: Context, { known, original }: { known: InvoiceRow; original: InvoiceRow }, { reason, part, refund }: CreditRequest, refundText: RefundText): Promise<void> {
  const isSame = known.kind === '330' && known.based_on_id === original.id && known.reason === reason.trim() && known.issued_by === ctx.actor.staffId
  if (!isSame || !(await isSamePart(tx, known, original, part))) throw new Refusal('id_taken')
  const vouchers = (await findFollowers(tx, known.id)).filter(({ kind }) => kind === '410')
  if (refund && vouchers.some(({ id }) => id === refund.id)) return giveBackFor(tx, ctx, known.id, refund, refundText)
  // Of one transaction both have one time: money that went back with it is not left untold, and none is said to have gone back that did not.
  if (refund || vouchers.some(({ issued_at: at }) => at.equals(known.issued_at))) throw new Refusal('id_taken')
}

async function isSamePart(tx: Tx, known: InvoiceRow, original: InvoiceRow, part: CreditPart): Promise<boolean> {
  if (part === 'rest') {
    const soFar = (await findFollowers(tx, original.id)).filter(({ kind, number }) => kind === '330' && number <= known.number)
    return sumOf(soFar.map((one) => one.total_agorot)) === original.total_agorot
  }
  const lines = await findInvoiceLines(tx, known.id)
  if ('amount' in part) return part.amount === known.total_agorot && lines.every(({ credits_line: of }) => of === null)
  const piece = (line: number | null, quantity: number): string => `${line ?? 0}x${quantity}`
  return lines.map((one) => piece(one.credits_line, one.quantity)).sort().join() === part.lines.map((one) => piece(one.line, one.quantity)).sort().join()
}
