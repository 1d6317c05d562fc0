import type { Generated, JSONColumnType } from 'kysely'
import type { AccountStatement, StatementReaders } from '@yoman/domain/statements/statement'
import type { Instant, PlainDate } from '@yoman/domain/time'

export interface StatementSettingTable {
  clinic_id: string
  readers: Generated<StatementReaders>
  /** Of the month after, 1 to 21. */
  day: Generated<number>
  version: Generated<number>
}

/** A statement as it was written. */
export interface AccountStatementTable {
  clinic_id: string
  id: string
  /** Who reads it. */
  patient_id: string
  /** Its first day. */
  month: PlainDate
  content: JSONColumnType<AccountStatement>
  owed_agorot: number
  /** Why it was not mailed. */
  skip_reason: string | null
  /** Null: the worker. */
  made_by: string | null
  made_at: Instant
}
