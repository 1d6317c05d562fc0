import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'

export interface SeriesTable {
  clinic_id: string
  id: string
  patient_id: string
  branch_id: string
  unit: 'week' | 'month'
  every: number
  month_by: 'date' | 'weekday' | null
  version: Generated<number>
  created_by: string
  created_at: Instant
}

export interface SeriesVisitTable {
  clinic_id: string
  appointment_id: string
  series_id: string
  position: number
}

/** One visit in a change of its series. */
export interface ChangedVisit {
  id: string
  /** The one that the change made: whoever undoes it must still find it. */
  version: number
  /** Where the visit was, for what moved. The instant is ISO text. */
  before?: { startsAt: string; minutes: number; practitionerId: string }
}

export type SeriesChangeKind = 'booked' | 'moved' | 'cancelled' | 'undone'
export type SeriesScope = 'one' | 'following' | 'all'

export interface SeriesChangeTable {
  clinic_id: string
  id: string
  series_id: string
  seq: number
  kind: SeriesChangeKind
  scope: SeriesScope
  visits: ColumnType<ChangedVisit[], string, string>
  undoes: string | null
  by_staff_id: string
  at: Instant
}
