import type { Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'

export interface AppointmentTable {
  clinic_id: string
  id: string
  branch_id: string
  patient_id: string | null
  practitioner_id: string
  visit_type_id: string
  starts_at: Instant
  ends_at: Instant
  status: 'held' | 'booked' | 'confirmed' | 'arrived' | 'called' | 'in_treatment' | 'completed' | 'cancelled' | 'no_show'
  hold_expires_at: Instant | null
  desk_note: Generated<string>
  cancel_reason: 'patient' | 'clinic' | 'moved' | 'other' | null
  order_id: string | null
  order_step: number | null
  version: Generated<number>
  created_by: string | null
  created_at: Instant
  overbook_reason: Generated<string | null>
  overbooked_at: Generated<Instant | null>
  overbooked_by: Generated<string | null>
}

export interface AllocationTable {
  clinic_id: string
  appointment_id: string
  resource_id: string
  starts_at: Instant
  ends_at: Instant
  occupies: Generated<boolean>
  overbooked: Generated<boolean>
}

export interface AppointmentStatusTable {
  clinic_id: string
  id: string
  appointment_id: string
  status: string
  at: Instant
  by_staff_id: string | null
  reason: Generated<string>
  /** By a link or a reply. */
  by_patient: Generated<boolean>
}

export interface AppointmentParkingTable {
  clinic_id: string
  appointment_id: string
  branch_id: string
  parked_at: Instant
  parked_by: string | null
}
