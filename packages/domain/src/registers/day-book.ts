import { type Expected, expectedOf } from '../cash-desk/close.ts'
import type { InvoiceKind, PaymentMethod } from '../invoices/invoice.ts'
import type { Agorot } from '../money/agorot.ts'
import { type Instant, isBefore } from '../time.ts'
import type { Named } from './named.ts'

/** Somebody who was received: the diary's check-in stamps it (bookkeeping instructions, schedule ו' §3(ב)). */
export interface Admission extends Named {
  visitId: string
  patientId: string
  branchId: string
  admittedAt: Instant
}

/** Money that came at a desk on the day, or went. */
export interface DayMoney extends Named {
  id: string
  method: PaymentMethod
  /** Below nothing where it was given back. */
  amount: Agorot
  receivedAt: Instant
  branchId: string
  patientId: string
  visitId: string | null
  /** Null while it waits for its visit's document. */
  receipt: { id: string; kind: InvoiceKind; number: number } | null
  /** Who stands on the document where that is not the patient; else empty. */
  payer: string
  /** A cheque that the patient took back on the same day: it was received, and is in no sum. */
  tookBack: boolean
}

/** A transaction invoice (300) of the day: nothing came in, and it says who pays. */
export interface DayRequest {
  id: string
  visitId: string
  number: number
  total: Agorot
  payer: string
}

/** A line of the book: a visit with all that is of it, or money of somebody who was not received that day (`admittedAt` null). */
export interface DayBookRow extends Named {
  id: string
  branchId: string
  patientId: string
  admittedAt: Instant | null
  money: DayMoney[]
  requests: DayRequest[]
}

export interface DayBook {
  rows: DayBookRow[]
  /** The day by its means, as the cash desk counts it: what came, what went, and the difference. */
  sums: Expected[]
}

/**
 * The doctor's day-book (bookkeeping instructions, schedule ו' §3): who was received, in the order of admission, and what was received of
 * them. Money stands beside the visit it is for, else beside the patient's first visit at that branch on the day, else on a line of its own
 * after the visits, in the order in which it came.
 */
export function dayBook(admissions: readonly Admission[], money: readonly DayMoney[], requests: readonly DayRequest[]): DayBook {
  const rows = [...admissions].sort((a, b) => compare(a.admittedAt, b.admittedAt) || (a.visitId < b.visitId ? -1 : 1)).map(
    ({ visitId, ...admitted }): DayBookRow => ({ id: visitId, ...admitted, money: [], requests: requests.filter((request) => request.visitId === visitId) }),
  )
  for (const one of [...money].sort((a, b) => compare(a.receivedAt, b.receivedAt) || (a.id < b.id ? -1 : 1))) {
    const known = rows.find(({ id }) => id === one.visitId) ?? rows.find((row) => row.patientId === one.patientId && row.branchId === one.branchId)
    if (known) known.money.push(one)
    else rows.push({ ...nameOf(one), id: one.id, branchId: one.branchId, patientId: one.patientId, admittedAt: null, money: [one], requests: [] })
  }
  return { rows, sums: expectedOf(money.filter(({ tookBack }) => !tookBack), 0) }
}

const compare = (a: Instant, b: Instant): number => (isBefore(a, b) ? -1 : isBefore(b, a) ? 1 : 0)
const nameOf = ({ givenName, familyName, givenNameLatin, familyNameLatin }: Named): Named => ({ givenName, familyName, givenNameLatin, familyNameLatin })
