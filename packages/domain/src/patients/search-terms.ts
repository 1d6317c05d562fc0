import { readIsraeliId } from '../people/national-id.ts'
import { soundsOf } from '../people/name-sound.ts'
import { searchName } from '../people/search-name.ts'
import { plainDate } from '../time.ts'
import type { PatientDetails } from './details.ts'

export interface SearchTerms {
  /** Folded name to find by prefix; empty where there is none. */
  name: string
  /** A run of phone digits, as they stand in the index; empty where there are fewer than three. */
  digits: string
  /** Nine digits of an identity number, where the text can be one. */
  nationalId: string | null
  /** ISO dates that a day of birth in the text can mean: of two digits both centuries. */
  birthDates: string[]
}

/**
 * What one search box asks for: a name, part of a phone number (with or without its 0, +972 or dashes), an identity number,
 * a day of birth (`12.3.1980`, `12/03/80`), or a name and digits together.
 */
export function searchTerms(text: string): SearchTerms {
  const words = text.normalize('NFKC').split(/\s+/)
  const numeric = words.filter((word) => /^[\p{P}\p{S}\p{Cf}]*\d[\d\p{P}\p{S}\p{Cf}]*$/u.test(word))
  const named = words.filter((word) => !numeric.includes(word))
  const digits = numeric.join('').replace(/\D/g, '')
  return { name: searchName(named.join(' ')), digits: asIndexed(digits), nationalId: named.some(Boolean) ? null : readIsraeliId(digits), birthDates: numeric.flatMap(birthDatesIn) }
}

/** A patient's names, how they sound, and numbers as the search index holds them; phones in both forms, so that any run of either is found. */
export const indexedAs = (patient: Pick<PatientDetails, 'givenName' | 'familyName' | 'givenNameLatin' | 'familyNameLatin' | 'phones'>) => ({
  given: searchName(patient.givenName),
  family: searchName(patient.familyName),
  givenLatin: searchName(patient.givenNameLatin),
  familyLatin: searchName(patient.familyNameLatin),
  sounds: soundsOf(patient),
  phones: patient.phones.flatMap(({ number }) => [number.slice(1), ...(number.startsWith('+972') ? [`0${number.slice(4)}`] : [])]).join(' '),
})

/** Whether two records are of one person as far as a name tells: the same words, in Hebrew or in Latin letters. */
export function sameName(a: Names, b: Names): boolean {
  const words = (one: string, two: string) => searchName(`${one} ${two}`).split(' ').sort().join(' ')
  const latin = words(a.givenNameLatin, a.familyNameLatin)
  return words(a.givenName, a.familyName) === words(b.givenName, b.familyName) || (latin !== '' && latin === words(b.givenNameLatin, b.familyNameLatin))
}

/** Whether a folded text, or each of its words, begins one of the names. */
export function nameFits(names: Names, folded: string): boolean {
  const words = searchName(`${names.givenName} ${names.familyName} ${names.givenNameLatin} ${names.familyNameLatin}`).split(' ')
  return folded.split(' ').every((part) => words.some((word) => word.startsWith(part)))
}

type Names = Pick<PatientDetails, 'givenName' | 'familyName' | 'givenNameLatin' | 'familyNameLatin'>

/** Day before month, as it is said in Israel. */
function birthDatesIn(word: string): string[] {
  const [, day = '', month = '', year = ''] = /^\p{Cf}*(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})\p{Cf}*$/u.exec(word)?.filter((_, index) => index !== 2) ?? []
  const years = year.length === 2 ? [`19${year}`, `20${year}`] : [year]
  return years.map((one) => `${one}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`).filter(isDate)
}

function isDate(iso: string): boolean {
  try {
    return plainDate(iso).toString() === iso
  } catch {
    return false // the thirtieth of February, or no date at all
  }
}

function asIndexed(digits: string): string {
  const plain = digits.replace(/^00/, '').replace(/^9720/, '972') // 00972…, and +972 (0)50…
  return plain.length < 3 ? '' : plain
}
