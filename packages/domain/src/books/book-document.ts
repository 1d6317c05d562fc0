import type { PlainDate, PlainTime } from '../time.ts'
import type { Agorot } from '../money/agorot.ts'
import type { InvoiceKind, InvoiceLine, InvoiceReference, Payment } from '../invoices/invoice.ts'

/** An issued document as the books tell of it: what was frozen with it, but for `by` and the items' codes, which are as they are now. */
export interface BookDocument {
  kind: InvoiceKind
  number: number
  /** The date printed on it; it decides which period it belongs to. */
  date: PlainDate
  /** When the system made it, on the wall of its branch. */
  madeOn: PlainDate
  madeAt: PlainTime
  /** Number of the branch, 1 for the first that the clinic had. */
  branch: number
  customer: BookCustomer
  /** Who issued it; empty where the system did. */
  by: string
  vatBasisPoints: number
  net: Agorot
  vat: Agorot
  total: Agorot
  basedOn: (InvoiceReference & { branch: number }) | null
  /** Prices with VAT, as on the paper; `item` is the code of the price list, empty where there is none. */
  lines: readonly (InvoiceLine & { item: string })[]
  payments: readonly Payment[]
}

export interface BookCustomer {
  /** Of the record that the document was issued in, also when that was merged into another since; at most 15 characters. */
  key: string
  /** In order of preference: the first that can be written is. */
  names: readonly string[]
  address: string
  /** Nine digits of a customer who is an authorised dealer; empty or left out for all others. */
  dealerNumber?: string
}

/** A patient's key in the books: `P` and the fourteen last digits of the id, which are its random part. */
export const customerKey = (patientId: string): string => `P${patientId.replaceAll('-', '').slice(-14).toUpperCase()}`
