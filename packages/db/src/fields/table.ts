import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Role } from '@yoman/domain/access'
import type { Asking, FieldKind, FieldOption, FieldSubject, Labels, Sensitivity } from '@yoman/domain/fields/field'
import type { FieldValue } from '@yoman/domain/fields/value'
import type { Instant } from '@yoman/domain/time'

/** Goes in as JSON text, comes out as what it is. */
type Kept<T> = ColumnType<T, string, string>

export type ValueSource = 'desk' | 'form' | 'import'

export interface CustomFieldTable {
  clinic_id: string
  id: string
  subject: FieldSubject
  key: string
  kind: FieldKind
  labels: Kept<Labels>
  hints: Kept<Labels>
  group_labels: Kept<Labels>
  options: Kept<FieldOption[]>
  unit: Generated<string>
  formula: Generated<string>
  sensitivity: Sensitivity
  editors: Generated<Role[]>
  asked: Generated<Asking>
  raises_alert: Generated<boolean>
  position: Generated<number>
  retired_at: Instant | null
  version: Generated<number>
}

export interface CustomValueTable {
  clinic_id: string
  id: string
  field_id: string
  patient_id: string
  appointment_id: string | null
  encounter_id: string | null
  subject_id: GeneratedAlways<string>
  value: ColumnType<FieldValue | null, string | null, string | null>
  value_sealed: Buffer | null
  source: ValueSource
  recorded_by: string | null
  recorded_at: Instant
  version: Generated<number>
}

export interface CustomValueChangeTable {
  clinic_id: string
  id: string
  value_id: string
  version: number
  value: ColumnType<FieldValue | null, string | null, string | null>
  value_sealed: Buffer | null
  source: ValueSource
  recorded_by: string | null
  recorded_at: Instant
}
