import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '@yoman/domain/time'

/** What a practitioner is paid for a treatment, or for all without a rule of their own. Never changed: another begins. */
export interface ShareRuleTable {
  clinic_id: string
  id: string
  practitioner_id: string
  price_item_id: string | null
  valid_from: PlainDate
  share_basis_points: number | null
  fixed_agorot: number | null
  created_at: Instant
  created_by: string
}

/** What a laboratory asked for something that was done; without VAT. */
export interface LaboratoryCostTable {
  clinic_id: string
  id: string
  procedure_id: string
  day: PlainDate
  laboratory: string
  reference: Generated<string>
  amount_agorot: number
  recorded_at: Instant
  recorded_by: string
}
