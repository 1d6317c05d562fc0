import type { IncomeItem } from '@yoman/db/reports/income'
import { csvLine } from '@yoman/use-cases/imports/read'
import type { Cell, Sheet } from './table.ts'
import { type FileLanguage, itemHeadings, methodWords, sourceWords } from './words.ts'

const mark = '\ufeff' // tells Excel that it is UTF-8

/** A report as lines of CSV, sums in shekels with two digits; no cell that a spreadsheet would run. */
export async function* reportLines({ headings, rows }: Sheet): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(`${mark}${csvLine(headings)}${rows.map((row) => csvLine(row.map(textOf))).join('')}`)
}

/** The pieces of a figure as lines of CSV, while they are read. */
export async function* itemLines(batches: AsyncIterable<readonly IncomeItem[]>, language: FileLanguage): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(`${mark}${csvLine(itemHeadings[language])}`)
  for await (const items of batches) yield encoder.encode(items.map((item) => csvLine(cellsOf(item, language))).join(''))
}

const cellsOf = (item: IncomeItem, language: FileLanguage): string[] => [
  item.day.toString(), sourceWords[language][item.source], item.givenName, item.familyName, item.documentKind ?? '', item.documentNumber?.toString() ?? '',
  item.method === null ? '' : (methodWords[language][item.method] ?? item.method), shekels(item.gross), shekels(item.net),
]

const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : 'count' in cell ? String(cell.count) : shekels(cell.agorot))

const shekels = (agorot: number): string => (agorot / 100).toFixed(2)
