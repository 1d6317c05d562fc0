import { Refusal } from '../refusal.ts'
import { requireAgorot, type Agorot } from '../money/agorot.ts'
import { vatOfGross } from '../money/vat.ts'
import type { Invoice, InvoiceDraft } from './invoice.ts'

export interface Credit {
  original: Pick<Invoice, 'kind' | 'number' | 'issuedOn' | 'total' | 'vatBasisPoints'>
  /** What earlier credit notes already took back. */
  creditedBefore: Agorot
  /** VAT included, more than nothing. */
  amount: Agorot
  reason: string
  /** What its line says, in the document's language. */
  description: string
}

/**
 * The credit tax invoice (330) that corrects an issued document: the only correction there is, since an issued one never
 * changes (bookkeeping rules §23(ב), §23א). It takes the original's VAT rate, whatever today's is. Refuses `not_creditable`
 * (only 305 and 320 carry VAT to give back), `nothing_to_bill`, `credit_needs_reason`, `credit_exceeds_invoice`.
 */
export function creditInvoice({ original, creditedBefore, amount, reason, description }: Credit): InvoiceDraft {
  if (original.kind !== '305' && original.kind !== '320') throw new Refusal('not_creditable', { kind: original.kind })
  if (requireAgorot(amount) <= 0) throw new Refusal('nothing_to_bill')
  if (reason.trim() === '') throw new Refusal('credit_needs_reason')
  if (amount > original.total - creditedBefore) throw new Refusal('credit_exceeds_invoice', { most: original.total - creditedBefore })
  return {
    kind: '330',
    lines: [{ description, quantity: 1, unitPrice: amount, total: amount }],
    payments: [],
    vatBasisPoints: original.vatBasisPoints, ...vatOfGross(amount, original.vatBasisPoints), total: amount,
    basedOn: { kind: original.kind, number: original.number, issuedOn: original.issuedOn }, reason: reason.trim(),
  }
}
