import type { DayBook } from '@yoman/contract/registers'
import { branchName, dayBookWords, notesOf } from '@yoman/documents/registers/day-book'
import { withoutControls } from '@yoman/documents/bidi'
import { en } from '@yoman/documents/locales/en'
import { he } from '@yoman/documents/locales/he'
import { fill } from '@yoman/documents/format'
import type { DayBookRow, DayMoney } from '@yoman/domain/registers/day-book'
import { nameIn } from '@yoman/domain/registers/named'
import { timeIn } from '@yoman/domain/time'
import type { WholeDayBook } from '@yoman/use-cases/registers/day-book'
import { registerLine, utf8Mark } from './csv.ts'

export const presentDayBook = ({ day, rows, sums }: WholeDayBook): DayBook => ({
  day: day.toString(),
  rows: rows.map(({ id, branchId, admittedAt, patientId, money, requests, ...name }) => ({
    id, branchId, admittedAt: admittedAt?.toString() ?? null, patient: { id: patientId, ...name },
    money: money.map((one) => ({ id: one.id, method: one.method, amountAgorot: one.amount, receivedAt: one.receivedAt.toString(), receipt: one.receipt, payer: one.payer, tookBack: one.tookBack })),
    requests: requests.map((one) => ({ id: one.id, number: one.number, totalAgorot: one.total, payer: one.payer })),
  })),
  sums: sums.map((one) => ({ method: one.method, payments: one.payments, refunds: one.refunds, refundedAgorot: one.refunded, totalAgorot: one.expected })),
})

const headings = {
  he: ['יום', 'מס׳', 'שעת קבלה', 'סניף', 'מטופל/ת', 'אמצעי תשלום', 'סכום', 'מסמך', 'מספר מסמך', 'הערות'],
  en: ['Day', 'No.', 'Admitted', 'Branch', 'Patient', 'Means', 'Sum', 'Document', 'Document number', 'Notes'],
} as const
const locales = { he, en }

/** The day-book as CSV: a line for each visit and for each further payment of it; sums in shekels, no cell that a spreadsheet would run. */
export function dayBookCsv(language: 'he' | 'en', book: WholeDayBook): Buffer {
  const lines = book.rows.flatMap((row, at) => cellsOf(language, book, row, at + 1))
  return Buffer.from(`${utf8Mark}${[headings[language], ...lines].map(registerLine).join('')}`)
}

function cellsOf(language: 'he' | 'en', { day, branches }: WholeDayBook, row: DayBookRow, number: number): (string | number)[][] {
  const branch = branches.find(({ id }) => id === row.branchId)
  const admitted = row.admittedAt && branch ? timeIn(branch.zone, row.admittedAt).toString().slice(0, 5) : ''
  const first = [day.toString(), String(number), admitted, branch ? branchName(language, branch) : '', nameIn(language, row)]
  const notes = notesOf(language, row).map(({ text }) => withoutControls(text))
  const money = row.money.length > 0 ? row.money.map((one) => moneyCells(language, one)) : [['', '', '', '', '']]
  return money.map((cells, at) => [...first, ...cells.slice(0, 4), [cells[4] ?? '', ...(at === 0 ? notes : [])].filter(Boolean).join('; ')])
}

function moneyCells(language: 'he' | 'en', { method, amount, receipt, payer, tookBack }: DayMoney): (string | number)[] {
  const words = dayBookWords[language]
  const notes = [payer && fill(words.payer, { name: payer }), tookBack ? words.tookBack : '', receipt ? '' : words.waits].filter(Boolean)
  return [locales[language].methods[method], amount, receipt ? locales[language].kinds[receipt.kind] : '', receipt ? String(receipt.number) : '', notes.join('; ')]
}
