import type { Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'

export interface ConversationTable {
  clinic_id: string
  id: string
  number: string
  patient_id: string | null
  status: Generated<'open' | 'answered' | 'closed'>
  unread: Generated<number>
  taken_by: string | null
  taken_at: Instant | null
  last_at: Instant
  version: Generated<number>
  created_at: Instant
}

export interface QuickTextTable {
  clinic_id: string
  items: Generated<string[]>
  version: Generated<number>
}
