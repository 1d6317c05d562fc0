import type { PlainDate } from '../time.ts'
import type { Agorot } from '../money/agorot.ts'

/**
 * Codes of the tax authority's uniform file: 300 transaction invoice (a request for payment), 305 tax invoice,
 * 320 tax invoice-receipt, 330 credit tax invoice, 400 receipt, 410 money that left the desk: here always a refund. Each counts in a series of its own (Income Tax bookkeeping rules, §5(ג)).
 */
export const invoiceKinds = ['300', '305', '320', '330', '400', '410'] as const
export type InvoiceKind = (typeof invoiceKinds)[number]
/** What moves something in the books: a transaction invoice only asks for money. */
export const movingKinds = invoiceKinds.filter((kind) => kind !== '300')

export const paymentMethods = ['cash', 'card', 'transfer', 'bit', 'cheque'] as const
export type PaymentMethod = (typeof paymentMethods)[number]

/** How money is given back. A clinic's own cheque is none of them: it is drawn outside of the desk. */
export const refundMethods = ['cash', 'card', 'transfer', 'bit'] as const
export type RefundMethod = (typeof refundMethods)[number]

export interface InvoiceLine {
  description: string
  /** Whole pieces, 1 to 999. */
  quantity: number
  /** VAT included. */
  unitPrice: Agorot
  /** Off the whole line, 0 to what it would cost without it; nothing where it is left out. */
  discount?: Agorot
  /** `quantity * unitPrice - discount` */
  total: Agorot
  priceItemId?: string | null
  /** Only on a credit note: which line of the corrected document, from 1; null where it takes back a part of the sum. */
  creditsLine?: number | null
}

/** What the law wants written down of a cheque (bookkeeping rules §5(ב)). Digits alone. */
export interface Cheque {
  number: string
  bank: string
  branch: string
  account: string
  /** The first day on which it can be drawn. */
  dueOn: PlainDate
}

export const cardBrands = ['visa', 'mastercard', 'isracard', 'amex', 'diners', 'other'] as const
export type CardBrand = (typeof cardBrands)[number]

/** What the slip of the card terminal says; never the number of the card. */
export interface CardSlip {
  brand: CardBrand | null
  lastFour: string | null
  /** 1 to 36; the card company pays them, the patient has paid. */
  instalments: number
}

export interface Payment {
  method: PaymentMethod
  /** More than nothing. */
  amount: Agorot
  /** The branch's calendar day it was received on. */
  receivedOn: PlainDate
  /** What finds it again: approval of the terminal, number of the transfer. Cheques of old have their number, bank, branch and account here, in this order. */
  reference: string
  cheque?: Cheque | null
  card?: CardSlip | null
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
  /** What it receipts; of a refund (410) what was given back. */
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
  /** Of a transaction invoice: money of before that it deducts. */
  deducted?: readonly (InvoiceReference & { amount: Agorot })[]
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
  /** Of an organisation: nine digits of an authorised dealer, else empty. */
  dealerNumber?: string
  /** Of an organisation: whose treatment it pays for. */
  forName?: string
}

export interface Invoice extends InvoiceDraft {
  id: string
  number: number
  issuedOn: PlainDate
  /** Milliseconds since 1970. */
  issuedAtMs: number
  business: InvoiceBusiness
  payer: InvoicePayer
  /** Of a tax invoice to a dealer: the number of the Tax Authority, or `without` where it leaves without one. */
  allocation?: { number: string } | 'without' | null
}
