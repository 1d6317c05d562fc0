import type { Accounts } from '@yoman/domain/books/accounts'
import type { BookDocument } from '@yoman/domain/books/book-document'
import { type JournalLine, journalOf } from '@yoman/domain/books/journal'
import type { PlainDate } from '@yoman/domain/time'
import { dayFirst } from '../format.ts'
import { cleanText, firstReadable } from './clean-text.ts'

/** The places of the flexible method's fields, by the line of MOVEIN.PRM that tells them; lines between them are fields we leave out. */
const places = { kind: 2, reference: 3, reference2: 4, date: 5, valueDate: 6, currency: 8, details: 9, debitKey: 10, creditKey: 12, debit: 14, credit: 16 } as const
type Place = keyof typeof places
const lengths: Record<Place, number> = { kind: 3, reference: 9, reference2: 9, date: 10, valueDate: 10, currency: 5, details: 50, debitKey: 15, creditKey: 15, debit: 12, credit: 12 }
const order = Object.keys(places) as Place[] // the literal's own keys
const lastLine = 29

/**
 * MOVEIN.DOC of Hashavshevet's flexible method: one row for each pair of a debit and a credit, so that every row balances by itself.
 * Patients are one account together. Transaction invoices are no entries. A reference of more than nine digits is cut at its front.
 */
export const moveinRows = (document: BookDocument, accounts: Accounts): string =>
  pairs(journalOf(document)).map(({ debit, credit, amount }) => {
    const values: Record<Place, string> = {
      kind: document.kind, reference: digits(document.number), reference2: document.basedOn ? digits(document.basedOn.number) : '0',
      date: date(document.date), valueDate: date(document.date), currency: 'ILS', details: firstReadable([...document.customer.names, document.customer.key]),
      debitKey: accounts[debit].key, creditKey: accounts[credit].key, debit: shekels(amount), credit: shekels(amount),
    }
    return `${order.map((place) => fit(place, values[place])).join('')}\r\n`
  }).join('')

/** MOVEIN.PRM: the length of a row with its line end, then first and last column of each field, `0 0` for those left out. */
export function moveinPlaces(): string {
  const total = order.reduce((sum, place) => sum + lengths[place], 0) + 2
  const lines = [String(total)]
  for (let line = 2; line <= lastLine; line += 1) lines.push(columnsOf(line))
  return lines.map((line) => `${line}\r\n`).join('')
}

function columnsOf(line: number): string {
  const index = order.findIndex((place) => places[place] === line)
  if (index < 0) return '0 0'
  const start = order.slice(0, index).reduce((sum, place) => sum + lengths[place], 1)
  return `${start} ${start + lengths[order[index] as Place] - 1}` // found a line above
}

/** Debits and credits in their order, each cut where the other ends: their sums are the same, so both end together. */
export function pairs(lines: readonly JournalLine[]): { debit: JournalLine['account']; credit: JournalLine['account']; amount: number }[] {
  const debits = lines.filter((line) => line.debit > 0).map(({ account, debit }) => ({ account, left: debit }))
  const credits = lines.filter((line) => line.credit > 0).map(({ account, credit }) => ({ account, left: credit }))
  const found: ReturnType<typeof pairs> = []
  for (let [debit, credit] = [debits.shift(), credits.shift()]; debit && credit; ) {
    const amount = Math.min(debit.left, credit.left)
    found.push({ debit: debit.account, credit: credit.account, amount })
    debit.left -= amount
    credit.left -= amount
    if (debit.left === 0) debit = debits.shift()
    if (credit.left === 0) credit = credits.shift()
  }
  return found
}

const rightAligned: readonly Place[] = ['reference', 'reference2', 'debit', 'credit']
const fit = (place: Place, value: string): string => {
  const text = cleanText(value).slice(0, lengths[place])
  return rightAligned.includes(place) ? text.padStart(lengths[place]) : text.padEnd(lengths[place])
}
const digits = (number: number): string => String(number).slice(-9)
const date = (day: PlainDate): string => dayFirst(day)
const shekels = (agorot: number): string => `${Math.trunc(agorot / 100)}.${String(agorot % 100).padStart(2, '0')}`
