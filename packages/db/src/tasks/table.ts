import type { Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'

export interface TaskTable {
  clinic_id: string
  id: string
  branch_id: string
  patient_id: string | null
  words: string
  due_at: Instant
  assignee_id: string | null
  assignee_role: 'owner' | 'receptionist' | 'doctor' | 'hygienist' | 'assistant' | null
  status: Generated<'open' | 'kept' | 'broken'>
  outcome: Generated<string>
  closed_at: Instant | null
  closed_by: string | null
  created_by: string
  created_at: Instant
  version: Generated<number>
}
