import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'

export interface MessageTemplateTable {
  clinic_id: string
  kind: 'reminder' | 'booked' | 'moved' | 'cancelled' | 'invoice' | 'offer' | 'series_changed' | 'series_cancelled' | 'form'
  channel: 'sms' | 'email'
  language: 'he' | 'ar' | 'ru' | 'en'
  subject: Generated<string>
  body: string
  version: Generated<number>
}

export interface MessageTable {
  clinic_id: string
  id: string
  kind: 'reminder' | 'booked' | 'moved' | 'cancelled' | 'invoice' | 'offer' | 'series_changed' | 'series_cancelled' | 'form'
  channel: 'sms' | 'email'
  patient_id: string
  appointment_id: string | null
  appointment_starts_at: Instant | null
  reminder_id: string | null
  invoice_id: string | null
  offer_id: string | null
  form_response_id: ColumnType<string | null, string | null | undefined>
  dedupe_key: string
  language: 'he' | 'ar' | 'ru' | 'en'
  to_address: string
  subject: Generated<string>
  body: string
  state: Generated<'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'skipped'>
  not_before: Instant
  useful_until: Instant | null
  attempt: Generated<number>
  lease_until: Instant | null
  first_tried_at: Instant | null
  lookups: Generated<number>
  sent_at: Instant | null
  settled_at: Instant | null
  provider_id: string | null
  provider_status: string | null
  error_code: string | null
  created_at: Instant
}

/** What a message about several visits said of each. */
export interface MessageVisitTable {
  clinic_id: string
  message_id: string
  appointment_id: string
  starts_at: Instant
  cancelled: boolean
}

export interface MessageReceiptTable {
  clinic_id: string
  id: string
  message_id: string
  provider_id: string
  status: string
  error_code: string | null
  received_at: Instant
}

export interface InboundMessageTable {
  clinic_id: string
  id: string
  provider_id: string
  from_number: string
  body: string
  patient_id: string | null
  appointment_id: string | null
  understood_as: Generated<'confirm' | 'cancel' | 'stop' | 'start' | 'unknown'>
  received_at: Instant
}
