import type { Generated, GeneratedAlways } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Json } from '../json.ts'

export interface EventTable {
  clinic_id: string
  id: string
  seq: GeneratedAlways<number>
  at: Instant
  recorded_at: Generated<Instant>
  name: string
  actor_kind: 'staff' | 'system' | 'patient' | 'anonymous'
  actor_id: string | null
  session_id: string | null
  request_id: string | null
  ip: string | null
  subject_type: string
  subject_id: string
  patient_id: string | null
  branch_id: string | null
  outcome: Generated<'done' | 'refused'>
  details: Generated<Json>
}

export interface OutboxTable {
  clinic_id: string
  event_id: string
  name: string
  subject_id: string
  created_at: Generated<Instant>
  taken_until: Generated<Instant | null>
}
