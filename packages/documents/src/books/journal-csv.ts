import type { Accounts } from '@yoman/domain/books/accounts'
import type { BookDocument } from '@yoman/domain/books/book-document'
import { journalOf } from '@yoman/domain/books/journal'
import { dayFirst } from '../format.ts'

/** Xero takes at most 300 lines in one file, the headings not counted. */
export const mostXeroLines = 300

export const quickBooksHeadings = csvRow(['Journal No.', 'Journal Date', 'Account Name', 'Description', 'Debits', 'Credits', 'Name'])

/** The lines of a document for QuickBooks Online: American dates, account names, one column a side. A line on what patients owe names the patient. */
export const quickBooksRows = (document: BookDocument, accounts: Accounts): string[] =>
  journalOf(document).map((line) =>
    csvRow([
      `${document.kind}-${document.number}`, monthFirst(document), safe(accounts[line.account].name), safe(describe(document)),
      line.debit === 0 ? '' : amount(line.debit), line.credit === 0 ? '' : amount(line.credit), line.account === 'customers' ? safe(document.customer.names[0] ?? '') : '',
    ]),
  )

export const xeroHeadings = csvRow(['*Narration', '*Date', 'Description', '*AccountCode', '*TaxRate', '*Amount', 'TrackingName1', 'TrackingOption1'])

/** The same for Xero's manual journals: debits with no sign, credits with a minus; VAT is an account of its own, so no line carries a tax rate. */
export const xeroRows = (document: BookDocument, accounts: Accounts): string[] =>
  journalOf(document).map((line) =>
    csvRow([
      `${document.kind}-${document.number}`, dayFirst(document.date), safe(describe(document)), safe(accounts[line.account].key), 'Tax Exempt', amount(line.debit - line.credit),
      'Branch', String(document.branch),
    ]),
  )

const describe = ({ kind, number, customer }: BookDocument): string => [`${kind} ${number}`, customer.names[0] ?? ''].filter((part) => part !== '').join(' · ')

const monthFirst = ({ date }: BookDocument): string => `${String(date.month).padStart(2, '0')}/${String(date.day).padStart(2, '0')}/${date.year}`

/** A plain decimal, never through a formatter: a spreadsheet must read it as a number in every language. */
const amount = (agorot: number): string => `${agorot < 0 ? '-' : ''}${Math.trunc(Math.abs(agorot) / 100)}.${String(Math.abs(agorot) % 100).padStart(2, '0')}`

/** Words that a spreadsheet would run as a formula are kept from it by an apostrophe; numbers of ours do not pass here. */
const safe = (text: string): string => (/^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/** RFC 4180. */
function csvRow(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`
}
