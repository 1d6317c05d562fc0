import { Refusal } from '../refusal.ts'
import { requireAgorot, sumOf, type Agorot } from '../money/agorot.ts'
import { vatOfGross } from '../money/vat.ts'
import { piecesOf } from './discount.ts'
import type { Invoice, InvoiceDraft, InvoiceLine } from './invoice.ts'

export interface Credit {
  original: Pick<Invoice, 'kind' | 'number' | 'issuedOn' | 'total' | 'vatBasisPoints'>
  /** What earlier credit notes already took back. */
  creditedBefore: Agorot
  /** The VAT of it. */
  vatBefore: Agorot
  /** VAT included, more than nothing. */
  amount: Agorot
  reason: string
  /** What its line says, in the document's language. */
  description: string
  /** Lines that make up the amount, instead of the one line of a part. */
  lines?: readonly InvoiceLine[] | null
}

/**
 * The credit tax invoice (330) that corrects an issued document: the only correction there is, since an issued one never
 * changes (bookkeeping rules §23(ב), §23א). It takes the original's VAT rate, whatever today's is, and the VAT of all
 * that is credited by now less what earlier ones gave back: each rounded by itself would give back more or less than was charged. Refuses `not_creditable`
 * (only 305 and 320 carry VAT to give back), `nothing_to_bill`, `credit_needs_reason`, `credit_exceeds_invoice`.
 */
export function creditInvoice({ original, creditedBefore, vatBefore, amount, reason, description, lines = null }: Credit): InvoiceDraft {
  if (original.kind !== '305' && original.kind !== '320') throw new Refusal('not_creditable', { kind: original.kind })
  if (amount > original.total - creditedBefore || creditedBefore === original.total) throw new Refusal('credit_exceeds_invoice', { most: original.total - creditedBefore })
  if (requireAgorot(amount) <= 0) throw new Refusal('nothing_to_bill')
  if (reason.trim() === '') throw new Refusal('credit_needs_reason')
  const vat = Math.min(Math.max(vatOfGross(creditedBefore + amount, original.vatBasisPoints).vat - vatBefore, 0), amount)
  return {
    kind: '330',
    lines: lines ? [...lines] : [{ description, quantity: 1, unitPrice: amount, total: amount }],
    payments: [],
    vatBasisPoints: original.vatBasisPoints, net: amount - vat, vat, total: amount,
    basedOn: { kind: original.kind, number: original.number, issuedOn: original.issuedOn }, reason: reason.trim(),
  }
}

/** What of a document is to be credited: all that is left of it, a part of its sum, or pieces of its lines (counted from 1). */
export type CreditPart = 'rest' | { amount: Agorot } | { lines: readonly { line: number; quantity: number }[] }

export interface Creditable {
  total: Agorot
  lines: readonly InvoiceLine[]
  creditedBefore: Agorot
  /** Pieces of each line that earlier credit notes named. */
  piecesBefore: ReadonlyMap<number, number>
}

/** The sum of a part, and its lines where whole pieces make it up. Refuses `credit_exceeds_invoice` for pieces that are not there, or not any more. */
export function partOf({ total, lines, creditedBefore, piecesBefore }: Creditable, part: CreditPart): { amount: Agorot; lines: InvoiceLine[] | null } {
  if (part !== 'rest' && 'amount' in part) return { amount: part.amount, lines: null }
  const left = lines.map((line, index) => line.quantity - (piecesBefore.get(index + 1) ?? 0))
  const wanted = part === 'rest' ? left.map((quantity, index) => ({ line: index + 1, quantity })) : part.lines
  if (new Set(wanted.map(({ line }) => line)).size < wanted.length) throw new Refusal('credit_exceeds_invoice', { most: total - creditedBefore })
  const pieces = wanted.filter(({ quantity }) => quantity > 0).map(({ line, quantity }) => {
    const of = lines[line - 1]
    if (!of || quantity > (left[line - 1] ?? 0)) throw new Refusal('credit_exceeds_invoice', { most: total - creditedBefore })
    const given = piecesOf(of, piecesBefore.get(line) ?? 0, quantity)
    return { ...of, quantity, discount: quantity * of.unitPrice - given, total: given, creditsLine: line }
  })
  const amount = sumOf(pieces.map((piece) => piece.total))
  // Parts of the sum that were credited before belong to no line: then the rest is a part of the sum too.
  return part === 'rest' && amount !== total - creditedBefore ? { amount: total - creditedBefore, lines: null } : { amount, lines: pieces }
}
