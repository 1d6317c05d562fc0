import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { unzipSync } from 'fflate'
import { type CellValue, readSheet } from 'read-excel-file/node'
import { Refusal } from '@yoman/domain/refusal'

const mostUnpacked = 600 * 1024 * 1024 // bytes that an XLSX may claim to unpack to: a zip can promise a thousand times its size

/**
 * The rows of a CSV or XLSX file as text, headings first. CSV may be UTF-8 with or without its mark, UTF-16 with it, or
 * Windows-1255, and parted by commas, semicolons or tabs. Throws `file_unreadable`, `file_too_large`.
 */
export async function* readRows(file: Buffer): AsyncGenerator<string[]> {
  if (file.subarray(0, 4).equals(zipMark)) {
    for (const row of await readWorkbook(file)) yield row.map(cellText)
    return
  }
  const text = decode(file)
  // Quotes inside a word are no quotes: Hebrew abbreviations are written with them.
  const parser = Readable.from(slices(text)).pipe(parse({ delimiter: delimiterOf(text), relax_quotes: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 1_000_000 }))
  try {
    for await (const record of parser) yield (record as string[]).map(withoutApostrophe) // without `columns` each record is an array of texts
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Refusal('file_unreadable', 'lines' in error ? { line: Number(error.lines) } : {})
  }
}

/** A little at a time: other requests are answered in between. */
function* slices(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += sliceLength) yield text.slice(at, at + sliceLength)
}

const sliceLength = 65_536

const zipMark = Buffer.from('PK\x03\x04')

/** Hebrew files are often in the code page of old Windows; what is not well-formed UTF-8 is read as that. A NUL is in no text file. */
function decode(file: Buffer): string {
  const mark = file.subarray(0, 2).toString('hex')
  const text = mark === 'fffe' ? new TextDecoder('utf-16le').decode(file) : mark === 'feff' ? new TextDecoder('utf-16be').decode(file) : decodeBytes(file)
  if (text.includes('\0')) throw new Refusal('file_unreadable')
  return text
}

function decodeBytes(file: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file)
  } catch {
    return new TextDecoder('windows-1255').decode(file) // not UTF-8, which is nothing wrong
  }
}

/** The one that parts the first line most often, outside quotes. */
function delimiterOf(text: string): string {
  const first = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const counts = [',', ';', '\t'].map((delimiter) => ({ delimiter, count: first.split(delimiter).length }))
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).delimiter
}

/** Our own exports put an apostrophe before what a spreadsheet would run. */
const withoutApostrophe = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r])/, '')

async function readWorkbook(file: Buffer): Promise<(CellValue | null)[][]> {
  let unpacked = 0
  try {
    // Reads the directory of the zip alone: nothing passes the filter.
    unzipSync(file, { filter: ({ originalSize }) => void (unpacked += originalSize) === undefined && false })
    if (unpacked <= mostUnpacked) return await readSheet(file)
  } catch (error) {
    throw new Refusal('file_unreadable', { reason: error instanceof Error ? error.name : 'unknown' })
  }
  throw new Refusal('file_too_large')
}

/** Dates of a workbook are days without a zone, told as midnight UTC; times of day lie on its day zero. */
function cellText(cell: CellValue | null): string {
  if (cell === null) return ''
  if (!(cell instanceof Date)) return withoutApostrophe(String(cell))
  const [day = '', time = ''] = cell.toISOString().split('T')
  if (day.startsWith('1899') || day.startsWith('1900-01-0')) return time.slice(0, 5)
  return time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 5)}`
}
