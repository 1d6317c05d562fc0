import type { Generated } from 'kysely'
import type { AskedPaper } from '@yoman/domain/papers/paper'
import type { Instant } from '@yoman/domain/time'

export interface VisitTypeTable {
  clinic_id: string
  id: string
  name: string
  name_en: Generated<string>
  public_name: Generated<string>
  public_name_en: Generated<string>
  profession: 'doctor' | 'hygienist' | 'assistant' | null
  duration_minutes: number
  buffer_before_minutes: Generated<number>
  buffer_after_minutes: Generated<number>
  place_kind: 'room' | 'chair' | 'device' | null
  price_item_id: string | null
  colour: Generated<string>
  paper: Generated<AskedPaper>
  active: Generated<boolean>
  version: Generated<number>
  created_at: Generated<Instant>
}

export interface VisitTypePractitionerTable {
  clinic_id: string
  visit_type_id: string
  practitioner_id: string
}

export interface VisitTypeNeedTable {
  clinic_id: string
  visit_type_id: string
  seq: number
  kind: 'practitioner' | 'room' | 'chair' | 'device'
  profession: 'doctor' | 'hygienist' | 'assistant' | null
}

export interface VisitTypeNeedResourceTable {
  clinic_id: string
  visit_type_id: string
  seq: number
  resource_id: string
}
