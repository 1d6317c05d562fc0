import type { DebtorRow } from '@yoman/db/debts/lists'
import { showPhone } from '@yoman/domain/people/phone'
import { csvLine } from '@yoman/use-cases/imports/read'

const headings = {
  he: ['שם פרטי', 'שם משפחה', 'טלפון', 'סך החוב', 'טרם הגיע המועד', '0-30 ימים', '31-60 ימים', '61-90 ימים', 'מעל 90 ימים', 'מסמכים', 'לתשלום מאז', 'הובטח עד', 'ארגון משלם'],
  en: ['Given name', 'Family name', 'Phone', 'Total', 'Not due yet', '0-30 days', '31-60 days', '61-90 days', 'Over 90 days', 'Documents', 'Due since', 'Promised by', 'Organisation'],
} as const

/** The list of debts as lines of CSV, sums in shekels with two digits; no cell that a spreadsheet would run. */
export async function* debtLines(batches: AsyncIterable<readonly DebtorRow[]>, language: 'he' | 'en'): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(`\ufeff${csvLine(headings[language])}`) // the mark tells Excel that it is UTF-8
  for await (const rows of batches) yield encoder.encode(rows.map((row) => csvLine(cellsOf(row))).join(''))
}

const cellsOf = (row: DebtorRow): string[] => [
  row.givenName, row.familyName, row.phone === null ? '' : showPhone(row.phone), ...[row.total, row.notDue, row.to30, row.to60, row.to90, row.over90].map(shekels),
  String(row.documents), row.oldestDueOn.toString(), row.promisedFor?.toString() ?? '', row.organisation?.name ?? '',
]

const shekels = (agorot: number): string => (agorot / 100).toFixed(2)
