import { strToU8, zipSync } from 'fflate'
import type { Cell, Sheet } from './table.ts'
import type { FileLanguage } from './words.ts'

/**
 * A table as an Excel file (ECMA-376) of one sheet: words are inline strings, which no spreadsheet runs, and numbers are numbers. Right to left where the
 * language is. The same bytes each time: its entries have one fixed time.
 */
export async function* workbook(sheet: Sheet, language: FileLanguage): AsyncGenerator<Uint8Array> {
  const files = { '[Content_Types].xml': contentTypes, '_rels/.rels': packageRelations, 'xl/workbook.xml': book, 'xl/_rels/workbook.xml.rels': bookRelations, 'xl/styles.xml': styles, 'xl/worksheets/sheet1.xml': sheetXml(sheet, language) }
  yield zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(`${head}${text}`)])), { mtime: '1980-01-01T12:00:00Z' })
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`
const packageRelations = `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`
const book = `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`
const bookRelations = `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`
// Style 0 is plain, 1 bold, 2 a sum with two digits (format 4 of the standard).
const styles = `<styleSheet xmlns="${main}"><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>`

function sheetXml({ headings, rows }: Sheet, language: FileLanguage): string {
  const lines = [rowXml(1, headings.map((text) => (at) => textCell(at, text, 1))), ...rows.map((row, index) => rowXml(index + 2, row.map((cell) => (at) => cellXml(at, cell))))]
  return `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"${language === 'he' ? ' rightToLeft="1"' : ''}/></sheetViews><cols><col min="1" max="${headings.length}" width="22" customWidth="1"/></cols><sheetData>${lines.join('')}</sheetData></worksheet>`
}

/** Each cell says where it stands: some readers do not count. A table of ours has less than 26 columns. */
const rowXml = (row: number, cells: readonly ((at: string) => string)[]): string => `<row r="${row}">${cells.map((cell, index) => cell(`${String.fromCodePoint(65 + index)}${row}`)).join('')}</row>`

const cellXml = (at: string, cell: Cell): string => (typeof cell === 'string' ? textCell(at, cell, 0) : 'count' in cell ? `<c r="${at}"><v>${cell.count}</v></c>` : `<c r="${at}" s="2"><v>${(cell.agorot / 100).toFixed(2)}</v></c>`)

const textCell = (at: string, text: string, style: number): string => `<c r="${at}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`

// XML 1.0 has no control characters but tab and line ends, whichever way they are written.
const escaped = (text: string): string => text.replace(/[\p{Cc}\p{Cs}]/gu, ' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
