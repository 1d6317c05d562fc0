import { readEmail } from '../people/email.ts'
import { readIsraeliId, readPassport } from '../people/national-id.ts'
import { readPhone } from '../people/phone.ts'
import { Refusal } from '../refusal.ts'
import { type PlainDate, plainDate } from '../time.ts'

export type Sex = 'female' | 'male' | 'other' | 'unknown'
export type PatientLanguage = 'he' | 'ar' | 'ru' | 'en'
export type HealthFund = '101' | '102' | '103' | '104' | '401' | '402' | '480'
export type PhoneLabel = 'mobile' | 'home' | 'work' | 'guardian' | 'other'

export interface Identifier {
  kind: 'national_id' | 'passport'
  /** ISO 3166 code of the issuing country; null for Israel's identity number and where unknown. */
  country: string | null
  value: string
}

/** What the clinic knows of a person apart from visits. Texts are trimmed, phones are E.164. */
export interface PatientDetails {
  givenName: string
  familyName: string
  givenNameLatin: string
  familyNameLatin: string
  identifier: Identifier | null
  birthDate: PlainDate | null
  sex: Sex
  phones: readonly { number: string; typed: string; label: PhoneLabel }[]
  email: string | null
  address: { street: string; city: string; postalCode: string }
  healthFund: HealthFund | null
  language: PatientLanguage
  /** Clinical text: allergies, medicines, conditions. */
  alerts: string
  deskNote: string
  referralSource: string
  active: boolean
}

/** The same as a person typed it; what is absent stays as it was. */
export interface TypedDetails {
  givenName?: string
  familyName?: string
  givenNameLatin?: string
  familyNameLatin?: string
  identifier?: { kind: 'national_id' | 'passport'; value: string; country?: string } | null
  birthDate?: string | null
  sex?: Sex
  phones?: readonly { number: string; label?: PhoneLabel }[]
  email?: string | null
  address?: { street: string; city: string; postalCode: string }
  healthFund?: HealthFund | null
  language?: PatientLanguage
  alerts?: string
  deskNote?: string
  referralSource?: string
  active?: boolean
}

/** The start of every new patient. */
export const blankPatient: PatientDetails = {
  givenName: '',
  familyName: '',
  givenNameLatin: '',
  familyNameLatin: '',
  identifier: null,
  birthDate: null,
  sex: 'unknown',
  phones: [],
  email: null,
  address: { street: '', city: '', postalCode: '' },
  healthFund: null,
  language: 'he',
  alerts: '',
  deskNote: '',
  referralSource: '',
  active: true,
}

/**
 * The details after a person's changes. Throws `name_missing`, `national_id_invalid`, `passport_invalid`, `phone_invalid`
 * (with the `index` of the phone), `email_invalid`, `birth_date_in_future` or `birth_date_too_early` (120 years and more).
 */
export function withChanges(current: PatientDetails, typed: TypedDetails, today: PlainDate): PatientDetails {
  const line = (now: string, then: string | undefined) => (then === undefined ? now : then.trim())
  const details: PatientDetails = {
    givenName: line(current.givenName, typed.givenName),
    familyName: line(current.familyName, typed.familyName),
    givenNameLatin: line(current.givenNameLatin, typed.givenNameLatin),
    familyNameLatin: line(current.familyNameLatin, typed.familyNameLatin),
    identifier: changed(current.identifier, typed.identifier, readIdentifier),
    birthDate: changed(current.birthDate, typed.birthDate, (text) => readBirthDate(text, today)),
    sex: typed.sex ?? current.sex,
    phones: typed.phones ? readPhones(typed.phones) : current.phones,
    email: changed(current.email, typed.email, readAddress),
    address: typed.address
      ? { street: typed.address.street.trim(), city: typed.address.city.trim(), postalCode: typed.address.postalCode.trim() }
      : current.address,
    healthFund: typed.healthFund === undefined ? current.healthFund : typed.healthFund,
    language: typed.language ?? current.language,
    alerts: typed.alerts ?? current.alerts, // as written: clinical text is kept letter by letter
    deskNote: typed.deskNote ?? current.deskNote,
    referralSource: line(current.referralSource, typed.referralSource),
    active: typed.active ?? current.active,
  }
  if (!/[^\s\p{Cf}]/u.test(details.givenName)) throw new Refusal('name_missing')
  return details
}

/** The names of the fields that differ: for the audit trail, which never holds their contents. */
export function changedFields(before: PatientDetails, after: PatientDetails): (keyof PatientDetails)[] {
  const fields = Object.keys(before) as (keyof PatientDetails)[] // keys of an object made here
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
}

function changed<Now, Typed>(current: Now | null, typed: Typed | null | undefined, readTyped: (typed: Typed) => Now): Now | null {
  if (typed === undefined) return current
  return typed === null ? null : readTyped(typed)
}

function readIdentifier(typed: NonNullable<TypedDetails['identifier']>): Identifier {
  if (typed.kind === 'national_id') {
    const value = readIsraeliId(typed.value)
    if (!value) throw new Refusal('national_id_invalid')
    return { kind: 'national_id', country: null, value }
  }
  const value = readPassport(typed.value)
  if (!value) throw new Refusal('passport_invalid')
  return { kind: 'passport', country: typed.country ?? null, value }
}

function readBirthDate(typed: string, today: PlainDate): PlainDate {
  const date = plainDate(typed)
  if (date.since(today).sign > 0) throw new Refusal('birth_date_in_future')
  if (date.until(today, { largestUnit: 'years' }).years >= 120) throw new Refusal('birth_date_too_early')
  return date
}

function readPhones(typed: NonNullable<TypedDetails['phones']>): PatientDetails['phones'] {
  const phones = typed.map((phone, index) => {
    const number = readPhone(phone.number)
    if (!number) throw new Refusal('phone_invalid', { index })
    return { number, typed: phone.number.trim(), label: phone.label ?? 'mobile' }
  })
  return phones.filter((phone, index) => phones.findIndex((other) => other.number === phone.number) === index)
}

function readAddress(typed: string): string {
  const email = readEmail(typed)
  if (!email) throw new Refusal('email_invalid')
  return email
}
