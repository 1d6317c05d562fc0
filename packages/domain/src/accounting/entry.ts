import { type AccountRole, accountRoles } from '../books/accounts.ts'
import type { BookDocument } from '../books/book-document.ts'
import { journalOf } from '../books/journal.ts'
import type { InvoiceKind } from '../invoices/invoice.ts'
import type { Agorot } from '../money/agorot.ts'
import type { HeldLine } from './service.ts'

/** The service's key of each of our accounts. Several of ours may be one of theirs. */
export type AccountKeys = Record<AccountRole, string>

/** A document's journal entry as it is sent: what a document does to the books, never who the patient is. */
export interface AccountingEntry {
  /** The same for one document for ever, and of no other document of anybody: what finds it again. At most 24 characters. */
  reference: string
  kind: InvoiceKind
  number: number
  /** ISO, as printed on the document. */
  date: string
  /** The document's kind and number, for who reads the ledger; at most 50 characters. */
  details: string
  /** Balanced; agorot. */
  lines: HeldLine[]
}

export type JournalDocument = Pick<BookDocument, 'kind' | 'number' | 'net' | 'vat' | 'total' | 'payments' | 'date'> & { id: string }

const kindNames: Record<InvoiceKind, string> = { 300: 'חשבונית עסקה', 305: 'חשבונית מס', 320: 'חשבונית מס קבלה', 330: 'חשבונית זיכוי', 400: 'קבלה', 410: 'החזר' }

/** The end of the id is random, so that two businesses which share a ledger share no reference. */
export const referenceOf = ({ id, kind, number }: Pick<JournalDocument, 'id' | 'kind' | 'number'>): string => `YM${kind}-${number}-${id.replaceAll('-', '').slice(-6)}`

/** Whether a reference was made by `referenceOf`. */
export const isOurs = (reference: string): boolean => /^YM\d{3}-\d+-[0-9a-f]{6}$/.test(reference)

/** The entry of a document; null where it moves nothing (a request for payment). */
export function entryOf(document: JournalDocument, keys: AccountKeys): AccountingEntry | null {
  const lines = journalOf(document).map(({ account, debit, credit }) => ({ account: keys[account], debit, credit }))
  if (lines.length === 0) return null
  return { reference: referenceOf(document), kind: document.kind, number: document.number, date: document.date.toString(), details: `${kindNames[document.kind]} ${document.number}`, lines }
}

/** The bytes that stand for an entry: the same entry gives the same, whatever order its fields came in. */
export const canonicalEntry = ({ reference, kind, number, date, details, lines }: AccountingEntry): string =>
  JSON.stringify({ reference, kind, number, date, details, lines: lines.map(({ account, debit, credit }) => ({ account, debit, credit })) })

export const totalOf = (lines: readonly HeldLine[]): Agorot => lines.reduce((sum, { debit }) => sum + debit, 0)

/** Roles whose key is missing: nothing could be sent that moves them. */
export const missingKeys = (keys: AccountKeys): AccountRole[] => accountRoles.filter((role) => keys[role].trim() === '')
