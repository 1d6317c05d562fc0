import type { Agorot } from '../money/agorot.ts'
import type { Instant, PlainDate } from '../time.ts'
import type { Named } from './named.ts'

/** A debt that stands as given up. */
export interface GivenUpDebt extends Named {
  id: string
  at: Instant
  /** The calendar day on which it was given up, on the wall of the document's branch. */
  on: PlainDate
  branch: string
  branchEn: string
  /** A transaction invoice (300), or the voucher of a cheque that is gone (410). */
  invoiceId: string
  kind: '300' | '410'
  number: number
  patientId: string
  /** The name on the document where it is not the patient's; else empty. */
  payer: string
  payerLatin: string
  amount: Agorot
  /** What came in for the document since, less what was gone again: below nothing where a cheque of before came back. */
  cameIn: Agorot
  reason: string
  by: string
  byEn: string
}

/** Debts that were given up, added together. */
export interface GivenUpSum {
  documents: number
  amount: Agorot
  cameIn: Agorot
}
