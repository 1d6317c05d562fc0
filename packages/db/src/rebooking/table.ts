import type { Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'

export interface RebookingTable {
  clinic_id: string
  id: string
  appointment_id: string
  cause: 'block' | 'hours' | 'gone'
  block_id: string | null
  resource_id: string
  starts_at: Instant
  opened_at: Instant
  opened_by: string | null
  tries: Generated<number>
  tried_at: Instant | null
  told_at: Instant | null
  told_by: string | null
  settled_at: Instant | null
  settled_by: string | null
  outcome: 'left' | 'freed' | 'overtaken' | null
  reason: Generated<string>
}
