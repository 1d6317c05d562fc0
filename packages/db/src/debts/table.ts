import type { ColumnType, Generated } from 'kysely'
import type { Instant, PlainDate } from '@yoman/domain/time'

/** A transaction invoice that something may be owed on; kept by a trigger of `invoice`. */
export interface OpenRequestTable {
  clinic_id: string
  invoice_id: string
}

export interface DebtSettingTable {
  clinic_id: string
  days_to_pay: Generated<number>
  reminding: Generated<boolean>
  version: Generated<number>
}

export interface DebtStepTable {
  clinic_id: string
  step: number
  after_days: number
  way: 'sms' | 'email' | 'call'
}

/** What was done about a document, once for each step. */
export interface DebtReminderTable {
  clinic_id: string
  invoice_id: string
  step: number
  /** Null where no way was possible; `skip_reason` says why. */
  way: 'sms' | 'email' | 'call' | null
  message_id: string | null
  task_id: string | null
  skip_reason: string | null
  /** Null: the worker. */
  made_by: string | null
  made_at: Instant
}

/** A debt that was given up; it is asked for again when it is ended. */
export interface DebtWriteOffTable {
  clinic_id: string
  id: string
  invoice_id: string
  /** What was owed on it then, in agorot. */
  amount_agorot: number
  reason: string
  made_by: string
  made_at: Instant
  ended_by: ColumnType<string | null, string | null | undefined>
  ended_at: ColumnType<Instant | null, Instant | null | undefined>
}

/** Nobody reminds this patient until the end of a day. */
export interface DebtPauseTable {
  clinic_id: string
  id: string
  patient_id: string
  until_on: PlainDate
  reason: string
  made_by: string
  made_at: Instant
  ended_at: ColumnType<Instant | null, Instant | null | undefined>
}
