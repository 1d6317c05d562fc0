import { setImmediate } from 'node:timers/promises'
import { checkAgainstHeader, checkDocuments, keyOf, where } from './check-documents.ts'
import { checkJournal } from './check-journal.ts'
import { checkedFields } from './fields.ts'
import { collectFindings, type Finding, type FindingCode, type Findings } from './findings.ts'
import { breath, eachInTurn } from './in-turn.ts'
import { type Charset, linesOf } from './lines.ts'
import { type ParsedRecord, parseRecord } from './parse.ts'

export interface CheckedBooks {
  findings: Finding[]
  /** How many there are of each, also those that are not listed. */
  counts: Map<FindingCode, number>
  /** Records of BKMVDATA by their code. */
  records: Map<string, number>
  business: string
  vatNumber: string
  from: string
  to: string
}

const constant = '&OF1.31&'
const inData = ['A100', 'B100', 'B110', 'C100', 'D110', 'D120', 'M100', 'Z900']
const summed = ['B100', 'B110', 'C100', 'D110', 'D120', 'M100']

/**
 * Checks a pair of files by the rules of the uniform file 1.31: line ends and letters, lengths and types of fields, running numbers
 * and counts, dates, that records belong together, and that every sum agrees. Knows nothing of our writer. `today` is `YYYYMMDD`.
 * Lets others work in between, since a year has a hundred thousand lines.
 */
export async function checkBooks({ ini, data, today }: { ini: Uint8Array | null; data: Uint8Array | null; today: string }): Promise<CheckedBooks> {
  const findings = collectFindings()
  if (!ini) findings.tell('ini_missing', { file: 'INI' })
  if (!data) findings.tell('data_missing', { file: 'BKMVDATA' })
  const head = readHead(ini, findings)
  const records = data ? await checkData(data, head, today, findings) : new Map<string, number>()
  if (ini && data) checkSummary(head, records, findings)
  return {
    findings: findings.listed, counts: findings.counts, records,
    business: head.a000?.text(1018) ?? '', vatNumber: head.a000?.text(1003) ?? '', from: head.a000?.text(1024) ?? '', to: head.a000?.text(1025) ?? '',
  }
}

interface Head {
  a000: ParsedRecord | null
  summary: { record: ParsedRecord; code: string; count: number }[]
  charset: Charset
  period: { from: string; to: string } | null
}

function readHead(ini: Uint8Array | null, findings: Findings): Head {
  const head: Head = { a000: null, summary: [], charset: 'iso-8859-8', period: null }
  if (!ini) return head
  // The head itself says how its letters are written: the digit stands behind plain ASCII or single bytes in any case.
  if (ini[395] === 0x32) head.charset = 'cp862'
  if (ini.length === 0) findings.tell('file_empty', { file: 'INI' })
  for (const line of linesOf('INI', ini, head.charset, findings)) {
    const code = line.text.slice(0, 4)
    if ((line.line === 1) !== (code === 'A000')) findings.tell('record_misplaced', { file: 'INI', line: line.line, record: code, expected: line.line === 1 ? 'A000' : null })
    if (code !== 'A000' && !summed.includes(code)) {
      findings.tell('record_unknown', { file: 'INI', line: line.line, record: code })
      continue
    }
    const record = parseRecord('INI', line, code === 'A000' ? 'A000' : 'SUM', findings)
    if (record && code === 'A000') head.a000 = record
    else if (record) head.summary.push({ record, code, count: record.number(1051) })
  }
  if (head.a000) head.period = checkHead(head.a000, findings)
  return head
}

function checkHead(a000: ParsedRecord, findings: Findings): Head['period'] {
  const at = where(a000)
  if (a000.text(1005) !== constant) findings.tell('constant_wrong', { ...at, field: 1005, found: a000.text(1005), expected: constant })
  if (!['1', '2'].includes(a000.text(1029))) findings.tell('charset_unknown', { ...at, field: 1029, found: a000.text(1029), expected: '1 / 2' })
  if (a000.number(1006) === 0) findings.tell('unregistered', { ...at, field: 1006 })
  const folder = `OPENFRMT\\${a000.text(1003).slice(0, 8)}.`
  if (!/^[A-Z]:\\OPENFRMT\\\d{8}\.\d{2}\\\d{8}\\?$/.test(a000.text(1012)) || !a000.text(1012).includes(folder)) findings.tell('path_wrong', { ...at, field: 1012, found: a000.text(1012), expected: `X:\\${folder}YY\\MMDDhhmm` })
  if (a000.text(1011) === '1') {
    if (a000.number(1023) === 0) findings.tell('period_missing', { ...at, field: 1023 })
    return { from: `${a000.text(1023)}0101`, to: `${a000.text(1023)}1231` }
  }
  const [from, to] = [a000.text(1024), a000.text(1025)]
  if (Number(from) !== 0 && Number(to) !== 0 && from <= to) return { from, to }
  findings.tell('period_missing', { ...at, field: Number(from) === 0 ? 1024 : 1025, found: `${from}-${to}` })
  return null
}

async function checkData(data: Uint8Array, head: Head, today: string, findings: Findings): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  const documents = checkDocuments(findings, today, head.period)
  const journal = checkJournal(findings, head.period)
  const headers = new Map<string, ParsedRecord>()
  const later: ParsedRecord[] = []
  let last = { line: 0, code: '' }
  let opening: ParsedRecord | null = null
  if (data.length === 0) findings.tell('file_empty', { file: 'BKMVDATA' })
  for (const line of linesOf('BKMVDATA', data, head.charset, findings)) {
    if (line.line % breath === 0) await setImmediate()
    const code = line.text.slice(0, 4)
    last = { line: line.line, code }
    if (!inData.includes(code) || !checkedFields.has(code)) {
      findings.tell('record_unknown', { file: 'BKMVDATA', line: line.line, record: code })
      continue
    }
    counts.set(code, (counts.get(code) ?? 0) + 1)
    if ((line.line === 1) !== (code === 'A100')) findings.tell('record_misplaced', { file: 'BKMVDATA', line: line.line, record: code, expected: line.line === 1 ? 'A100' : null })
    const record = parseRecord('BKMVDATA', line, code, findings)
    if (!record) continue
    checkCommon(record, opening ?? record, head.a000, findings)
    if (code === 'A100') opening = record
    else if (code === 'C100') headers.set(keyOf(record, 1203, 1204), record)
    if (code === 'B100' || code === 'B110') journal.take(record)
    else if (code === 'C100' || code === 'D110' || code === 'D120') documents.take(record)
    if (code === 'D110' || code === 'D120') later.push(record)
    if (code === 'Z900' && record.number(1155) !== line.line) findings.tell('total_records', { ...where(record), field: 1155, found: record.text(1155), expected: String(line.line) })
  }
  if (last.code !== 'Z900' || (counts.get('Z900') ?? 0) > 1) findings.tell('record_misplaced', { file: 'BKMVDATA', line: last.line, record: last.code, expected: 'Z900' })
  await eachInTurn(later, (record) => {
    const header = headers.get(record.code === 'D110' ? keyOf(record, 1253, 1254) : keyOf(record, 1303, 1304))
    if (header) checkAgainstHeader(record, header, findings)
  })
  await journal.end((await documents.end()).customers)
  if (head.a000 && head.a000.number(1002) !== last.line) findings.tell('total_records', { ...where(head.a000), field: 1002, found: head.a000.text(1002), expected: String(last.line) })
  return counts
}

const numbering: Record<string, [record: number, tax: number]> = {
  A100: [1101, 1102], B100: [1351, 1352], B110: [1401, 1402], C100: [1201, 1202], D110: [1251, 1252], D120: [1301, 1302], M100: [1451, 1452], Z900: [1151, 1152],
}

/** Where a business with branches (1034) says whose a record is. */
const branchField: Record<string, number> = { B100: 1374, B110: 1421, C100: 1231, D110: 1270, D120: 1320 }

/** What every record says of the file: its own number in it, whose it is, and on its first and last line which production it is. */
function checkCommon(record: ParsedRecord, opening: ParsedRecord, a000: ParsedRecord | null, findings: Findings): void {
  const [number, tax] = numbering[record.code] ?? [0, 0]
  if (record.number(number) !== record.line) findings.tell('record_number', { ...where(record), field: number, found: record.text(number), expected: String(record.line) })
  const mine = a000?.text(1003) ?? opening.text(1102)
  if (record.text(tax) !== mine) findings.tell('tax_number_differs', { ...where(record), field: tax, found: record.text(tax), expected: mine })
  const branch = branchField[record.code]
  if (branch !== undefined && a000?.text(1034) === '1' && record.text(branch) === '') findings.tell('mandatory_empty', { ...where(record), field: branch })
  if (record.code !== 'A100' && record.code !== 'Z900') return
  const [id, told] = record.code === 'A100' ? [1103, 1104] : [1153, 1154]
  const primary = a000?.text(1004) ?? opening.text(1103)
  if (record.text(id) !== primary) findings.tell('primary_id_differs', { ...where(record), field: id, found: record.text(id), expected: primary })
  if (record.text(told) !== constant) findings.tell('constant_wrong', { ...where(record), field: told, found: record.text(told), expected: constant })
}

function checkSummary({ summary }: Head, records: ReadonlyMap<string, number>, findings: Findings): void {
  for (const { record, code, count } of summary) {
    const there = records.get(code) ?? 0
    if (count !== there) findings.tell('summary_wrong', { ...where(record), field: 1051, found: String(count), expected: String(there) })
  }
  for (const code of summed) {
    const there = records.get(code) ?? 0
    if (there > 0 && !summary.some((line) => line.code === code)) findings.tell('summary_wrong', { file: 'INI', record: code, found: '0', expected: String(there) })
  }
}
