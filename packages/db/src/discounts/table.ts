import type { DiscountLimits } from '@yoman/domain/invoices/discount'
import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'

/** What is off the one line of a visit without an encounter: a part, or a sum. */
export interface VisitDiscountTable {
  clinic_id: string
  appointment_id: string
  basis_points: number | null
  agorot: number | null
  /** What the line cost when it was given. */
  of_agorot: number | null
  reason: string
  given_by: string
  given_at: Instant
}

export interface DiscountSettingTable {
  clinic_id: string
  limits: ColumnType<DiscountLimits, string | undefined, string>
  reasons: Generated<string[]>
  version: Generated<number>
}
