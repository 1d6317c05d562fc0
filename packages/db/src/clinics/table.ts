import type { Generated, GeneratedAlways } from 'kysely'
import type { Instant, PlainTime } from '@yoman/domain/time'

export interface ClinicTable {
  id: string
  clinic_id: GeneratedAlways<string>
  name: string
  name_en: Generated<string>
  legal_name: Generated<string>
  vat_number: Generated<string>
  language: Generated<'he' | 'en'>
  currency: Generated<'ILS'>
  email: string | null
  phone: string | null
  sabbath_policy: Generated<'back' | 'forward'>
  quiet_from: Generated<PlainTime>
  quiet_to: Generated<PlainTime>
  eve_cutoff: Generated<PlainTime>
  overbook_limit: Generated<number>
  dental: Generated<boolean>
  version: Generated<number>
  created_at: Generated<Instant>
}

export interface BranchTable {
  clinic_id: string
  id: string
  name: string
  name_en: Generated<string>
  address: Generated<string>
  city: Generated<string>
  phone: string | null
  time_zone: Generated<string>
  active: Generated<boolean>
  version: Generated<number>
  created_at: Generated<Instant>
}

export interface OpeningHoursTable {
  clinic_id: string
  id: string
  branch_id: string
  weekday: number
  opens: PlainTime
  closes: PlainTime
}

export interface SetupLinkTable {
  hash: Buffer
  expires_at: Instant
  used_at: Instant | null
}
