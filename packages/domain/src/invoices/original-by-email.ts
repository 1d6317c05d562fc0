import type { Payment, PaymentMethod } from './invoice.ts'

const traceable: readonly PaymentMethod[] = ['card', 'transfer']

/**
 * Whether the *original* of a receipt may travel by e-mail. With a secured (not an approved) electronic signature only
 * money paid by the customer's card or by bank transfer allows it (bookkeeping rules §18ב(ו)); for cash, an app or an
 * ordinary cheque the original is paper, and the e-mail carries a copy. A document without money in it may always go.
 */
export const originalMayTravelByEmail = (payments: readonly Pick<Payment, 'method'>[]): boolean =>
  payments.every((payment) => traceable.includes(payment.method))
