import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../refusal.ts'
import type { PlainDate } from '../time.ts'
import { sumOf } from '../money/agorot.ts'
import { vatOfGross, vatRateOn, type VatRate } from '../money/vat.ts'
import type { InvoiceDraft, InvoiceReference, Payment } from './invoice.ts'
import { amountDue, type Settlement } from './issue-for-visit.ts'

/** Whether a payment is a promise for a later day: a cheque whose date has not come. */
export const isDeferred = ({ cheque }: Pick<Payment, 'cheque'>, today: PlainDate): boolean => cheque != null && Temporal.PlainDate.compare(cheque.dueOn, today) > 0

/** Money that is there, and cheques for later days: the two are receipted by documents of different kinds. */
export function byMaturity<P extends Payment>(payments: readonly P[], today: PlainDate): [now: P[], later: P[]] {
  return [payments.filter((payment) => !isDeferred(payment, today)), payments.filter((payment) => isDeferred(payment, today))]
}

/**
 * The receipt (400) for cheques of later days. It declares no VAT: on the cash basis that is due when the money is received (VAT Law
 * §24, §29), which for such a cheque is its day; a receipt for it is due now (bookkeeping rules §5(א)-(ב)).
 * Refuses `already_paid`, `payment_exceeds_balance`. Throws RangeError when asked to settle another kind of document.
 */
export function receiptForCheques({ request, receivedBefore, payments, onAccount }: Omit<Settlement, 'vatRates' | 'taxPoint'>): InvoiceDraft {
  if (request.kind !== '300') throw new RangeError(`a ${request.kind} is not a request for payment`)
  const total = sumOf(payments.map(({ amount }) => amount))
  if (request.total <= receivedBefore) throw new Refusal('already_paid')
  if (total > request.total - receivedBefore) throw new Refusal('payment_exceeds_balance')
  return {
    kind: '400', lines: [{ description: onAccount, quantity: 1, unitPrice: total, total }], payments: [...payments],
    vatBasisPoints: 0, net: total, vat: 0, total, basedOn: { kind: request.kind, number: request.number, issuedOn: request.issuedOn }, reason: '',
  }
}

export interface Maturity {
  /** The 400 that receipted the cheque. */
  receipt: Pick<InvoiceDraft, 'kind'> & InvoiceReference
  /** The transaction invoice behind that. */
  request: Pick<InvoiceDraft, 'lines' | 'total'>
  cheque: Payment
  vatRates: readonly VatRate[]
  /** What its one line says where the cheque is a part of the visit's price. */
  onAccount: string
}

/** The tax invoice (305) of a cheque whose day has come, at the rate of that day, also when it is written later. One that pays for the whole visit repeats its lines. */
export function taxInvoiceAtMaturity({ receipt, request, cheque, vatRates, onAccount }: Maturity): InvoiceDraft {
  if (receipt.kind !== '400' || !cheque.cheque) throw new RangeError('only a receipted cheque matures')
  const total = cheque.amount
  const vatBasisPoints = vatRateOn(vatRates, cheque.cheque.dueOn)
  return {
    kind: '305', lines: total === request.total ? [...request.lines] : [{ description: onAccount, quantity: 1, unitPrice: total, total }],
    payments: [], vatBasisPoints, ...vatOfGross(total, vatBasisPoints), total,
    basedOn: { kind: receipt.kind, number: receipt.number, issuedOn: receipt.issuedOn }, reason: '',
  }
}

/**
 * The receipt (400) for money that comes in the stead of a taxed cheque that is gone, on its voucher (410). It declares no VAT, also by a cheque
 * of a later day: the cheque's own document did, and that stands. Refuses `already_paid`, `nothing_to_bill`, `payment_exceeds_balance`.
 */
export function receiptForDebt({ voucher, debt, payments, onAccount }: { voucher: InvoiceReference; debt: number; payments: readonly Payment[]; onAccount: string }): InvoiceDraft {
  const received = sumOf(payments.map(({ amount }) => amount))
  if (debt <= 0) throw new Refusal('already_paid')
  if (received <= 0) throw new Refusal('nothing_to_bill')
  const due = amountDue(debt, payments)
  if (received > due) throw new Refusal('payment_exceeds_balance')
  const total = received === due ? debt : received
  return {
    kind: '400', lines: [{ description: onAccount, quantity: 1, unitPrice: total, total }], payments: [...payments],
    vatBasisPoints: 0, net: total, vat: 0, total, basedOn: { kind: voucher.kind, number: voucher.number, issuedOn: voucher.issuedOn }, reason: '',
  }
}
