import type { InvoiceKind } from '../invoices/invoice.ts'
import { type Agorot, sumOf } from '../money/agorot.ts'
import type { PlainDate } from '../time.ts'

/** A treatment that was done. */
export interface CardTreatment {
  id: string
  on: PlainDate
  /** As the price list calls it; no clinical text. */
  name: string
  nameEn: string
  /** Clinical: what was recorded in the note, of which tooth. */
  description: string
  tooth: string
  surfaces: string
  quantity: number
  total: Agorot
  by: string
  byEn: string
}

export interface CardDocument {
  id: string
  kind: InvoiceKind
  number: number
  on: PlainDate
  total: Agorot
  /** What came in with it; below nothing where it went back, or a cheque was gone. */
  received: Agorot
  /** What is still to be paid of it. */
  owed: Agorot
}

export interface Card {
  /** Whether it tells what was done in the words of the note. */
  clinical: boolean
  treatments: CardTreatment[]
  documents: CardDocument[]
  treated: Agorot
  received: Agorot
  owed: Agorot
  /** Came in and waits for its visit's document; in no other sum. */
  waiting: Agorot
}

/**
 * A dentist's personal card of a patient (bookkeeping instructions, schedule ו' §2(ב)(2)): the treatments with their dates and descriptions,
 * the receipts with theirs and their sums, and what is owed. Who may not read notes sees each treatment as the price list calls it.
 */
export function cardOf(treatments: readonly CardTreatment[], documents: readonly CardDocument[], waiting: Agorot, clinical: boolean): Card {
  return {
    clinical, treatments: treatments.map((one) => (clinical ? one : { ...one, description: '', tooth: '', surfaces: '' })), documents: [...documents], waiting,
    treated: sumOf(treatments.map(({ total }) => total)), received: sumOf(documents.map(({ received }) => received)), owed: sumOf(documents.map(({ owed }) => owed)),
  }
}
