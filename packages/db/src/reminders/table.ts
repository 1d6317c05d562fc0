import type { ColumnType, Generated } from 'kysely'
import type { Instant, PlainDate, PlainTime } from '@yoman/domain/time'

export interface ReminderRuleTable {
  clinic_id: string
  id: string
  branch_id: string | null
  days_before: number
  at_time: PlainTime
  channel: Generated<'sms' | 'email' | 'whatsapp' | 'voice'>
  fallback_channels: Generated<('sms' | 'email' | 'whatsapp' | 'voice')[]>
  active: Generated<boolean>
  version: Generated<number>
}

export interface ReminderRuleVisitTypeTable {
  clinic_id: string
  rule_id: string
  visit_type_id: string
}

export interface ReminderWishTable {
  clinic_id: string
  id: string
  patient_id: string
  reminders: 'usual' | 'email' | 'none'
  extra_days_before: number | null
  extra_at_time: PlainTime | null
  version: Generated<number>
  written_by: string
  written_at: Instant
}

export interface ReminderSettingTable {
  clinic_id: string
  grace_minutes: Generated<number>
  sms_part_price: number | null
  version: Generated<number>
}

export interface ReminderTable {
  clinic_id: string
  id: string
  appointment_id: string
  appointment_starts_at: Instant
  rule_id: string
  channel: 'sms' | 'email' | 'whatsapp' | 'voice'
  due_at: Instant
  state: Generated<'planned' | 'queued' | 'done' | 'skipped'>
  skip_reason: string | null
  moved_for: 'sabbath' | 'holiday' | 'eve' | 'night' | null
  fallback_of: ColumnType<string | null, string | null | undefined>
}

export interface ReminderCheckTable {
  clinic_id: string
  id: string
  branch_id: string
  on_date: PlainDate
  checked_at: Instant
  leaves: number
  silent_patients: number
  unplanned: number
  bare_days: string[]
  cost: number | null
  whatsapp: number
  calls: number
  call_cost: number | null
  told: boolean
}

export interface ReminderCallTable {
  clinic_id: string
  id: string
  appointment_id: string
  appointment_starts_at: Instant
  outcome: 'reached' | 'left_word' | 'no_answer' | 'excused'
  reason: Generated<string>
  made_by: string
  made_at: Instant
  taken_back_at: Instant | null
}
