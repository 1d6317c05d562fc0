import type { Actor } from '../access.ts'
import { type Field, mayEdit } from '../fields/field.ts'
import { type FieldValue, readValue } from '../fields/value.ts'
import { searchName } from '../people/search-name.ts'
import { Refusal } from '../refusal.ts'
import type { PlainDate } from '../time.ts'
import { readDate, readLine } from './read-cell.ts'

/** A column that means one of the clinic's own fields of patients, by the field's id. */
export type OwnColumn = `field:${string}`

export const ownColumn = (fieldId: string): OwnColumn => `field:${fieldId}`
export const isOwnColumn = (meaning: string | null): meaning is OwnColumn => meaning?.startsWith('field:') ?? false

/** The fields that whoever imports may fill from a file: those that they may write. A document cannot stand in a cell, and a calculation is nobody's to write. */
export const importable = (actor: Actor, fields: readonly Field[]): Field[] => fields.filter((field) => field.subject === 'patient' && field.kind !== 'file' && mayEdit(actor, field))

export const fieldOfColumn = (fields: readonly Field[], meaning: string | null): Field | undefined => fields.find(({ id }) => ownColumn(id) === meaning)

const tongues = ['he', 'en', 'ar', 'ru'] as const
const closed = (text: string): string => searchName(text.replaceAll('_', ' ')).replaceAll(' ', '')

/** The field that a heading names: by its key, or by its label in any language. Null where several are called so. */
export function fieldNamed(fields: readonly Field[], heading: string): Field | null {
  const wanted = closed(heading)
  const found = wanted === '' ? [] : fields.filter(({ key, labels }) => [key, ...tongues.map((tongue) => labels[tongue])].some((name) => closed(name) === wanted))
  return found.length === 1 ? (found[0] ?? null) : null
}

export type OwnCellProblem = 'text_not_allowed' | 'date_unreadable' | 'number_unreadable' | 'word_unknown'
export type OwnCell = { value: FieldValue } | { problem: OwnCellProblem }

/** What a cell that is not empty says for a field, by the field's kind; what cannot be read is not guessed. */
export function readOwnCell(field: Field, cell: string, today: PlainDate): OwnCell {
  const value = reader[field.kind]?.(cell.trim(), field, today) ?? null
  return value === null || !isTaken(field, value) ? { problem: problemOf[field.kind] ?? 'text_not_allowed' } : { value }
}

const problemOf: Partial<Record<Field['kind'], OwnCellProblem>> = { number: 'number_unreadable', date: 'date_unreadable', choice: 'word_unknown', choices: 'word_unknown' }

/** The field's own rule has the last word: how long, how large, how long ago. */
function isTaken(field: Field, value: FieldValue): boolean {
  try {
    return readValue(field, value) !== null
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

const longest = 2_000
/** Two digits are a year up to this many years ahead: a field may hold the day on which something ends. */
const yearsAhead = 20

const reader: Partial<Record<Field['kind'], (cell: string, field: Field, today: PlainDate) => FieldValue | null>> = {
  text: (cell) => readLine(cell, longest),
  number: (cell, { unit }) => readNumber(unit !== '' && cell.endsWith(unit) ? cell.slice(0, -unit.length).trim() : cell),
  date: (cell, _field, today) => readDate(cell, today.add({ years: yearsAhead }))?.toString() ?? null,
  choice: (cell, field) => optionOf(field, cell),
  choices: (cell, field) => optionsOf(field, cell),
}

/** `12`, `-3.5`, `70,5`, `12,345.6`. `1,234` may be one and a bit or a thousand and more: it is not read. */
function readNumber(cell: string): number | null {
  if (/^-?\d{1,3}(,\d{3})+\.\d+$/.test(cell)) return Number(cell.replaceAll(',', ''))
  if (/^-?\d+,\d{3}$/.test(cell)) return null
  return /^-?\d+([.,]\d+)?$/.test(cell) ? Number(cell.replace(',', '.')) : null
}

/** What people write into a column of ticks. */
const ticks: readonly (readonly string[])[] = [
  ['כן', 'yes', 'y', 'true', 'v', '1', 'نعم', 'да'],
  ['לא', 'no', 'n', 'false', '0', 'لا', 'нет'],
]

function optionOf({ options }: Field, cell: string): string | null {
  const open = options.filter(({ retired }) => !retired)
  const called = (words: readonly string[]) => open.filter(({ key, labels }) => [key, ...tongues.map((tongue) => labels[tongue])].some((name) => name !== '' && words.some((word) => closed(name) === closed(word))))
  const exact = closed(cell) === '' ? [] : called([cell])
  const found = exact.length > 0 ? exact : called(ticks.find((words) => words.some((word) => closed(word) === closed(tickOf(cell)))) ?? [])
  return found.length === 1 ? (found[0]?.key ?? null) : null
}

const tickOf = (cell: string): string => (/^[✓✔☑]$/u.test(cell) ? 'v' : cell)

/** Several as people write them: each in a line, or with `;` or `|` between, or else with commas or strokes, which may stand in a label too. */
function optionsOf(field: Field, cell: string): string[] | null {
  const pieces = cell.split(/[;|\n]/).flatMap((piece) => (optionOf(field, piece) === null ? piece.split(/[,،/]/) : [piece]))
  const keys = pieces.filter((piece) => piece.trim() !== '').map((piece) => optionOf(field, piece.trim()))
  return keys.length === 0 || keys.includes(null) ? null : keys.filter((key) => key !== null)
}
