import { expect, it } from 'vitest'
import { aMonth, asBytes, written } from '../books.fixture.ts'
import { hebrewBytes } from '../iso-8859-8.ts'
import { checkBooks } from './check-books.ts'
import { checkedFields, recordLength } from './fields.ts'
import { type FindingCode, findingCodes, mostOfOneCode } from './findings.ts'
import specification from '../openfrmt-fields.fixture.json' with { type: 'json' }

const sound = written(aMonth())
const today = '20261130'

interface Books { ini: string; data: string }

const placeOf = (no: number) => {
  for (const fields of checkedFields.values()) for (const field of fields) if (field.no === no) return field
  throw new Error(`no field ${no}`)
}

/** The file with one field of the nth record of its kind written over. */
function put(books: Books, code: string, nth: number, no: number, value: string): Books {
  const { from, length, kind } = placeOf(no)
  const fitted = kind === 'X' ? value.padEnd(length) : value.length === length ? value : value.padStart(length, '0')
  const name = code === 'A000' || code === 'SUM' ? 'ini' : 'data'
  let seen = 0
  const lines = books[name].split('\r\n').map((line) => {
    if (code === 'SUM' ? line.length !== 19 : !line.startsWith(code)) return line
    return seen++ === nth ? line.slice(0, from) + fitted + line.slice(from + length) : line
  })
  return { ...books, [name]: lines.join('\r\n') }
}
const inData = (books: Books, change: (lines: string[]) => string[]): Books => ({ ...books, data: change(books.data.split('\r\n')).join('\r\n') })
const drop = (code: string, nth = 0) => (lines: string[]): string[] => {
  const at = lines.flatMap((line, index) => (line.startsWith(code) ? [index] : []))[nth] ?? -1
  return lines.filter((_, index) => index !== at)
}
const amount = (agorot: number, length = 15): string => `${agorot < 0 ? '-' : '+'}${String(Math.abs(agorot)).padStart(length - 1, '0')}`

/** A fault of each kind that a file can have, and where it must be found. */
const faults: [FindingCode, Books, Partial<{ record: string; field: number }>][] = [
  ['line_end', { ...sound, data: sound.data.replace('\r\n', '\n') }, {}],
  ['record_unknown', inData(sound, (lines) => lines.map((line, index) => (index === 1 ? `Q${line.slice(1)}` : line))), { record: 'Q100' }],
  ['record_misplaced', inData(sound, drop('A100')), {}],
  ['record_misplaced', inData(sound, drop('Z900')), {}],
  ['length_wrong', inData(sound, (lines) => lines.map((line, index) => (index === 1 ? `${line} ` : line))), { record: 'C100' }],
  ['not_digits', put(sound, 'C100', 0, 1215, '00000000A'), { record: 'C100', field: 1215 }],
  ['not_signed', put(sound, 'C100', 0, 1223, '0000000053459.0'), { record: 'C100', field: 1223 }],
  ['mandatory_empty', put(sound, 'D110', 0, 1260, ''), { record: 'D110', field: 1260 }],
  ['mandatory_empty', put(sound, 'C100', 0, 1207, ''), { record: 'C100', field: 1207 }],
  ['mandatory_empty', put(sound, 'B110', 0, 1421, ''), { record: 'B110', field: 1421 }],
  ['mandatory_empty', put(sound, 'D120', 0, 1320, ''), { record: 'D120', field: 1320 }],
  ['date_wrong', put(sound, 'C100', 0, 1230, '20260230'), { record: 'C100', field: 1230 }],
  ['time_wrong', put(sound, 'C100', 0, 1206, '2460'), { record: 'C100', field: 1206 }],
  ['constant_wrong', put(sound, 'Z900', 0, 1154, '&OF1.30&'), { record: 'Z900', field: 1154 }],
  ['constant_wrong', put(sound, 'A000', 0, 1005, '&OF1.30&'), { record: 'A000', field: 1005 }],
  ['record_number', put(sound, 'D110', 1, 1251, '77'), { record: 'D110', field: 1251 }],
  ['tax_number_differs', put(sound, 'D120', 0, 1302, '514238766'), { record: 'D120', field: 1302 }],
  ['primary_id_differs', put(sound, 'A100', 0, 1103, '123456789012346'), { record: 'A100', field: 1103 }],
  ['total_records', put(sound, 'Z900', 0, 1155, '4'), { record: 'Z900', field: 1155 }],
  ['total_records', put(sound, 'A000', 0, 1002, '4'), { record: 'A000', field: 1002 }],
  ['summary_wrong', put(sound, 'SUM', 0, 1051, '1'), { field: 1051 }],
  ['summary_wrong', { ...sound, ini: sound.ini.split('\r\n').filter((line) => !line.startsWith('D120')).join('\r\n') }, { record: 'D120' }],
  ['period_missing', put(sound, 'A000', 0, 1025, '00000000'), { field: 1025 }],
  ['path_wrong', put(sound, 'A000', 0, 1012, 'OPENFRMT'), { field: 1012 }],
  ['charset_unknown', put(sound, 'A000', 0, 1029, '3'), { field: 1029 }],
  ['date_in_future', put(sound, 'C100', 0, 1205, '20261201'), { field: 1205 }],
  ['date_outside_period', put(sound, 'C100', 0, 1230, '20261031'), { record: 'C100', field: 1230 }],
  ['date_outside_period', put(put(sound, 'B100', 0, 1363, '20261031'), 'B100', 0, 1375, '20261031'), { record: 'B100', field: 1363 }],
  ['kind_unknown', put(sound, 'C100', 0, 1203, '306'), { record: 'C100', field: 1203 }],
  ['document_twice', put(sound, 'C100', 2, 1204, '7'), { field: 1204 }],
  ['series_gap', put(sound, 'C100', 1, 1204, '5'), { field: 1204 }],
  ['document_without_lines', inData(sound, (lines) => drop('D110', 0)(drop('D110', 0)(lines))), { record: 'C100' }],
  ['document_without_payments', inData(sound, drop('D120', 2)), { record: 'C100' }],
  ['line_without_document', put(sound, 'D120', 0, 1304, '99'), { record: 'D120' }],
  ['line_number', put(sound, 'D110', 1, 1255, '3'), { field: 1255 }],
  ['line_date_differs', put(sound, 'D110', 0, 1272, '20261111'), { field: 1272 }],
  ['link_differs', put(sound, 'D120', 0, 1323, '9'), { field: 1323 }],
  ['base_half_named', put(sound, 'D110', 0, 1256, '300'), { field: 1257 }],
  ['method_unknown', put(sound, 'D120', 0, 1306, '0'), { field: 1306 }],
  ['cheque_incomplete', put(sound, 'D120', 3, 1307, '0'), { field: 1307 }],
  ['sign_wrong', put(sound, 'C100', 6, 1222, amount(-763)), { field: 1222 }],
  ['sign_wrong', put(sound, 'D110', 0, 1266, amount(100)), { field: 1266 }],
  ['line_product', put(sound, 'D110', 0, 1265, amount(9_000)), { field: 1267 }],
  ['lines_sum', put(sound, 'D110', 1, 1267, amount(1)), { field: 1219 }],
  ['discount_sum', put(sound, 'C100', 0, 1220, amount(-1)), { field: 1221 }],
  ['total_sum', put(sound, 'C100', 0, 1223, amount(1)), { field: 1223 }],
  ['vat_wrong', put(put(sound, 'D110', 0, 1268, '1700'), 'D110', 1, 1268, '1700'), { field: 1222 }],
  ['receipt_sum', put(sound, 'C100', 5, 1222, amount(100)), { field: 1222 }],
  ['payments_sum', put(sound, 'D120', 0, 1312, amount(43_458)), { field: 1223 }],
  ['customer_unknown', put(sound, 'C100', 0, 1225, 'P9'), { field: 1225 }],
  ['side_wrong', put(sound, 'B100', 0, 1366, '3'), { field: 1366 }],
  ['entry_unbalanced', put(sound, 'B100', 0, 1368, amount(1)), { field: 1353 }],
  ['entry_line', put(sound, 'B100', 1, 1354, '7'), { field: 1354 }],
  ['account_unknown', put(sound, 'B100', 0, 1364, '9999'), { field: 1364 }],
  ['account_twice', put(sound, 'B110', 1, 1403, '1001'), { field: 1403 }],
  ['account_totals', put(sound, 'B110', 0, 1415, amount(5)), { field: 1415 }],
]

it.each(faults.map(([code, books, at], index) => ({ index, code, books, at })))('finds $code ($index)', async ({ code, books, at }) => {
  const { findings } = await checkBooks({ ...asBytes(books), today })
  expect(findings).toContainEqual(expect.objectContaining({ code, ...at }))
})

it('finds letters of another encoding, with a word for Unicode', async () => {
  const { ini, data } = asBytes(sound)
  const unicode = await checkBooks({ ini, data: new TextEncoder().encode(sound.data), today })
  expect(unicode.findings).toContainEqual(expect.objectContaining({ code: 'utf8', line: 2 }))
  const strange = data.slice()
  strange[150] = 0x8c
  expect((await checkBooks({ ini, data: strange, today })).findings).toContainEqual(expect.objectContaining({ code: 'bytes_wrong', line: 2, found: '0x8C' }))
})

it('reads CP-862 where the head says so', async () => {
  const { ini, data } = asBytes(put(sound, 'A000', 0, 1029, '2'))
  const dos = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => (byte >= 0xe0 ? byte - 0x60 : byte))
  expect((await checkBooks({ ini: dos(ini), data: dos(data), today })).findings.map(({ code }) => code)).toEqual(['unregistered'])
})

it('tells of a file that is not there or empty', async () => {
  const { ini } = asBytes(sound)
  expect([...(await checkBooks({ ini: null, data: null, today })).counts.keys()]).toEqual(['ini_missing', 'data_missing'])
  expect((await checkBooks({ ini, data: hebrewBytes(''), today })).findings).toContainEqual(expect.objectContaining({ code: 'file_empty', file: 'BKMVDATA' }))
})

it('lists a fault of every line a few times and counts it always', async () => {
  const bad = inData(sound, (lines) => lines.map((line) => line && `${line} `))
  const { findings, counts } = await checkBooks({ ...asBytes(bad), today })
  expect(findings.filter(({ code }) => code === 'length_wrong')).toHaveLength(mostOfOneCode)
  expect(counts.get('length_wrong')).toBe(sound.data.split('\r\n').length - 1)
})

it('lets others work in between, also where it looks at all documents together', async () => {
  const [, , , , , receipt] = aMonth()
  if (!receipt) throw new Error('a month has its receipt')
  const books = asBytes(written(Array.from({ length: 6_000 }, (_, index) => ({ ...receipt, number: index + 1 }))))
  let turns = 0
  let next = setImmediate(function others() {
    turns += 1
    next = setImmediate(others)
  })
  const { records } = await checkBooks({ ...books, today })
  clearImmediate(next)
  const lines = [...records.values()].reduce((sum, count) => sum + count, 0)
  const paid = records.get('D120') ?? 0
  expect(records.get('C100')).toBe(6_000)
  // Once for each two thousand lines, then for payments against their headers, for sums, and for running numbers.
  expect(turns).toBeGreaterThanOrEqual(Math.floor(lines / 2_000) + Math.floor(paid / 2_000) + 2 * 3)
})

it('survives what is no uniform file at all', async () => {
  const noise = Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 256)
  expect((await checkBooks({ ini: noise, data: noise, today })).findings.length).toBeGreaterThan(3)
})

it('shows a fault of every kind that it knows', () => {
  const shown = new Set<string>([...faults.map(([code]) => code), 'utf8', 'bytes_wrong', 'ini_missing', 'data_missing', 'file_empty', 'unregistered'])
  expect(Object.keys(findingCodes).filter((code) => !shown.has(code))).toEqual([])
})

it('knows the lengths of the specification', () => {
  for (const [code, length] of Object.entries(specification.lengths)) expect([code, recordLength(code)]).toEqual([code, length])
})
