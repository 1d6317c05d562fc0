import type { Generated } from 'kysely'
import type { HealthFund } from '@yoman/domain/patients/details'
import type { PriceStep } from '@yoman/domain/prices/price-list'
import type { Instant } from '@yoman/domain/time'

export interface PriceItemTable {
  clinic_id: string
  id: string
  code: string
  name: string
  name_en: Generated<string>
  /** Until the first `price_change`. */
  price_agorot: number
  active: Generated<boolean>
  version: Generated<number>
  created_at: Generated<Instant>
}

export interface PriceChangeTable {
  clinic_id: string
  price_item_id: string
  valid_from: string
  price_agorot: number
}

export interface PriceListTable {
  clinic_id: string
  id: string
  name: string
  name_en: Generated<string>
  branch_id: string | null
  health_fund: HealthFund | null
  valid_from: string | null
  valid_until: string | null
  active: Generated<boolean>
  share_basis_points: number | null
  round_to_agorot: Generated<PriceStep>
  version: Generated<number>
  created_at: Instant
}

export interface PriceListPractitionerTable {
  clinic_id: string
  price_list_id: string
  practitioner_id: string
}

export interface PriceListItemTable {
  clinic_id: string
  price_list_id: string
  price_item_id: string
  price_agorot: number
}
