import type { Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'

export interface OrganisationTable {
  clinic_id: string
  id: string
  name: string
  name_latin: Generated<string>
  /** Nine digits; empty where it is no authorised dealer. */
  dealer_number: Generated<string>
  address: Generated<string>
  email: Generated<string>
  takes_email: Generated<boolean>
  language: Generated<'he' | 'en'>
  active: Generated<boolean>
  version: Generated<number>
  created_at: Instant
}

/** Who pays for all visits of a patient, where it is not the patient. */
export interface PatientPayerTable {
  clinic_id: string
  patient_id: string
  organisation_id: string
}

/** Who pays for one visit; null: the patient. Chosen, or fixed with the first money that was taken for it. */
export interface VisitPayerTable {
  clinic_id: string
  appointment_id: string
  organisation_id: string | null
  /** Who chose, or took the money; null: a worker receipted it. */
  chosen_by: string | null
  chosen_at: Instant
}

/** Who pays a part of a visit; one of the measures. */
export interface VisitPayerPartTable {
  clinic_id: string
  appointment_id: string
  organisation_id: string
  basis_points: number | null
  agorot: number | null
  procedure_ids: string[] | null
  chosen_by: string
  chosen_at: Instant
}
