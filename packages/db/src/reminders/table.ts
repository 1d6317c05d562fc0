import type { Generated } from 'kysely'
import type { Instant, PlainTime } from '@yoman/domain/time'

export interface ReminderRuleTable {
  clinic_id: string
  id: string
  branch_id: string | null
  days_before: number
  at_time: PlainTime
  channel: Generated<'sms' | 'email'>
  active: Generated<boolean>
  version: Generated<number>
}

export interface ReminderTable {
  clinic_id: string
  id: string
  appointment_id: string
  appointment_starts_at: Instant
  rule_id: string
  channel: 'sms' | 'email'
  due_at: Instant
  state: Generated<'planned' | 'queued' | 'done' | 'skipped'>
  skip_reason: string | null
  moved_for: 'sabbath' | 'holiday' | 'eve' | 'night' | null
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
