import type { Generated } from 'kysely'
import type { Instant, PlainDate, PlainTime } from '@yoman/domain/time'

export interface BlockTable {
  clinic_id: string
  id: string
  kind: 'leave' | 'meeting' | 'break' | 'closed' | 'other'
  branch_id: string | null
  from_date: PlainDate
  to_date: PlainDate
  weekdays: Generated<number[]>
  starts: PlainTime | null
  ends: PlainTime | null
  title: Generated<string>
  private_note_sealed: Buffer | null
  holiday: string | null
  removed_at: Instant | null
  version: Generated<number>
  created_by: string | null
  created_at: Instant
}

export interface BlockResourceTable {
  clinic_id: string
  block_id: string
  resource_id: string
}
