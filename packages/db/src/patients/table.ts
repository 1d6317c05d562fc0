import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '@yoman/domain/time'
import type { Json } from '../json.ts'

export interface PatientTable {
  clinic_id: string
  id: string
  given_name: string
  family_name: Generated<string>
  given_name_latin: Generated<string>
  family_name_latin: Generated<string>
  identifier_kind: 'national_id' | 'passport' | null
  identifier_country: string | null
  identifier_sealed: Buffer | null
  identifier_index: Buffer | null
  birth_date: PlainDate | null
  sex: Generated<'female' | 'male' | 'other' | 'unknown'>
  email: string | null
  street: Generated<string>
  city: Generated<string>
  postal_code: Generated<string>
  health_fund: '101' | '102' | '103' | '104' | '401' | '402' | '480' | null
  language: Generated<'he' | 'ar' | 'ru' | 'en'>
  alerts_sealed: Buffer | null
  desk_note: Generated<string>
  referral_source: Generated<string>
  active: Generated<boolean>
  version: Generated<number>
  created_at: Generated<Instant>
  /** The record in which this one goes on; see `patient_merge`. */
  merged_into: string | null
  of_age_reviewed_on: PlainDate | null
  of_age_reviewed_by: string | null
}

export interface PatientPhoneTable {
  clinic_id: string
  id: string
  patient_id: string
  number: string
  typed: Generated<string>
  label: Generated<'mobile' | 'home' | 'work' | 'guardian' | 'other'>
  rank: Generated<number>
}

export interface PatientRelationTable {
  clinic_id: string
  id: string
  patient_id: string
  related_id: string
  kind: 'guardian' | 'parent' | 'child' | 'spouse' | 'sibling' | 'payer' | 'other'
  told: Generated<('appointments' | 'clinical' | 'money')[]>
  tells: Generated<('appointments' | 'clinical' | 'money')[]>
  told_on: PlainDate | null
  tells_on: PlainDate | null
}

export interface ConsentTable {
  clinic_id: string
  id: string
  patient_id: string
  channel: 'sms' | 'email' | 'phone' | 'whatsapp' | 'voice'
  purpose: 'service' | 'marketing' | 'e_invoice'
  state: 'given' | 'refused'
  source: 'desk' | 'form' | 'reply' | 'import' | 'system'
  evidence: Generated<string>
  recorded_at: Instant
  recorded_by: string | null
}

export interface PatientMergeTable {
  clinic_id: string
  id: string
  survivor_id: string
  merged_id: string
  reason: Generated<string>
  choices: Json
  state: Generated<'proposed' | 'declined' | 'merged' | 'undone'>
  proposed_by: string
  proposed_at: Instant
  decided_by: string | null
  decided_at: Instant | null
  undone_by: string | null
  undone_at: Instant | null
  before_sealed: Buffer | null
}

export interface PatientMergeRowTable {
  clinic_id: string
  merge_id: string
  table_name: string
  column_name: string
  row_key: Json
}
