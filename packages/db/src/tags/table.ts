import type { Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'

export type TagTone = 'neutral' | 'info' | 'primary' | 'warning' | 'success' | 'danger'

export interface TagTable {
  clinic_id: string
  id: string
  name: string
  tone: Generated<TagTone>
  retired_at: Instant | null
  version: Generated<number>
}

export interface PatientTagTable {
  clinic_id: string
  patient_id: string
  tag_id: string
  tagged_by: string
  tagged_at: Instant
}
