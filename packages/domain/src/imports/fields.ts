import type { Field } from '../fields/field.ts'
import { searchName } from '../people/search-name.ts'
import { fieldNamed, fieldOfColumn, isOwnColumn, ownColumn, type OwnColumn } from './own-column.ts'

/** What a column of a patients' file may mean. */
export const patientFields = [
  'givenName', 'familyName', 'fullName', 'givenNameLatin', 'familyNameLatin', 'nationalId', 'passport', 'birthDate', 'sex', 'phone', 'phone2', 'email',
  'street', 'city', 'postalCode', 'healthFund', 'language', 'deskNote', 'referralSource',
] as const
export type PatientField = (typeof patientFields)[number]

/** What a column of an appointments' file may mean. The patient is found by id, or by phone and name. */
export const appointmentFields = ['givenName', 'familyName', 'fullName', 'nationalId', 'phone', 'branch', 'practitioner', 'visitType', 'date', 'time', 'durationMinutes', 'deskNote'] as const
export type AppointmentField = (typeof appointmentFields)[number]

export type ImportKind = 'patients' | 'appointments'
export type ImportField = PatientField | AppointmentField
/** What a column means: what everybody has, or one of the clinic's own fields of patients. */
export type ColumnMeaning = ImportField | OwnColumn

export const fieldsOf = (kind: ImportKind): readonly ImportField[] => (kind === 'patients' ? patientFields : appointmentFields)

const words: Record<ImportField, readonly string[]> = {
  givenName: ['שם פרטי', 'פרטי', 'first name', 'given name', 'firstname', 'first'],
  familyName: ['שם משפחה', 'משפחה', 'last name', 'family name', 'surname', 'lastname', 'last'],
  fullName: ['שם', 'שם מלא', 'שם המטופל', 'שם מטופל', 'שם לקוח', 'מטופל', 'מטופלת', 'לקוח', 'name', 'full name', 'patient', 'patient name', 'client'],
  givenNameLatin: ['שם פרטי באנגלית', 'שם פרטי לועזי', 'first name english', 'first name latin', 'english first name'],
  familyNameLatin: ['שם משפחה באנגלית', 'שם משפחה לועזי', 'last name english', 'last name latin', 'english last name'],
  nationalId: ['תז', 'תעודת זהות', 'מספר זהות', 'מספר תעודת זהות', 'מס זהות', 'זהות', 'id', 'id number', 'national id', 'identity number', 'teudat zehut', 'tz'],
  passport: ['דרכון', 'מספר דרכון', 'passport', 'passport number'],
  birthDate: ['תאריך לידה', 'ת לידה', 'לידה', 'birth date', 'date of birth', 'birthday', 'dob', 'birthdate'],
  sex: ['מין', 'מגדר', 'sex', 'gender'],
  phone: ['טלפון', 'נייד', 'טלפון נייד', 'סלולרי', 'טלפון סלולרי', 'פלאפון', 'מספר טלפון', 'phone', 'mobile', 'cell', 'cellphone', 'mobile phone', 'phone number', 'telephone'],
  phone2: ['טלפון נוסף', 'טלפון בבית', 'טלפון בית', 'טלפון 2', 'נייד נוסף', 'phone 2', 'home phone', 'second phone', 'other phone'],
  email: ['דואל', 'דואר אלקטרוני', 'אימייל', 'מייל', 'כתובת מייל', 'email', 'e mail', 'mail'],
  street: ['רחוב', 'כתובת', 'street', 'address', 'street address'],
  city: ['עיר', 'ישוב', 'יישוב', 'city', 'town'],
  postalCode: ['מיקוד', 'zip', 'zip code', 'postal code', 'postcode'],
  healthFund: ['קופת חולים', 'קופה', 'קופח', 'health fund', 'hmo', 'kupat holim', 'kupa'],
  language: ['שפה', 'language'],
  deskNote: ['הערה', 'הערות', 'הערת דלפק', 'note', 'notes', 'remarks', 'comment', 'comments'],
  referralSource: ['מקור הגעה', 'איך הגיע', 'הופנה על ידי', 'referral', 'referral source', 'source', 'referred by'],
  branch: ['סניף', 'מרפאה', 'branch', 'clinic', 'location'],
  practitioner: ['מטפל', 'מטפלת', 'רופא', 'רופאה', 'רופא מטפל', 'שם המטפל', 'practitioner', 'doctor', 'provider', 'therapist'],
  visitType: ['סוג תור', 'סוג ביקור', 'סוג טיפול', 'טיפול', 'סיבת ביקור', 'visit type', 'type', 'treatment', 'appointment type', 'service'],
  date: ['תאריך', 'תאריך תור', 'מועד', 'תאריך ושעה', 'date', 'appointment date', 'start date', 'start', 'starts at'],
  time: ['שעה', 'שעת התחלה', 'שעת תור', 'time', 'start time', 'hour'],
  durationMinutes: ['משך', 'משך בדקות', 'דקות', 'duration', 'minutes', 'length'],
}

/** Both sides are folded and closed up, so punctuation, blanks, vowel points and final letters do not matter. */
const closed = (text: string): string => searchName(text).replaceAll(' ', '')

const meanings = (kind: ImportKind): Map<string, ImportField> => new Map(fieldsOf(kind).flatMap((field) => words[field].map((word) => [closed(word), field])))

/** What each heading probably means: known words in Hebrew and English, else one of the clinic's own fields of patients (`own`); each meaning once, the first column that fits. */
export function guessMapping(kind: ImportKind, headings: readonly string[], own: readonly Field[] = []): (ColumnMeaning | null)[] {
  const known = meanings(kind)
  const used = new Set<ColumnMeaning>()
  return headings.map((heading) => {
    const field = known.get(closed(heading)) ?? null
    // A second phone column is the second phone.
    const meant = field === 'phone' && used.has('phone') && kind === 'patients' ? 'phone2' : (field ?? ownMeaning(kind, heading, own))
    if (!meant || used.has(meant)) return null
    used.add(meant)
    return meant
  })
}

function ownMeaning(kind: ImportKind, heading: string, own: readonly Field[]): OwnColumn | null {
  const field = kind === 'patients' ? fieldNamed(own, heading) : null
  return field && ownColumn(field.id)
}

/** Whether the columns say enough, each meaning at most once. Gives what is missing, doubled, or none of the importer's own fields (`own`); null where all is well. */
export function missingColumn(kind: ImportKind, mapping: readonly (ColumnMeaning | null)[], own: readonly Field[] = []): ColumnMeaning | null {
  const used = mapping.filter((field) => field !== null)
  const means = (field: ColumnMeaning): boolean => (isOwnColumn(field) ? kind === 'patients' && fieldOfColumn(own, field) !== undefined : fieldsOf(kind).includes(field))
  const doubled = used.find((field, place) => used.indexOf(field) !== place || !means(field))
  if (doubled) return doubled
  const named = used.includes('givenName') || used.includes('fullName')
  if (kind === 'patients') return named ? null : 'givenName'
  if (!used.includes('date')) return 'date'
  if (!used.includes('practitioner')) return 'practitioner'
  return used.includes('nationalId') || (used.includes('phone') && named) ? null : 'nationalId'
}
