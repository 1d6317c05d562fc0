import type { Generated } from 'kysely'
import type { PriceReason } from '@yoman/domain/prices/price-list'
import type { Instant } from '@yoman/domain/time'

export interface EncounterTable {
  clinic_id: string
  id: string
  patient_id: string
  appointment_id: string | null
  practitioner_id: string
  branch_id: string
  status: Generated<'draft' | 'signed'>
  started_at: Instant
  signed_at: Instant | null
  signed_by: string | null
  version: Generated<number>
}

export interface NoteVersionTable {
  clinic_id: string
  id: string
  encounter_id: string
  seq: number
  kind: 'draft' | 'aside' | 'signed' | 'amendment'
  body_sealed: Buffer
  reason: Generated<string>
  author_id: string
  written_at: Instant
}

export interface ProcedureDoneTable {
  clinic_id: string
  id: string
  encounter_id: string
  price_item_id: string
  description: string
  tooth: string | null
  /** Canonical faces of the tooth, for example `MOD`; empty for the whole of it. */
  surfaces: Generated<string>
  quantity: Generated<number>
  unit_price_agorot: number
  /** Why it is that, as it stood then; null is the base list, or a price from before lists. */
  price_by: PriceReason | null
  /** Off the whole line. */
  discount_agorot: Generated<number>
  /** As it was given; null: as a sum. */
  discount_basis_points: Generated<number | null>
  discount_reason: Generated<string>
  discount_by: Generated<string | null>
  discount_at: Generated<Instant | null>
  recorded_by: string | null
  recorded_at: Instant
}
