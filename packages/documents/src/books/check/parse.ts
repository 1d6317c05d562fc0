import { type CheckedField, checkedFields, recordLength } from './fields.ts'
import type { Findings } from './findings.ts'
import type { TextLine } from './lines.ts'

/** A line taken apart. `text` and `number` answer for a field that is there; a field that is broken is 0 or empty, and was told. */
export interface ParsedRecord {
  file: 'INI' | 'BKMVDATA'
  line: number
  code: string
  text(no: number): string
  number(no: number): number
}

/** Where in a record what kind of date or hour stands. */
const dates = [1024, 1025, 1026, 1205, 1216, 1230, 1272, 1311, 1322, 1362, 1363, 1375]
const times = [1027, 1206]

/** Takes a line apart as `code`; null where its length is wrong, since then nothing behind the fault stands where it should. */
export function parseRecord(file: 'INI' | 'BKMVDATA', { line, text }: TextLine, code: string, findings: Findings): ParsedRecord | null {
  const record = text.slice(0, 4)
  if (text.length !== recordLength(code)) {
    findings.tell('length_wrong', { file, line, record, found: String(text.length), expected: String(recordLength(code)) })
    return null
  }
  for (const field of checkedFields.get(code) ?? []) {
    const value = text.slice(field.from, field.from + field.length)
    checkField(field, value, (told, expected) => findings.tell(told, { file, line, record, field: field.no, found: value.trim(), expected: expected ?? null }))
  }
  // Read again when asked: a hundred thousand records kept as maps would be too much.
  const value = (no: number): string => {
    const field = checkedFields.get(code)?.find((one) => one.no === no)
    const cut = field ? text.slice(field.from, field.from + field.length) : ''
    return field && sound(field, cut) ? cut.trim() : ''
  }
  return { file, line, code: record, text: value, number: (no) => (/^[+-]?\d+$/.test(value(no)) ? Number(value(no)) : 0) }
}

type Tell = (code: 'not_digits' | 'not_signed' | 'mandatory_empty' | 'date_wrong' | 'time_wrong', expected?: string) => void

function checkField(field: CheckedField, value: string, tell: Tell): void {
  if (!sound(field, value)) return tell(field.kind === 'N' ? 'not_digits' : 'not_signed', field.kind === 'N' ? '0'.repeat(field.length) : `+${'0'.repeat(field.length - 1)}`)
  if (dates.includes(field.no)) {
    if (/^0+$/.test(value) ? field.need === 'M' : !isDate(value)) tell('date_wrong', 'YYYYMMDD')
  } else if (times.includes(field.no)) {
    if (!/^([01]\d|2[0-3])[0-5]\d$/.test(value)) tell('time_wrong', 'hhmm')
  } else if (field.kind === 'X' && field.need === 'M' && value.trim() === '' && !isReserved(field)) tell('mandatory_empty')
}

/** An unused amount may also be blanks or exclamation marks (specification, 2.3). */
const sound = ({ kind, need }: CheckedField, value: string): boolean =>
  kind === 'X' || (kind === 'N' ? /^\d+$/.test(value) : /^[+-]\d+$/.test(value) || (need !== 'M' && /^( +|!+)$/.test(value)))

const isReserved = ({ en }: CheckedField): boolean => en.startsWith('Reserved')

function isDate(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6, 8))]
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  return year >= 1900 && day >= 1 && day <= days
}
