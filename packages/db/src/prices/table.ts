import type { Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'

export interface PriceItemTable {
  clinic_id: string
  id: string
  code: string
  name: string
  name_en: Generated<string>
  price_agorot: number
  active: Generated<boolean>
  version: Generated<number>
  created_at: Generated<Instant>
}
