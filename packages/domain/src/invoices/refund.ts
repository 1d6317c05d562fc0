import { Refusal } from '../refusal.ts'
import { sumOf, type Agorot } from '../money/agorot.ts'
import { amountDue } from './issue-for-visit.ts'
import type { InvoiceDraft, InvoiceReference, Payment, RefundMethod } from './invoice.ts'
import { requireMeans } from './means.ts'

/** Money that is given back, on the day it is. */
export type MoneyBack = Payment & { method: RefundMethod }

export interface Refunding {
  credit: InvoiceReference & { total: Agorot }
  /** What earlier vouchers settled of the credit note. */
  settledBefore: Agorot
  /** What came in for the corrected document, and what was given back of it, by all its credit notes. */
  paid: Agorot
  givenBefore: Agorot
  means: readonly MoneyBack[]
  /** What its line says, in the document's language. */
  description: string
}

/** What may still be given back of a credit note, in agorot: no more than it says, and no more than was paid. */
export const refundable = ({ credit, settledBefore, paid, givenBefore }: Pick<Refunding, 'settledBefore' | 'paid' | 'givenBefore'> & { credit: { total: Agorot } }): Agorot =>
  Math.max(Math.min(credit.total - settledBefore, paid - givenBefore), 0)

/**
 * The voucher (410) of money that is given back for a credit note; it declares no VAT, which the credit note does. Cash is rounded as
 * it is when it is taken, and what rounding leaves over is settled with it. Refuses `nothing_to_refund`, `refund_exceeds_credit`,
 * `refund_exceeds_paid`, `refund_needs_reference` (of a card: the terminal's approval), `cash_not_in_tens`.
 */
export function refundCredit({ credit, settledBefore, paid, givenBefore, means, description }: Refunding): InvoiceDraft {
  const left = credit.total - settledBefore
  const given = sumOf(means.map(({ amount }) => amount))
  if (left <= 0 || paid <= givenBefore || given <= 0) throw new Refusal('nothing_to_refund')
  for (const one of means) requireMoneyBack(one)
  const due = amountDue(left, means)
  if (given > due) throw new Refusal('refund_exceeds_credit', { most: left })
  if (given > paid - givenBefore) throw new Refusal('refund_exceeds_paid', { most: paid - givenBefore })
  const total = given === due || isAllThatCoinsMake(left - given, due, paid - givenBefore, means) ? left : Math.min(given, left)
  return {
    kind: '410', lines: [{ description, quantity: 1, unitPrice: total, total }], payments: [...means],
    vatBasisPoints: 0, net: total, vat: 0, total, basedOn: { kind: credit.kind, number: credit.number, issuedOn: credit.issuedOn }, reason: '',
  }
}

/** Of 100.05 that came by card coins make 100.00, since 100.10 is above what was paid: the five agorot are settled with it, as rounding settles them. */
const isAllThatCoinsMake = (over: Agorot, due: Agorot, paidLeft: Agorot, means: readonly MoneyBack[]): boolean => due > paidLeft && over > 0 && over <= 5 && means.some(({ method }) => method === 'cash')

function requireMoneyBack(one: MoneyBack): void {
  requireMeans(one, one.receivedOn)
  if (one.method === 'card' && one.reference.trim() === '') throw new Refusal('refund_needs_reference')
}
