import type { TypedDetails } from '@yoman/domain/patients/details'

type Consent = [channel: 'sms' | 'email' | 'phone', purpose: 'service' | 'marketing' | 'e_invoice', state: 'given' | 'refused']

/**
 * The patients of each clinic. `sara` agreed to everything; `ahmad` (Arabic) to SMS; `olga` (Russian) to e-mail; `john` (English,
 * passport) was never asked; `noam` is a child and `sara` the guardian; `rivka` refused SMS.
 */
export interface PatientPlan extends TypedDetails {
  key: 'sara' | 'ahmad' | 'olga' | 'john' | 'noam' | 'rivka'
  givenName: string
  consents: Consent[]
  guardian?: 'sara'
}

export interface CastPlan {
  key: string
  name: string
  language: 'he' | 'en'
  timeZone: string
  centerName: string
  northName: string
  address: string
  city: string
  phone: string
  staffNames: Record<'owner' | 'receptionist' | 'doctor' | 'hygienist' | 'assistant' | 'accountant' | 'otherDoctor' | 'northReceptionist', string>
  patients: PatientPlan[]
}

const everything: Consent[] = [['sms', 'service', 'given'], ['email', 'service', 'given'], ['email', 'e_invoice', 'given']]

const patients: PatientPlan[] = [
  { key: 'sara', givenName: 'שרה', familyName: 'לוי', givenNameLatin: 'Sara', familyNameLatin: 'Levi', language: 'he', sex: 'female', birthDate: '1984-05-02', identifier: { kind: 'national_id', value: '000000018' }, phones: [{ number: '050-1234501' }], email: 'sara@patients.example', consents: everything },
  { key: 'ahmad', givenName: 'أحمد', familyName: 'منصور', givenNameLatin: 'Ahmad', familyNameLatin: 'Mansour', language: 'ar', sex: 'male', birthDate: '1990-11-20', phones: [{ number: '052-1234502' }], consents: [['sms', 'service', 'given']] },
  { key: 'olga', givenName: 'Ольга', familyName: 'Петрова', givenNameLatin: 'Olga', familyNameLatin: 'Petrova', language: 'ru', sex: 'female', birthDate: '1957-01-31', phones: [{ number: '054-1234503' }], email: 'olga@patients.example', consents: [['email', 'service', 'given']] },
  { key: 'john', givenName: 'John', familyName: 'Smith', language: 'en', sex: 'male', birthDate: '1975-07-07', identifier: { kind: 'passport', value: 'X1234567', country: 'GB' }, phones: [{ number: '+442079460123' }], email: 'john@patients.example', consents: [] },
  { key: 'noam', givenName: 'נועם', familyName: 'לוי', language: 'he', sex: 'male', birthDate: '2017-09-15', phones: [{ number: '050-1234501' }], consents: [['sms', 'service', 'given']], guardian: 'sara' },
  { key: 'rivka', givenName: 'רבקה', familyName: 'כהן', language: 'he', sex: 'female', birthDate: '1969-03-08', phones: [{ number: '03-6123456' }, { number: '053-1234506' }], email: 'rivka@patients.example', consents: [['sms', 'service', 'refused'], ['email', 'service', 'given']] },
]

export const hadarPlan: CastPlan = {
  key: 'hadar',
  name: 'מרפאת הדר',
  language: 'he',
  timeZone: 'Asia/Jerusalem',
  centerName: 'הדר מרכז',
  northName: 'הדר צפון',
  address: 'הרצל 1',
  city: 'חיפה',
  phone: '+97248000001',
  staffNames: { owner: 'דפנה', receptionist: 'רותי', doctor: 'ד״ר מיכל', hygienist: 'שירי', assistant: 'מור', accountant: 'חנה', otherDoctor: 'ד״ר יוסי', northReceptionist: 'סיגל' },
  patients,
}

export const thamesPlan: CastPlan = {
  key: 'thames',
  name: 'Thames Clinic',
  language: 'en',
  timeZone: 'Europe/London',
  centerName: 'Thames Centre',
  northName: 'Thames North',
  address: '1 River Road',
  city: 'London',
  phone: '+442079460001',
  staffNames: { owner: 'Olivia', receptionist: 'Ruth', doctor: 'Dr Mary', hygienist: 'Sheila', assistant: 'Morgan', accountant: 'Hannah', otherDoctor: 'Dr Joe', northReceptionist: 'Sam' },
  patients,
}
