import type { BookExportRow } from '@yoman/db/books/queries'
import { hebrewBytes } from '@yoman/documents/books/iso-8859-8'
import { mostXeroLines, quickBooksHeadings, quickBooksRows, xeroHeadings, xeroRows } from '@yoman/documents/books/journal-csv'
import { moveinPlaces, moveinRows } from '@yoman/documents/books/movein'
import { uniformFile } from '@yoman/documents/books/uniform-file'
import type { BookDocument } from '@yoman/domain/books/book-document'
import { primaryIdOf } from '@yoman/domain/books/identity'
import { dateIn, timeIn } from '@yoman/domain/time'
import { type ZipEntry, zipped } from '../exports/zip.ts'

type Pages = AsyncIterable<readonly BookDocument[]>

/** The zip of an export as it comes into being. The same export gives the same bytes. */
export function bookZip(row: BookExportRow, pages: Pages): AsyncGenerator<Uint8Array> {
  const madeAtMs = row.made_at.epochMilliseconds
  return zipped(stamped(writers[row.format](row, pages, madeAtMs), madeAtMs))
}

const writers: Record<BookExportRow['format'], (row: BookExportRow, pages: Pages, madeAtMs: number) => AsyncIterable<ZipEntry> | Iterable<ZipEntry>> = {
  uniform: uniformEntries,
  movein: (row, pages) => [{ name: 'MOVEIN.DOC', chunks: lines(pages, (document) => hebrewBytes(moveinRows(document, row.accounts))) }, { name: 'MOVEIN.PRM', chunks: once(moveinPlaces()) }],
  quickbooks: (row, pages) => [{ name: 'quickbooks-journal.csv', chunks: csv(quickBooksHeadings, pages, (document) => quickBooksRows(document, row.accounts).join('')) }],
  xero: xeroEntries,
}

async function* stamped(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>, madeAtMs: number): AsyncGenerator<ZipEntry> {
  for await (const entry of entries) yield { ...entry, madeAtMs }
}

/** `BKMVDATA.TXT` lies packed beside `INI.TXT`, which is written last because it counts the other. */
async function* uniformEntries(row: BookExportRow, pages: Pages, madeAtMs: number): AsyncGenerator<ZipEntry> {
  if (row.folder === null) throw new Error('a uniform file has its folder')
  const file = uniformFile({
    business: row.business, software: { ...row.software, packer: 'ZIP' }, from: row.from_on, to: row.to_on, madeOn: dateIn(row.time_zone, row.made_at), madeAt: timeIn(row.time_zone, row.made_at),
    primaryId: primaryIdOf(row.id), folder: row.folder, branches: row.branches, accounts: row.accounts,
  })
  const data = async function* (): AsyncGenerator<Uint8Array> {
    yield hebrewBytes(file.open())
    yield* lines(pages, (document) => hebrewBytes(file.add(document)))
    yield hebrewBytes(file.close())
    // A file that is not what its screen told must not be handed in: the download breaks off instead.
    for (const [code, count] of Object.entries(row.summary.records)) if ((file.counts()[code] ?? 0) !== count) throw new Error(`the export told ${count} ${code} and wrote ${file.counts()[code] ?? 0}`)
  }
  yield { name: `${row.folder}/BKMVDATA.zip`, chunks: zipped([{ name: 'BKMVDATA.TXT', chunks: data(), madeAtMs }]), asItIs: true }
  yield { name: `${row.folder}/INI.TXT`, chunks: once(hebrewBytes(file.ini())) }
}

/** Xero takes few lines at a time: a document's lines are never parted. */
async function* xeroEntries(row: BookExportRow, pages: Pages): AsyncGenerator<ZipEntry> {
  let rows: string[] = []
  let part = 0
  const entry = (): ZipEntry => ({ name: `xero-journal-${String((part += 1)).padStart(3, '0')}.csv`, chunks: once(`\ufeff${xeroHeadings}${rows.join('')}`) })
  for await (const documents of pages) {
    for (const document of documents) {
      const more = xeroRows(document, row.accounts)
      if (rows.length + more.length > mostXeroLines) {
        yield entry()
        rows = []
      }
      rows.push(...more)
    }
  }
  if (rows.length > 0 || part === 0) yield entry()
}

async function* lines(pages: Pages, write: (document: BookDocument) => Uint8Array): AsyncGenerator<Uint8Array> {
  for await (const documents of pages) yield Buffer.concat(documents.map(write))
}

async function* csv(headings: string, pages: Pages, write: (document: BookDocument) => string): AsyncGenerator<string> {
  yield `\ufeff${headings}` // the mark tells a spreadsheet that it is UTF-8
  for await (const documents of pages) yield documents.map(write).join('')
}

async function* once<T>(content: T): AsyncGenerator<T> {
  yield content
}
