import type { Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'

export interface DataKeyTable {
  clinic_id: string
  epoch: number
  wrapped: Buffer
  created_at: Generated<Instant>
}
