import type { Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'

export interface WaitingScreenTable {
  clinic_id: string
  id: string
  branch_id: string
  name: string
  language: 'he' | 'en'
  theme: 'light' | 'dark'
  chime: Generated<boolean>
  hash: Buffer
  created_by: string | null
  created_at: Instant
  revoked_at: Instant | null
}
