import { readIsraeliId } from '../people/national-id.ts'
import { readPhone } from '../people/phone.ts'
import { searchName } from '../people/search-name.ts'
import { type Instant, type PlainDate, type PlainTime, atWallTime, timeIn } from '../time.ts'
import type { ColumnMeaning, ImportField } from './fields.ts'
import type { CellProblem, RowProblem } from './patient-row.ts'
import { readDate, readLine, readTime, splitName, splitPhones } from './read-cell.ts'

/** Who and what the words of a file may mean. Inactive ones are not among them. */
export interface Directory {
  branches: readonly { id: string; names: readonly string[]; zone: string }[]
  practitioners: readonly { id: string; names: readonly string[]; profession: string; branchIds: readonly string[] }[]
  visitTypes: readonly { id: string; names: readonly string[]; profession: string | null }[]
}

export interface WantedVisit {
  nationalId: string | null
  /** E.164. */
  phones: string[]
  givenName: string
  familyName: string
  branchId: string
  practitionerId: string
  visitTypeId: string
  startsAt: Instant
  /** Null: as long as visits of its kind are. */
  minutes: number | null
  deskNote: string
}

export interface AppointmentRow {
  visit: WantedVisit | null
  problems: RowProblem[]
}

/**
 * A row of an appointments' file as a visit that is wanted, or all that is wrong with it. Without a branch it is the practitioner's
 * only one, without a kind of visit the first that the practitioner's profession does. A time that the wall clock skips is refused.
 */
export function readAppointmentRow(cells: readonly string[], mapping: readonly (ColumnMeaning | null)[], directory: Directory, today: PlainDate): AppointmentRow {
  const problems: RowProblem[] = []
  const columnOf = (field: ImportField): number | null => (mapping.includes(field) ? mapping.indexOf(field) : null)
  const cell = (field: ImportField): string => cells[columnOf(field) ?? -1]?.trim() ?? ''
  const wrong = (field: ImportField, code: CellProblem): null => {
    problems.push({ column: columnOf(field), code })
    return null
  }
  const text = (field: ImportField, most: number): string => readLine(cell(field), most) ?? wrong(field, 'text_not_allowed') ?? ''

  const nationalId = cell('nationalId') === '' ? null : (readIsraeliId(cell('nationalId')) ?? wrong('nationalId', 'national_id_invalid'))
  const phones = splitPhones(cell('phone')).map((number) => readPhone(number) ?? wrong('phone', 'phone_invalid') ?? '')
  const whole = splitName(text('fullName', 160))
  const practitioner = find(directory.practitioners, cell('practitioner')) ?? wrong('practitioner', 'practitioner_unknown')
  // What would follow from a practitioner who is not known is not held against the row a second time.
  const branch = branchOf(directory, cell('branch'), practitioner) ?? (practitioner || cell('branch') ? wrong('branch', 'branch_unknown') : null)
  const visitType = visitTypeOf(directory, cell('visitType'), practitioner) ?? (practitioner || cell('visitType') ? wrong('visitType', 'visit_type_unknown') : null)
  const date = readDate(cell('date'), today.add({ years: 2 })) ?? wrong('date', 'date_unreadable')
  const time = readTime(cell('time') || cell('date')) ?? wrong(columnOf('time') === null ? 'date' : 'time', 'time_unreadable')
  const minutes = minutesOf(cell('durationMinutes'))
  if (minutes === 'unreadable') wrong('durationMinutes', 'number_unreadable')
  const startsAt = branch && date && time ? (onTheWall(branch.zone, date, time) ?? wrong('time', 'time_unreadable')) : null
  const deskNote = text('deskNote', 1000)
  const givenName = text('givenName', 80) || whole.givenName
  const familyName = text('familyName', 80) || whole.familyName
  if (problems.length > 0 || !practitioner || !branch || !visitType || !startsAt || minutes === 'unreadable') return { visit: null, problems }
  return { visit: { nationalId, phones, givenName, familyName, branchId: branch.id, practitionerId: practitioner.id, visitTypeId: visitType.id, startsAt, minutes, deskNote }, problems }
}

function branchOf({ branches }: Directory, name: string, practitioner: Directory['practitioners'][number] | null) {
  if (name !== '') return find(branches, name)
  const own = branches.filter(({ id }) => practitioner?.branchIds.includes(id))
  const only = branches.length === 1 ? branches : own
  return only.length === 1 ? (only[0] ?? null) : null
}

function visitTypeOf({ visitTypes }: Directory, name: string, practitioner: Directory['practitioners'][number] | null) {
  if (name !== '') return find(visitTypes, name)
  return visitTypes.find(({ profession }) => profession === null || profession === practitioner?.profession) ?? null
}

/** The one that is called so; null where nobody is, or several are. */
function find<T extends { names: readonly string[] }>(all: readonly T[], name: string): T | null {
  const wanted = withoutTitle(name)
  const found = wanted === '' ? [] : all.filter(({ names }) => names.some((one) => withoutTitle(one) === wanted))
  return found.length === 1 ? (found[0] ?? null) : null
}

const withoutTitle = (name: string): string => searchName(name).replace(/^(דר|ד ר|דוקטור|פרופ|פרופסור|dr|prof|mr|mrs|ms) /, '')

function minutesOf(text: string): number | null | 'unreadable' {
  if (text === '') return null
  const found = /^(\d{1,3})(?:\s*(?:דק|דקות|min|minutes|m)?['׳.]?)?$/i.exec(text)
  const minutes = Number(found?.[1] ?? 0)
  return minutes >= 5 && minutes <= 720 ? minutes : 'unreadable'
}

function onTheWall(zone: string, date: PlainDate, time: PlainTime): Instant | null {
  const at = atWallTime(zone, date, time)
  return timeIn(zone, at).equals(time) ? at : null
}
