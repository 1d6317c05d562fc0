import { formulaSafe } from '../imports/known.ts'
import type { Agorot } from '../money/agorot.ts'
import { dearest } from './price-list.ts'

export interface CsvPrice {
  code: string
  name: string
  /** Null: none of its own here. */
  priceAgorot: Agorot | null
}

/** RFC 4180 with the mark of UTF-8; shekels with a point. No cell that a spreadsheet would run. @param headings of code, name and price, in the reader's language */
export const writePriceCsv = (headings: readonly string[], rows: readonly CsvPrice[]): string =>
  `\ufeff${[headings, ...rows.map(({ code, name, priceAgorot }) => [code, name, priceAgorot === null ? '' : (priceAgorot / 100).toFixed(2)])].map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('')}`

const cellOf = (text: string): string => {
  const safe = formulaSafe(text)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export interface ReadPrices {
  prices: { code: string; priceAgorot: Agorot | null }[]
  /** Numbers of lines, the headings being 1, that hold no price that can be read. */
  unread: number[]
}

/** Reads code (first column) and price (last column) of each line after the headings; commas, semicolons or tabs between them. An empty price takes it away. */
export function readPriceCsv(text: string): ReadPrices {
  const lines = rowsOf(text.replace(/^\ufeff/, ''))
  const prices: ReadPrices['prices'] = []
  const unread: number[] = []
  for (const [index, cells] of lines.entries()) {
    if (index === 0 || cells.every((cell) => cell.trim() === '')) continue
    const code = (cells[0] ?? '').trim().replace(/^'(?=[=+\-@])/, '')
    const price = cells.length < 2 ? undefined : readAmount(cells.at(-1) ?? '')
    if (code === '' || price === undefined) unread.push(index + 1)
    else prices.push({ code, priceAgorot: price })
  }
  return { prices, unread }
}

/** Agorot; null for an empty cell, undefined for what is no price. */
function readAmount(cell: string): Agorot | null | undefined {
  const digits = cell.replace(/[\s₪]/g, '').replace(/,(?=\d{3}(\D|$))/g, '')
  if (digits === '') return null
  const match = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(digits)
  if (!match) return undefined
  const agorot = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  return agorot <= dearest ? agorot : undefined
}

function rowsOf(text: string): string[][] {
  const between = separatorOf(text.split(/\r?\n/, 1)[0] ?? '')
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at)
    if (quoted) {
      if (letter !== '"') cell += letter
      else if (text.charAt(at + 1) === '"') cell += text.charAt((at += 1))
      else quoted = false
    } else if (letter === '"' && cell === '') quoted = true
    else if (letter === between || letter === '\n') {
      rows.at(-1)?.push(cell)
      cell = ''
      if (letter === '\n') rows.push([])
    } else if (letter !== '\r') cell += letter
  }
  rows.at(-1)?.push(cell)
  return rows
}

const separatorOf = (headings: string): string => [';', '\t'].find((sign) => headings.includes(sign) && !headings.includes(',')) ?? ','
