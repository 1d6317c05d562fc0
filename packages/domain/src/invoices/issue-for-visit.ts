import { Refusal } from '../refusal.ts'
import type { PlainDate } from '../time.ts'
import { sumOf, type Agorot } from '../money/agorot.ts'
import { roundCash } from '../money/cash.ts'
import { vatOfGross, vatRateOn, type VatRate } from '../money/vat.ts'
import { costOf } from './discount.ts'
import type { InvoiceDraft, InvoiceLine, InvoiceReference, Payment } from './invoice.ts'

export interface Visit {
  lines: readonly Omit<InvoiceLine, 'total'>[]
  /** Received for this visit so far. */
  payments: readonly Payment[]
  vatRates: readonly VatRate[]
  /** The day the money came in; for an unpaid visit, the day of the document. */
  taxPoint: PlainDate
}

/**
 * The document of a finished visit: paid in full it is a tax invoice-receipt (320), unpaid a transaction invoice (300),
 * because on the cash basis VAT is due only when money is received (VAT Law §24, §29); `issueForPayment` follows then.
 * Refuses `nothing_to_bill`, `payment_exceeds_balance`, `payment_is_partial` (issue the 300 without payments, then
 * receipt the part with `issueForPayment`). Throws RangeError for lines that no price list can hold. Whether so much cash is lawful is
 * asked when it is taken: money that lies in the drawer gets its document.
 */
export function issueForVisit({ lines, payments, vatRates, taxPoint }: Visit): InvoiceDraft {
  const priced = lines.map(price)
  const total = sumOf(priced.map((line) => line.total))
  if (total === 0) throw new Refusal('nothing_to_bill')

  const paid = payments.length > 0
  if (paid) requireFullPayment(total, payments)
  const vatBasisPoints = vatRateOn(vatRates, taxPoint)
  return {
    kind: paid ? '320' : '300', lines: priced, payments: [...payments],
    vatBasisPoints, ...vatOfGross(total, vatBasisPoints), total, basedOn: null, reason: '',
  }
}

export interface Settlement {
  /** The transaction invoice that is being paid. */
  request: Pick<InvoiceDraft, 'kind' | 'lines' | 'total'> & InvoiceReference
  /** What earlier invoice-receipts already took of it. */
  receivedBefore: Agorot
  payments: readonly Payment[]
  vatRates: readonly VatRate[]
  /** The day the money came in. */
  taxPoint: PlainDate
  /** What the one line of a part payment says, in the document's language, for example "על חשבון חשבונית עסקה 12". */
  onAccount: string
}

/**
 * The tax invoice-receipt (320) for money received on a transaction invoice, at the rate of the day it came in. Paid at
 * once it repeats the lines; in parts, it has one line for the part. Refuses `already_paid`, `nothing_to_bill` (no
 * payment), `payment_exceeds_balance`. Throws RangeError when asked to settle another kind of document.
 */
export function issueForPayment({ request, receivedBefore, payments, vatRates, taxPoint, onAccount }: Settlement): InvoiceDraft {
  if (request.kind !== '300') throw new RangeError(`a ${request.kind} is not a request for payment`)
  const balance = request.total - receivedBefore
  if (balance <= 0) throw new Refusal('already_paid')
  const received = sumOf(payments.map((payment) => payment.amount))
  if (received <= 0) throw new Refusal('nothing_to_bill')

  const settles = received === amountDue(balance, payments)
  if (received > amountDue(balance, payments)) throw new Refusal('payment_exceeds_balance')
  const total = settles ? balance : received
  const whole = settles && receivedBefore === 0
  const vatBasisPoints = vatRateOn(vatRates, taxPoint)
  return {
    kind: '320',
    lines: whole ? [...request.lines] : [{ description: onAccount, quantity: 1, unitPrice: total, total }],
    payments: [...payments], vatBasisPoints, ...vatOfGross(total, vatBasisPoints), total,
    basedOn: { kind: request.kind, number: request.number, issuedOn: request.issuedOn }, reason: '',
  }
}

/** What the payer hands over for `balance`: the part in cash is rounded to ten agorot, the rest is exact. */
export function amountDue(balance: Agorot, payments: readonly Payment[]): Agorot {
  const cash = sumOf(payments.filter((payment) => payment.method === 'cash').map((payment) => payment.amount))
  if (cash === 0) return balance
  const others = sumOf(payments.map((payment) => payment.amount)) - cash
  return others + roundCash(Math.max(balance - others, 0))
}

function price(line: Omit<InvoiceLine, 'total'>): InvoiceLine {
  if (!Number.isInteger(line.quantity) || line.quantity < 1 || line.quantity > 999) throw new RangeError(`not a quantity: ${line.quantity}`)
  if (line.unitPrice < 0) throw new RangeError(`not a price: ${line.unitPrice}`)
  return { ...line, total: costOf(line) }
}

function requireFullPayment(balance: Agorot, payments: readonly Payment[]): void {
  const received = sumOf(payments.map((payment) => payment.amount))
  if (received > amountDue(balance, payments)) throw new Refusal('payment_exceeds_balance')
  if (received < amountDue(balance, payments)) throw new Refusal('payment_is_partial')
}
