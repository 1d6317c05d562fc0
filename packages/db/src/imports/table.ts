import type { Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Json } from '../json.ts'

export interface ImportJobTable {
  clinic_id: string
  id: string
  kind: 'patients' | 'appointments'
  file_name: string
  status: 'uploaded' | 'checking' | 'checked' | 'running' | 'done' | 'failed'
  headings: Generated<Json>
  mapping: Generated<Json>
  total_rows: Generated<number>
  checked_rows: Generated<number>
  done_rows: Generated<number>
  counts: Generated<Json>
  leave_wrong: Generated<boolean>
  problem: string | null
  heartbeat_at: Instant | null
  created_by: string | null
  created_at: Instant
  version: Generated<number>
}

export interface ImportRowTable {
  clinic_id: string
  job_id: string
  row_number: number
  cells_sealed: Buffer
  verdict: 'new' | 'same' | 'duplicate' | 'error' | null
  problems: Generated<Json>
  subject_id: string | null
}
