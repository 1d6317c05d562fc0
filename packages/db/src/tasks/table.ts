import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'

export interface TaskTable {
  clinic_id: string
  id: string
  branch_id: string
  patient_id: string | null
  words: string
  due_at: Instant
  assignee_id: ColumnType<string | null, string | null | undefined>
  assignee_role: 'owner' | 'receptionist' | 'doctor' | 'hygienist' | 'assistant' | null
  status: Generated<'open' | 'kept' | 'broken'>
  outcome: Generated<string>
  closed_at: ColumnType<Instant | null, Instant | null | undefined>
  closed_by: ColumnType<string | null, string | null | undefined>
  /** Of a dead address: why the task closed itself; null where somebody closed it. */
  closed_because: Generated<'changed' | 'works' | null>
  /** Null of one that wrote itself. */
  created_by: ColumnType<string | null, string | null | undefined>
  /** Why it wrote itself; its words are the screen's then. */
  about: Generated<'wants_to_move' | 'dead_address' | 'untold' | 'promised_to_pay' | 'debt_call' | null>
  /** The visit, at the time that it was about. */
  appointment_id: Generated<string | null>
  appointment_starts_at: Generated<Instant | null>
  /** The address that is dead, as `dead_address` keeps it. */
  channel: Generated<'sms' | 'email' | null>
  address: Generated<string | null>
  created_at: Instant
  version: Generated<number>
}
