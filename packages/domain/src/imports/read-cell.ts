import type { HealthFund, PatientLanguage, Sex } from '../patients/details.ts'
import { searchName } from '../people/search-name.ts'
import { type PlainDate, type PlainTime, plainDate, plainTime } from '../time.ts'

/** Readers of what clinics write into spreadsheets. Each gives null for what it cannot read; none guesses. */

/**
 * A day: `31/12/1984`, `31.12.84`, `1984-12-31`, with a time after it or not. Day before month, as here; two digits are a year of
 * this century unless that lies after `latest`.
 */
export function readDate(text: string, latest: PlainDate): PlainDate | null {
  const [dayPart = ''] = text.trim().split(/[\sT]+/)
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(dayPart)
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})$/.exec(dayPart)
  if (!local) return null
  const [day, month, year] = [Number(local[1]), Number(local[2]), Number(local[3])]
  if (local[3]?.length === 4) return dateOf(year, month, day)
  const soon = dateOf(2000 + year, month, day)
  return soon && soon.since(latest).sign > 0 ? dateOf(1900 + year, month, day) : soon
}

/** A time of day: `9:30`, `09.30`, `0930`, with seconds or not, alone or after a date. */
export function readTime(text: string): PlainTime | null {
  const timePart = text.trim().split(/[\sT]+/).at(-1) ?? ''
  const found = /^(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?Z?$/.exec(timePart) ?? /^(\d{2})(\d{2})$/.exec(timePart)
  if (!found) return null
  const [hour, minute] = [Number(found[1]), Number(found[2])]
  return hour < 24 && minute < 60 ? plainTime(`${pad(hour)}:${pad(minute)}`) : null
}

const sexes: Record<Sex, readonly string[]> = {
  female: ['נ', 'נקבה', 'אישה', 'בת', 'f', 'female', 'woman'],
  male: ['ז', 'זכר', 'גבר', 'בן', 'm', 'male', 'man'],
  other: ['אחר', 'other', 'x'],
  unknown: ['לא ידוע', 'unknown', '-'],
}

const funds: Record<HealthFund, readonly string[]> = {
  '101': ['כללית', 'שירותי בריאות כללית', 'clalit', '101'],
  '102': ['לאומית', 'leumit', '102'],
  '103': ['מכבי', 'maccabi', 'macabi', '103'],
  '104': ['מאוחדת', 'meuhedet', '104'],
  '401': ['צהל', 'idf', '401'],
  '402': ['משרד הביטחון', 'ministry of defense', 'ministry of defence', '402'],
  '480': ['הרשות הפלסטינית', 'palestinian authority', '480'],
}

const tongues: Record<PatientLanguage, readonly string[]> = {
  he: ['עברית', 'hebrew', 'he', 'עב'],
  ar: ['ערבית', 'arabic', 'ar', 'عربي', 'العربية'],
  ru: ['רוסית', 'russian', 'ru', 'русский'],
  en: ['אנגלית', 'english', 'en'],
}

export const readSex = (text: string): Sex | null => (text.trim() === '-' ? 'unknown' : oneOf(sexes, text))
export const readHealthFund = (text: string): HealthFund | null => oneOf(funds, text)
export const readLanguage = (text: string): PatientLanguage | null => oneOf(tongues, text)

/** Given and family name of a whole one: the first word, and the rest. A comma turns them round. */
export function splitName(text: string): { givenName: string; familyName: string } {
  const turned = /^([^,]+),\s*(.+)$/.exec(text.trim())
  if (turned) return { givenName: turned[2] ?? '', familyName: (turned[1] ?? '').trim() }
  const [givenName = '', ...rest] = text.trim().split(/\s+/)
  return { givenName, familyName: rest.join(' ') }
}

/** Several numbers in one cell, as people write them. */
export const splitPhones = (text: string): string[] => text.split(/[,;/\n]|\sאו\s/).map((part) => part.trim()).filter((part) => part !== '')

/** One line: white space of any kind as single blanks. Null where a control character is left or it is too long. */
export function readLine(text: string, most: number): string | null {
  const line = text.replace(/\s+/g, ' ').trim()
  return !/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(line) && [...line].length <= most ? line : null
}

function oneOf<T extends string>(words: Record<T, readonly string[]>, text: string): T | null {
  const folded = searchName(text)
  if (folded === '') return null
  const keys = Object.keys(words) as T[] // keys of the record given
  return keys.find((key) => words[key].some((word) => searchName(word) === folded)) ?? null
}

function dateOf(year: number, month: number, day: number): PlainDate | null {
  try {
    return plainDate(`${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`)
  } catch {
    return null // a RangeError is how Temporal says that there is no such day
  }
}

const pad = (number: number): string => String(number).padStart(2, '0')
