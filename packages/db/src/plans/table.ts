import type { Generated } from 'kysely'
import type { PlanStatus } from '@yoman/domain/plans/plan'
import type { PriceReason } from '@yoman/domain/prices/price-list'
import type { Instant } from '@yoman/domain/time'

export interface TreatmentPlanTable {
  clinic_id: string
  id: string
  patient_id: string
  branch_id: string
  title: string
  remarks_sealed: Buffer
  status: Generated<PlanStatus>
  edition: Generated<number>
  replaces_id: string | null
  written_by: string
  created_at: Instant
  offered_at: Instant | null
  answered_at: Instant | null
  ended_at: Instant | null
  reason: Generated<string>
  version: Generated<number>
}

export interface TreatmentPlanPhaseTable {
  clinic_id: string
  id: string
  plan_id: string
  position: number
  title: string
  visit_type_id: string | null
  practitioner_id: string | null
  minutes: number | null
  from_phase_id: string | null
  set_aside_at: Instant | null
  set_aside_by: string | null
  set_aside_reason: Generated<string>
}

export interface TreatmentPlanItemTable {
  clinic_id: string
  id: string
  plan_id: string
  phase_id: string
  position: number
  price_item_id: string
  description: string
  description_en: Generated<string>
  tooth: string | null
  surfaces: Generated<string>
  quantity: number
  /** Of one, in agorot with VAT. */
  least_agorot: number
  most_agorot: number
  /** Why it is that, as it stood then; null is the base list, or an estimate. */
  price_by: PriceReason | null
  estimated: Generated<boolean>
  finding_id: string | null
  done_quantity: Generated<number>
  done_at: Instant | null
}

export interface TreatmentPlanOrderTable {
  clinic_id: string
  phase_id: string
  order_id: string
}

export interface TreatmentPlanSignatureTable {
  clinic_id: string
  id: string
  plan_id: string
  signed_at: Instant
  language: 'he' | 'ar' | 'ru' | 'en'
  signer: 'patient' | 'guardian'
  method: 'drawn' | 'typed'
  shown_sealed: Buffer
  signature_sealed: Buffer
  content_hash: Buffer
  witness_id: string
  attachment_id: string
}
