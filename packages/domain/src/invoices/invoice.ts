import type { PlainDate } from '../time.ts'
import type { Agorot } from '../money/agorot.ts'

/**
 * Codes of the tax authority's uniform file: 300 transaction invoice (a request for payment), 305 tax invoice,
 * 320 tax invoice-receipt, 330 credit tax invoice, 400 receipt. Each counts in a series of its own (Income Tax bookkeeping rules, §5(ג)).
 */
export const invoiceKinds = ['300', '305', '320', '330', '400'] as const
export type InvoiceKind = (typeof invoiceKinds)[number]

export const paymentMethods = ['cash', 'card', 'transfer', 'bit', 'cheque'] as const
export type PaymentMethod = (typeof paymentMethods)[number]

export interface InvoiceLine {
  description: string
  /** Whole pieces, 1 to 999. */
  quantity: number
  /** VAT included. */
  unitPrice: Agorot
  /** `quantity * unitPrice` */
  total: Agorot
  priceItemId?: string | null
}

export interface Payment {
  method: PaymentMethod
  /** More than nothing. */
  amount: Agorot
  /** The branch's calendar day it was received on. */
  receivedOn: PlainDate
  /** What finds it again: last digits of the card, number of the transfer; of a cheque its number, bank and branch. */
  reference: string
}

/** Another document that this one settles or corrects. */
export interface InvoiceReference {
  kind: InvoiceKind
  number: number
  issuedOn: PlainDate
}

/** What is decided before a number is taken: everything the law wants of the sums. */
export interface InvoiceDraft {
  kind: InvoiceKind
  lines: InvoiceLine[]
  payments: Payment[]
  /** The rate of its tax point, 1800 is 18 %. */
  vatBasisPoints: number
  /** `net + vat` is `total`. On a credit note all three are positive: the kind says that they go back. */
  net: Agorot
  vat: Agorot
  total: Agorot
  basedOn: InvoiceReference | null
  /** Only on a credit note: why. */
  reason: string
}

/** The business and the payer as they were on the day: a document never changes with them. */
export interface InvoiceBusiness {
  /** The legal name that the VAT number belongs to. */
  legalName: string
  /** Nine digits, "עוסק מורשה". */
  vatNumber: string
  address: string
}

export interface InvoicePayer {
  name: string
  /** Empty where the business knows it and the payer did not ask. */
  address: string
  nationalId: string
}

export interface Invoice extends InvoiceDraft {
  id: string
  number: number
  issuedOn: PlainDate
  /** Milliseconds since 1970. */
  issuedAtMs: number
  business: InvoiceBusiness
  payer: InvoicePayer
}
