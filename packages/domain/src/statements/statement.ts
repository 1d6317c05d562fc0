import type { InvoiceKind } from '../invoices/invoice.ts'
import { type Agorot, sumOf } from '../money/agorot.ts'
import type { DocumentLanguage } from '../plans/shown.ts'
import type { PlainDate } from '../time.ts'

export const statementReaders = ['nobody', 'owing', 'moved'] as const
/** Who gets one each month: nobody, whoever owes something, or also whoever had a document in the month. */
export type StatementReaders = (typeof statementReaders)[number]

/** The last day of a month on which statements may begin, so that the days of writing end in it. */
export const latestDay = 21
/** For so many days from the first one they are written: a worker that was down for a week is late, and later ones would be old news. */
const writingDays = 7

/** A document of the month. Sums in agorot; dates as ISO text, for it is kept as it was. */
export interface StatementDocument {
  /** Of whom, where the statement is of several people; else empty. */
  patient: string
  kind: InvoiceKind
  number: number
  on: string
  total: Agorot
  /** What came in with it; below nothing where it went back. */
  received: Agorot
}

/** A document that something is owed on. */
export interface OpenDocument {
  patient: string
  kind: InvoiceKind
  number: number
  on: string
  dueOn: string
  owed: Agorot
}

/** A statement of account exactly as it was written: of open items, for what is owed has no other definition than the documents'. */
export interface AccountStatement {
  form: 1
  language: DocumentLanguage
  clinic: { name: string; legalName: string; vatNumber: string; address: string; phone: string }
  reader: string
  /** Ids of those whose money it tells of. */
  accounts: string[]
  /** First and last day of what happened; and the day on which it was written: all that is owed is of that day, whenever it was billed. */
  from: string
  to: string
  on: string
  documents: StatementDocument[]
  open: OpenDocument[]
  owed: Agorot
  /** Money that came and stands for no treatment yet, or is to be given back. */
  credit: Agorot
}

/**
 * The month whose statements are written on a day: the one before, from `day` of the month on (1 to `latestDay`) for a week.
 * @returns its first day; null where none are written today.
 */
export function monthToTell(today: PlainDate, day: number): PlainDate | null {
  return today.day >= day && today.day < day + writingDays ? today.with({ day: 1 }).subtract({ months: 1 }) : null
}

export const lastDayOf = (month: PlainDate): PlainDate => month.with({ day: month.daysInMonth })

/** Whether there is anything to tell whom the clinic wrote to by this rule. */
export function isWorthTelling({ owed, documents }: Pick<AccountStatement, 'owed' | 'documents'>, readers: StatementReaders): boolean {
  if (readers === 'nobody') return false
  return owed > 0 || (readers === 'moved' && documents.length > 0)
}

/** What is owed on documents together, in agorot. */
export const owedOn = (open: readonly Pick<OpenDocument, 'owed'>[]): Agorot => sumOf(open.map(({ owed }) => owed))
