import { Refusal } from '../refusal.ts'
import { type PaymentMethod, paymentMethods } from '../invoices/invoice.ts'
import { sumOf, type Agorot } from '../money/agorot.ts'

/** Money of one means that no closing holds yet. */
export interface Taken {
  method: PaymentMethod
  /** Below nothing where it was given back. */
  amount: Agorot
}

/** What should be there by one means. */
export interface Expected {
  method: PaymentMethod
  payments: number
  refunds: number
  /** What was given back, above nothing; the expected sum is less it. */
  refunded: Agorot
  expected: Agorot
}

/** What somebody counted, and what the screen told them should be there. */
export interface Counted {
  method: PaymentMethod
  expected: Agorot
  counted: Agorot
  /** Why the two differ; empty where they do not. */
  reason: string
}

export type ClosedMeans = Expected & Pick<Counted, 'counted' | 'reason'>

/** What should be there, means by means, all of them: the money that came less the money that went since the last closing, and in cash also what that left in the drawer. */
export function expectedOf(taken: readonly Taken[], leftBefore: Agorot): Expected[] {
  return paymentMethods.map((method) => {
    const amounts = taken.filter((payment) => payment.method === method).map(({ amount }) => amount)
    const back = amounts.filter((amount) => amount < 0)
    return { method, payments: amounts.length - back.length, refunds: back.length, refunded: Math.abs(sumOf(back)), expected: sumOf(amounts) + (method === 'cash' ? leftBefore : 0) }
  })
}

/**
 * Closes the desk: each means as it should be and as it was counted; a means that nobody named was not there. Refuses
 * `cash_desk_moved` (money came in since it was counted), `difference_needs_reason`, `more_left_than_counted` (in the drawer for the next day).
 */
export function closeDesk(expected: readonly Expected[], counted: readonly Counted[], left: Agorot): ClosedMeans[] {
  const means = expected.map((should) => {
    const found = counted.find(({ method }) => method === should.method) ?? { expected: 0, counted: 0, reason: '' }
    if (found.expected !== should.expected) throw new Refusal('cash_desk_moved')
    if (found.counted !== should.expected && found.reason.trim() === '') throw new Refusal('difference_needs_reason')
    return { ...should, counted: found.counted, reason: found.counted === should.expected ? '' : found.reason.trim() }
  })
  if (left > (means.find(({ method }) => method === 'cash')?.counted ?? 0)) throw new Refusal('more_left_than_counted')
  return means
}
