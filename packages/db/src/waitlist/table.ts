import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '@yoman/domain/time'

export interface WaitlistEntryTable {
  clinic_id: string
  id: string
  branch_id: string
  patient_id: string
  visit_type_id: string
  duration_minutes: number | null
  weekdays: Generated<number[]>
  parts: Generated<('morning' | 'afternoon' | 'evening')[]>
  urgency: Generated<'normal' | 'soon' | 'urgent'>
  until_date: PlainDate | null
  note: Generated<string>
  appointment_id: string | null
  status: Generated<'open' | 'booked' | 'done' | 'removed' | 'expired'>
  booked_id: string | null
  waiting_since: Instant
  closed_at: Instant | null
  version: Generated<number>
  created_by: string | null
}

export interface WaitlistPractitionerTable {
  clinic_id: string
  entry_id: string
  practitioner_id: string
}

export interface WaitlistPlaceTable {
  clinic_id: string
  id: string
  branch_id: string
  practitioner_id: string
  starts_at: Instant
  ends_at: Instant
  freed_at: Instant
  dismissed_at: Instant | null
}

export interface WaitlistOfferTable {
  clinic_id: string
  id: string
  entry_id: string
  hold_id: string
  told_by: 'sms' | 'phone'
  status: Generated<'open' | 'taken' | 'declined' | 'lost' | 'expired' | 'withdrawn'>
  token_hash: Buffer | null
  expires_at: Instant
  created_at: Instant
  created_by: string | null
  answered_at: Instant | null
  answered_by: 'patient' | 'desk' | null
}

export interface WaitlistSettingTable {
  clinic_id: string
  offer_minutes: Generated<number>
  offer_next: Generated<boolean>
  version: Generated<number>
}
