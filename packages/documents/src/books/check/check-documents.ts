import type { Findings } from './findings.ts'
import { eachInTurn } from './in-turn.ts'
import type { ParsedRecord } from './parse.ts'

interface Seen {
  header: ParsedRecord | null
  first: ParsedRecord
  lines: number
  payments: number
  lineSum: number
  paymentSum: number
  cash: boolean
  rates: Set<number>
}

/** Codes of the specification's first appendix. */
const kinds = [
  100, 200, 205, 210, 300, 305, 310, 320, 330, 340, 345, 400, 405, 410, 420, 500, 600, 610, 700, 710, 800, 810, 820, 830, 840, 900, 910,
]
const receipts = ['400', '405']
const withLines = ['100', '300', '305', '310', '320', '330']

export interface DocumentCheck {
  take(record: ParsedRecord): void
  end(): Promise<{ customers: Map<string, ParsedRecord> }>
}

interface Check {
  findings: Findings
  /** `YYYYMMDD`. */
  today: string
  period: { from: string; to: string } | null
  documents: Map<string, Seen>
  customers: Map<string, ParsedRecord>
}

/** Headers, lines and payments: that they belong together, and that their sums agree (C100, D110, D120). */
export function checkDocuments(findings: Findings, today: string, period: Check['period']): DocumentCheck {
  const check: Check = { findings, today, period, documents: new Map(), customers: new Map() }
  return {
    take(record) {
      if (record.code === 'C100') takeHeader(check, record)
      else if (record.code === 'D110') takeLine(check, record)
      else takePayment(check, record)
    },
    async end() {
      await eachInTurn(check.documents.values(), (document) => checkWhole(document, findings))
      await checkSeries(check.documents, findings)
      return { customers: check.customers }
    },
  }
}

function seen({ documents }: Check, key: string, first: ParsedRecord): Seen {
  const known = documents.get(key) ?? { header: null, first, lines: 0, payments: 0, lineSum: 0, paymentSum: 0, cash: false, rates: new Set<number>() }
  documents.set(key, known)
  return known
}

function takeHeader(check: Check, record: ParsedRecord): void {
  const { findings, today, period, customers } = check
  const at = where(record)
  checkKind(record, 1203, findings)
  const document = seen(check, keyOf(record, 1203, 1204), record)
  if (document.header) findings.tell('document_twice', { ...at, field: 1204, found: record.text(1204) })
  document.header = record
  for (const no of [1205, 1230]) if (record.text(no) > today) findings.tell('date_in_future', { ...at, field: no, found: record.text(no), expected: today })
  const date = record.text(1230)
  if (period && (date < period.from || date > period.to)) findings.tell('date_outside_period', { ...at, field: 1230, found: date, expected: `${period.from}-${period.to}` })
  if (record.text(1225) !== '' && !customers.has(record.text(1225))) customers.set(record.text(1225), record)
  for (const no of [1219, 1221, 1222, 1223, 1224]) if (record.number(no) < 0) findings.tell('sign_wrong', { ...at, field: no, found: record.text(no), expected: '+' })
  if (record.number(1220) > 0) findings.tell('sign_wrong', { ...at, field: 1220, found: record.text(1220), expected: '-' })
  for (const no of [1207, 1225]) if (record.text(no) === '' && record.number(1203) <= 710) findings.tell('mandatory_empty', { ...at, field: no })
}

function takeLine(check: Check, record: ParsedRecord): void {
  const { findings } = check
  const at = where(record)
  checkKind(record, 1253, findings)
  const document = seen(check, keyOf(record, 1253, 1254), record)
  document.lines += 1
  document.lineSum += record.number(1267)
  if (record.number(1268) > 0) document.rates.add(record.number(1268))
  if (record.number(1255) !== document.lines) findings.tell('line_number', { ...at, field: 1255, found: record.text(1255), expected: String(document.lines) })
  if ((record.number(1256) === 0) !== (record.text(1257) === '')) findings.tell('base_half_named', { ...at, field: record.number(1256) === 0 ? 1256 : 1257 })
  if (record.number(1266) > 0) findings.tell('sign_wrong', { ...at, field: 1266, found: record.text(1266), expected: '-' })
  const [quantity, product] = [record.number(1264) / 10_000, (record.number(1264) * record.number(1265)) / 10_000 + record.number(1266)]
  // A unit's price without VAT is rounded to the agora, so each unit may be half of one away.
  if (record.number(1265) !== 0 && Math.abs(product - record.number(1267)) > Math.abs(quantity) / 2 + 0.5)
    findings.tell('line_product', { ...at, field: 1267, found: money(record.number(1267)), expected: money(Math.round(product)) })
}

function takePayment(check: Check, record: ParsedRecord): void {
  const { findings } = check
  const at = where(record)
  checkKind(record, 1303, findings)
  const document = seen(check, keyOf(record, 1303, 1304), record)
  document.payments += 1
  document.paymentSum += record.number(1312)
  const method = record.number(1306)
  document.cash ||= method === 1
  if (record.number(1305) !== document.payments) findings.tell('line_number', { ...at, field: 1305, found: record.text(1305), expected: String(document.payments) })
  if (method < 1) findings.tell('method_unknown', { ...at, field: 1306, found: record.text(1306), expected: '1-9' })
  if (method === 2) for (const no of [1307, 1308, 1309, 1310]) if (record.number(no) === 0) findings.tell('cheque_incomplete', { ...at, field: no })
}

const dateField: Record<string, number> = { D110: 1272, D120: 1322 }
const linkField: Record<string, number> = { D110: 1273, D120: 1323 }

/** Beside the sums of one document: a line says the same date and link as its header. */
export function checkAgainstHeader(record: ParsedRecord, header: ParsedRecord, findings: Findings): void {
  const [date, link] = [dateField[record.code] ?? 0, linkField[record.code] ?? 0]
  if (record.text(date) !== header.text(1230)) findings.tell('line_date_differs', { ...where(record), field: date, found: record.text(date), expected: header.text(1230) })
  if (record.number(link) !== 0 && header.number(1234) !== 0 && record.number(link) !== header.number(1234))
    findings.tell('link_differs', { ...where(record), field: link, found: record.text(link), expected: header.text(1234) })
}

function checkWhole({ header, first, lines, payments, lineSum, paymentSum, cash, rates }: Seen, findings: Findings): void {
  if (!header) return findings.tell('line_without_document', { ...where(first), found: first.text(first.code === 'D110' ? 1254 : 1304) })
  const at = where(header)
  const kind = header.text(1203)
  const [before, discount, net, vat, total] = [1219, 1220, 1221, 1222, 1223].map((no) => header.number(no)) as [number, number, number, number, number] // five of five
  const differ = (code: 'lines_sum' | 'discount_sum' | 'total_sum' | 'receipt_sum' | 'payments_sum' | 'vat_wrong', field: number, found: number, expected: number): void =>
    findings.tell(code, { ...at, field, found: money(found), expected: money(expected) })

  if (withLines.includes(kind) && lines === 0) findings.tell('document_without_lines', { ...at, found: header.text(1204) })
  if ([...receipts, '320'].includes(kind) && payments === 0) findings.tell('document_without_payments', { ...at, found: header.text(1204) })
  if (lines > 0 && lineSum !== before) differ('lines_sum', 1219, before, lineSum)
  if (before + discount !== net) differ('discount_sum', 1221, net, before + discount)
  if (receipts.includes(kind)) {
    if (vat !== 0) differ('receipt_sum', 1222, vat, 0)
    if (net !== total) differ('receipt_sum', 1221, net, total)
  } else {
    if (net + vat !== total) differ('total_sum', 1223, total, net + vat)
    const [rate] = rates
    const expected = rate === undefined ? null : (net * rate) / 10_000
    if (rates.size === 1 && expected !== null && Math.abs(expected - vat) > (kind === '330' ? 2 : 1)) differ('vat_wrong', 1222, vat, Math.round(expected))
  }
  // Cash is taken in tens of agorot, so up to five may be missing or over.
  if (payments > 0 && Math.abs(paymentSum - total) > (cash ? 5 : 0)) differ('payments_sum', 1223, total, paymentSum)
}

/** Numbers of one kind follow each other; those with letters of a series before them are series of their own. */
async function checkSeries(documents: ReadonlyMap<string, Seen>, findings: Findings): Promise<void> {
  const series = new Map<string, { number: number; header: ParsedRecord }[]>()
  await eachInTurn(documents.values(), ({ header }) => {
    const parts = header && /^(\D*)0*(\d+)$/.exec(header.text(1204))
    if (!header || !parts) return
    const [name, one] = [`${header.text(1203)} ${parts[1] ?? ''}`, { number: Number(parts[2]), header }]
    const known = series.get(name)
    if (known) known.push(one) // in place: a copy for each document would take seconds
    else series.set(name, [one])
  })
  for (const all of series.values()) {
    const sorted = all.sort((a, b) => a.number - b.number)
    sorted.forEach(({ number, header }, index) => {
      const before = sorted[index - 1]
      if (before && number > before.number + 1) findings.tell('series_gap', { ...where(header), field: 1204, found: header.text(1204), expected: String(before.number + 1) })
    })
  }
}

function checkKind(record: ParsedRecord, no: number, findings: Findings): void {
  if (!kinds.includes(record.number(no))) findings.tell('kind_unknown', { ...where(record), field: no, found: record.text(no) })
}

export const keyOf = (record: ParsedRecord, kind: number, number: number): string => `${record.text(kind)} ${record.text(number)}`
export const where = ({ file, line, code }: ParsedRecord) => ({ file, line, record: code })
export const money = (agorot: number): string => (agorot / 100).toFixed(2)
