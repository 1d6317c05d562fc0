import type { ColumnType, Generated } from 'kysely'
import type { Instant, PlainDate } from '@yoman/domain/time'

export interface MessageTemplateTable {
  clinic_id: string
  kind: 'reminder' | 'booked' | 'moved' | 'cancelled' | 'invoice' | 'offer' | 'series_changed' | 'series_cancelled' | 'form' | 'debt' | 'statement'
  channel: 'sms' | 'email'
  language: 'he' | 'ar' | 'ru' | 'en'
  subject: Generated<string>
  body: string
  version: Generated<number>
}

export interface MessageTable {
  clinic_id: string
  id: string
  kind: 'reminder' | 'booked' | 'moved' | 'cancelled' | 'invoice' | 'offer' | 'series_changed' | 'series_cancelled' | 'form' | 'debt' | 'statement' | 'payment_link' | 'reply' | 'alarm'
  channel: 'sms' | 'email' | 'whatsapp' | 'voice'
  /** Null of what goes to the staff. */
  patient_id: string | null
  staff_id: ColumnType<string | null, string | null | undefined>
  appointment_id: string | null
  appointment_starts_at: Instant | null
  reminder_id: string | null
  invoice_id: string | null
  offer_id: string | null
  form_response_id: ColumnType<string | null, string | null | undefined>
  statement_id: ColumnType<string | null, string | null | undefined>
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
  parts: ColumnType<number | null, number | null | undefined>
  /** When it was to leave, of one that was put off since. */
  held_since: ColumnType<Instant | null, Instant | null | undefined>
  asked_at: ColumnType<Instant | null, Instant | null | undefined>
  doubled_at: ColumnType<Instant | null, Instant | null | undefined>
  /** Of a WhatsApp: the approved template, and what stands in its numbered variables. */
  content_sid: ColumnType<string | null, string | null | undefined>
  content_variables: ColumnType<Record<string, string> | null, Record<string, string> | null | undefined>
}

export interface WhatsappSettingTable {
  clinic_id: string
  sender: string | null
  version: Generated<number>
}

export interface WhatsappTemplateTable {
  clinic_id: string
  language: 'he' | 'ar' | 'ru' | 'en'
  content_sid: string | null
  body: string
}

export interface VoiceSettingTable {
  clinic_id: string
  caller: string | null
  call_price: number | null
  version: Generated<number>
}

/** An address that the networks refused for good. */
export interface DeadAddressTable {
  clinic_id: string
  channel: 'sms' | 'email' | 'whatsapp' | 'voice'
  address: string
  code: string
  marked_at: Instant
}

export interface SendingSettingTable {
  clinic_id: string
  sms_a_day: number | null
  sms_a_minute: number | null
  version: Generated<number>
}

/** How much a clinic with a ceiling or a pace has sent. */
export interface SendingDayTable {
  clinic_id: string
  day: PlainDate
  parts: number
  minute: Instant
  in_minute: number
}

export interface MessageTemplateVersionTable {
  clinic_id: string
  kind: string
  channel: string
  language: string
  version: number
  subject: string
  body: string
  written_by: string | null
  written_at: Instant
}

/** Numbers of the whole installation, of no clinic. */
export interface SendingGaugeTable {
  name: string
  value: ColumnType<string, number, number>
  measured_at: Instant
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
  channel: Generated<'sms' | 'whatsapp' | 'voice'>
  understood_as: Generated<'confirm' | 'cancel' | 'move' | 'stop' | 'start' | 'unknown'>
  received_at: Instant
}
