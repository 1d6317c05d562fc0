import { Temporal } from 'temporal-polyfill'
import type { InvoiceKind } from '../invoices/invoice.ts'
import type { Agorot } from '../money/agorot.ts'
import type { PlainDate } from '../time.ts'

/** From a day on, a tax invoice over so much before VAT needs a number of the Tax Authority to let its payer deduct the VAT. */
export interface AllocationThreshold {
  validFrom: PlainDate
  netOver: Agorot
}

export interface AllocatedDocument {
  kind: InvoiceKind
  issuedOn: PlainDate
  net: Agorot
  vat: Agorot
  /** Nine digits of a payer who is an authorised dealer; empty for all others. */
  dealerNumber: string
}

/**
 * Whether a document is of those that may have an allocation number, whatever its sum: a tax invoice (305, 320) with VAT to an authorised
 * dealer. Requests for payment (300) and credit notes (330) have none (Tax Authority, directive 01/2023 §1).
 */
export const mayBeAllocated = ({ kind, vat, dealerNumber }: Omit<AllocatedDocument, 'issuedOn' | 'net'>): boolean => (kind === '305' || kind === '320') && vat > 0 && dealerNumber !== ''

/** Whether it needs one: its sum before VAT is over what held on its date. Before the first of the days none needed one. */
export function needsAllocation(document: AllocatedDocument, thresholds: readonly AllocationThreshold[]): boolean {
  const held = thresholds.filter(({ validFrom }) => Temporal.PlainDate.compare(validFrom, document.issuedOn) <= 0)
  const [last] = held.sort((a, b) => Temporal.PlainDate.compare(b.validFrom, a.validFrom))
  return last !== undefined && mayBeAllocated(document) && document.net > last.netOver
}

/** What is printed of a number: its nine rightmost digits (directive 01/2023). */
export const printedDigits = (number: string): string => number.slice(-9)

/** A number as it was typed off the authority's site: nine digits or more, what people put between them left out; null where it is none. */
export function readAllocationNumber(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s\p{Cf}\p{Pd}]/gu, '')
  return /^\d{9,40}$/.test(digits) ? digits : null
}
