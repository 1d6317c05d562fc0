import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '@yoman/domain/time'

export interface NextVisitOrderTable {
  clinic_id: string
  id: string
  patient_id: string
  encounter_id: string | null
  branch_id: string
  ordered_by: string
  status: Generated<'open' | 'booked' | 'cancelled'>
  from_date: PlainDate
  to_date: PlainDate
  note_to_desk: Generated<string>
  cancel_reason: Generated<string>
  version: Generated<number>
  created_at: Instant
}

export interface NextVisitStepTable {
  clinic_id: string
  order_id: string
  step: number
  visit_type_id: string
  practitioner_id: string | null
  duration_minutes: number
  min_gap_days: Generated<number>
  max_gap_days: Generated<number>
  appointment_id: string | null
}
