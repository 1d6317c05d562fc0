import type { ColumnType } from 'kysely'
import type { MonthTotals, OpenPoints } from '@yoman/domain/months/close'
import type { Instant, PlainDate } from '@yoman/domain/time'

export interface MonthClosingTable {
  clinic_id: string
  id: string
  /** Its first day. */
  month: PlainDate
  closed_at: Instant
  closed_by: string
  reason: string
  open_points: OpenPoints
  totals: MonthTotals
  reopened_at: ColumnType<Instant | null, null | undefined, Instant>
  reopened_by: ColumnType<string | null, null | undefined, string>
  reopen_reason: ColumnType<string | null, null | undefined, string>
}

/** What a visit of a closed month counts that no procedures say the worth of. */
export interface ClosedVisitTable {
  clinic_id: string
  closing_id: string
  appointment_id: string
  worth_agorot: number
}
