import type { Instant } from '@yoman/domain/time'

/** The address by which somebody's own calendar program reads their day. */
export interface CalendarFeedTable {
  clinic_id: string
  id: string
  staff_id: string
  token_hash: Buffer
  created_at: Instant
  revoked_at: Instant | null
}
