import type { InvoiceKind, Payment, PaymentMethod } from './invoice.ts'

const traceable: readonly PaymentMethod[] = ['card', 'transfer']

/**
 * Whether the *original* of a document may travel by e-mail. With a secured (not an approved) electronic signature only
 * money paid by the customer's card or by bank transfer allows it (bookkeeping rules §18ב(ו)); for cash, an app or an
 * ordinary cheque the original is paper, and the e-mail carries a copy. A tax invoice (305) receipts nothing itself: what
 * counts is the cheque that it was written for. A document without money behind it may always go.
 */
export const originalMayTravelByEmail = ({ kind, payments }: { kind: InvoiceKind; payments: readonly Pick<Payment, 'method'>[] }, cheque: Pick<Payment, 'method'> | null): boolean =>
  (kind === '305' ? (cheque ? [cheque] : []) : payments).every((payment) => traceable.includes(payment.method))
