import { Refusal } from '../refusal.ts'
import { sumOf, type Agorot } from '../money/agorot.ts'
import { vatOfGross, vatRateOn } from '../money/vat.ts'
import { amountDue, type Settlement } from './issue-for-visit.ts'
import type { InvoiceDraft, InvoiceReference, Payment } from './invoice.ts'

export interface Advance extends Pick<Settlement, 'payments' | 'vatRates' | 'taxPoint'> {
  /** What the visit costs by now, less what came before, in agorot. */
  due: Agorot
  /** What its one line says, in the document's language. */
  description: string
}

/**
 * The invoice-receipt (320) for money that comes before its visit: VAT is due when the money is received, on the sum received (VAT Law
 * §24, §29), and what the visit will have been is not known yet. Refuses `nothing_to_bill` (no money), `payment_exceeds_balance`.
 */
export function issueAdvance({ payments, vatRates, taxPoint, due, description }: Advance): InvoiceDraft {
  const received = sumOf(payments.map(({ amount }) => amount))
  if (received <= 0) throw new Refusal('nothing_to_bill')
  if (received > amountDue(due, payments)) throw new Refusal('payment_exceeds_balance')
  const total = received === amountDue(due, payments) ? due : received
  const vatBasisPoints = vatRateOn(vatRates, taxPoint)
  return { ...draftOf('320', description, total, payments), vatBasisPoints, ...vatOfGross(total, vatBasisPoints) }
}

/** The receipt (400) for cheques of later days that come before their visit; each is taxed on its day. Refuses as `issueAdvance`. */
export function receiptOfAdvance({ payments, due, description }: Pick<Advance, 'payments' | 'due' | 'description'>): InvoiceDraft {
  const total = sumOf(payments.map(({ amount }) => amount))
  if (total <= 0) throw new Refusal('nothing_to_bill')
  if (total > due) throw new Refusal('payment_exceeds_balance')
  return { ...draftOf('400', description, total, payments), vatBasisPoints: 0, net: total, vat: 0 }
}

const draftOf = (kind: '320' | '400', description: string, total: Agorot, payments: readonly Payment[]) => ({
  kind, lines: [{ description, quantity: 1, unitPrice: total, total }], payments: [...payments], total, basedOn: null, reason: '',
})

/** How much of each source, the first first, a debt takes; what takes nothing is left out. Amounts in agorot, of sources never below nothing. */
export function shareOut<S extends { left: Agorot }>(debt: Agorot, sources: readonly S[]): (S & { amount: Agorot })[] {
  let open = debt
  return sources.flatMap((source) => {
    const amount = Math.max(Math.min(open, source.left), 0)
    open -= amount
    return amount > 0 ? [{ ...source, amount }] : []
  })
}

export interface CreditUse {
  /** The transaction invoice that is settled. */
  request: Pick<InvoiceDraft, 'kind' | 'lines' | 'total'> & InvoiceReference
  receivedBefore: Agorot
  credit: { kind: InvoiceDraft['kind']; vatBasisPoints: number }
  /** No more than may still be given back of the credit note; who writes it asks that. */
  amount: Agorot
  onAccount: string
}

/**
 * The tax invoice (305) that settles a request by money of a credit note which stayed with the clinic. No money moves; the VAT that the credit
 * note took back is declared again, at its rate: the money came in when that was the rate. Refuses `already_paid`, `nothing_to_deduct`,
 * `payment_exceeds_balance`. Throws RangeError for another kind of document.
 */
export function taxInvoiceOfCredit({ request, receivedBefore, credit, amount, onAccount }: CreditUse): InvoiceDraft {
  if (request.kind !== '300' || credit.kind !== '330') throw new RangeError('a credit note settles a request for payment')
  if (request.total <= receivedBefore) throw new Refusal('already_paid')
  if (amount <= 0) throw new Refusal('nothing_to_deduct')
  if (amount > request.total - receivedBefore) throw new Refusal('payment_exceeds_balance')
  const lines = amount === request.total ? [...request.lines] : [{ description: onAccount, quantity: 1, unitPrice: amount, total: amount }]
  return {
    kind: '305', lines, payments: [], vatBasisPoints: credit.vatBasisPoints, ...vatOfGross(amount, credit.vatBasisPoints), total: amount,
    basedOn: { kind: request.kind, number: request.number, issuedOn: request.issuedOn }, reason: '',
  }
}
