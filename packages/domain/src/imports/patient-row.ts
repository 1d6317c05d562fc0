import type { Field } from '../fields/field.ts'
import type { FieldValue } from '../fields/value.ts'
import { blankPatient, type PatientDetails, type TypedDetails, withChanges } from '../patients/details.ts'
import { isMobile, readPhone } from '../people/phone.ts'
import { Refusal, type RefusalCode } from '../refusal.ts'
import type { PlainDate } from '../time.ts'
import type { ColumnMeaning, ImportField, PatientField } from './fields.ts'
import { fieldOfColumn, isOwnColumn, readOwnCell } from './own-column.ts'
import { readDate, readHealthFund, readLanguage, readLine, readSex, splitName, splitPhones } from './read-cell.ts'

/** Why a cell cannot be taken over. Beside the refusals of the same name: a text that does not fit or reads as nothing known. */
export type CellProblem = RefusalCode | 'text_not_allowed' | 'date_unreadable' | 'word_unknown' | 'time_unreadable' | 'number_unreadable' | 'practitioner_unknown' | 'visit_type_unknown' | 'branch_unknown' | 'patient_unknown' | 'patient_ambiguous'

export interface RowProblem {
  /** From 0; null where the whole row is meant. */
  column: number | null
  code: CellProblem
}

export interface PatientRow {
  details: PatientDetails | null
  /** Of the clinic's own fields. */
  values: { fieldId: string; value: FieldValue }[]
  /** Where there are details nevertheless, values of own fields that are left out. */
  problems: RowProblem[]
}

/** The clinic's own fields that columns may mean, and whether a row with a wrong value of one is taken over without that value. */
export interface OwnFields {
  fields: readonly Field[]
  leaveWrong: boolean
}

const most: Partial<Record<PatientField, number>> = { givenName: 80, familyName: 80, fullName: 160, givenNameLatin: 80, familyNameLatin: 80, street: 200, city: 100, postalCode: 20, deskNote: 2000, referralSource: 120 }
const lineLength = 300

/** A row of a patients' file as the details of a patient, or all that is wrong with it: every cell is looked at. */
export function readPatientRow(cells: readonly string[], mapping: readonly (ColumnMeaning | null)[], today: PlainDate, own: OwnFields = { fields: [], leaveWrong: false }): PatientRow {
  const { details, problems } = readDetails(cells, mapping, today)
  const { values, wrong } = readOwn(cells, mapping, today, own.fields)
  const all = [...problems, ...wrong].toSorted((a, b) => (a.column ?? -1) - (b.column ?? -1))
  return details && (wrong.length === 0 || own.leaveWrong) ? { details, values, problems: all } : { details: null, values: [], problems: all }
}

function readOwn(cells: readonly string[], mapping: readonly (ColumnMeaning | null)[], today: PlainDate, fields: readonly Field[]): { values: PatientRow['values']; wrong: RowProblem[] } {
  const values: PatientRow['values'] = []
  const wrong: RowProblem[] = []
  mapping.forEach((meaning, column) => {
    const field = fieldOfColumn(fields, meaning)
    const cell = cells[column] ?? ''
    if (!field || cell.trim() === '') return
    const read = readOwnCell(field, cell, today)
    if ('value' in read) values.push({ fieldId: field.id, value: read.value })
    else wrong.push({ column, code: read.problem })
  })
  return { values, wrong }
}

function readDetails(cells: readonly string[], mapping: readonly (ColumnMeaning | null)[], today: PlainDate): Pick<PatientRow, 'details' | 'problems'> {
  const problems: RowProblem[] = []
  let details: PatientDetails = nameless
  mapping.forEach((field, column) => {
    const cell = cells[column] ?? ''
    if (field === null || isOwnColumn(field) || cell.trim() === '') return
    try {
      details = withChanges(details, readField(field, cell, details, today), today)
    } catch (error) {
      if (!(error instanceof CellError || error instanceof Refusal)) throw error
      problems.push({ column, code: error.code })
    }
  })
  if (details.givenName === nameless.givenName && problems.length === 0) problems.push({ column: columnOf(mapping), code: 'name_missing' })
  return { details: problems.length > 0 ? null : details, problems }
}

/** The start of every row, so that its cells can be read one by one before its name is. No line of a file holds a NUL. */
const nameless: PatientDetails = { ...blankPatient, givenName: '\0' }

/** What a cell adds to what is known of the row so far. Later phones come after earlier ones. */
function readField(field: ImportField, cell: string, known: PatientDetails, today: PlainDate): TypedDetails {
  const line = lineOf(cell, most[field as PatientField] ?? lineLength)
  switch (field) {
    case 'givenName':
    case 'familyName':
    case 'givenNameLatin':
    case 'familyNameLatin':
    case 'deskNote':
    case 'referralSource':
      return { [field]: line }
    case 'fullName': {
      const { givenName, familyName } = splitName(line)
      return { givenName: lineOf(known.givenName === nameless.givenName ? givenName : known.givenName, 80), familyName: lineOf(known.familyName || familyName, 80) }
    }
    case 'nationalId':
      return { identifier: { kind: 'national_id', value: line } }
    case 'passport':
      return known.identifier ? {} : { identifier: { kind: 'passport', value: line } }
    case 'birthDate':
      return { birthDate: String(demand(readDate(line, today), 'date_unreadable')) }
    case 'sex':
      return { sex: demand(readSex(line), 'word_unknown') }
    case 'healthFund':
      return { healthFund: demand(readHealthFund(line), 'word_unknown') }
    case 'language':
      return { language: demand(readLanguage(line), 'word_unknown') }
    case 'email':
      return { email: line }
    case 'phone':
    case 'phone2':
      return { phones: phonesFirst(known.phones, splitPhones(cell)) }
    case 'street':
    case 'city':
    case 'postalCode':
      return { address: { ...known.address, [field]: line } }
    default:
      return {} // a field of appointments
  }
}

/** Mobiles before others, whichever column they stood in: the first number is the one that gets messages. */
function phonesFirst(known: PatientDetails['phones'], typed: readonly string[]): NonNullable<TypedDetails['phones']> {
  const added = typed.map((number) => {
    const e164 = readPhone(number)
    if (!e164) throw new CellError('phone_invalid')
    return { number, label: isMobile(e164) ? ('mobile' as const) : ('home' as const) }
  })
  const all = [...known.map(({ typed: number, label }) => ({ number, label })), ...added]
  return [...all.filter(({ label }) => label === 'mobile'), ...all.filter(({ label }) => label !== 'mobile')].slice(0, 5)
}

class CellError extends Error {
  readonly code: CellProblem
  constructor(code: CellProblem) {
    super(code)
    this.code = code
  }
}

const lineOf = (cell: string, length: number): string => demand(readLine(cell, length), 'text_not_allowed')

function demand<T>(value: T | null, code: CellProblem): T {
  if (value === null) throw new CellError(code)
  return value
}

function columnOf(mapping: readonly (ColumnMeaning | null)[]): number | null {
  const column = mapping.findIndex((field) => field === 'givenName' || field === 'fullName')
  return column < 0 ? null : column
}
