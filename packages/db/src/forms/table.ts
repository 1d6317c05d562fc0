import type { ColumnType, Generated } from 'kysely'
import type { FormContent, FormKind, ResponseStatus } from '@yoman/domain/forms/form'
import type { Tongue } from '@yoman/domain/fields/field'
import type { Instant } from '@yoman/domain/time'

export interface FormTable {
  clinic_id: string
  id: string
  kind: FormKind
  latest: number
  retired_at: Instant | null
  version: Generated<number>
}

export interface FormVersionTable {
  clinic_id: string
  form_id: string
  seq: number
  content: ColumnType<FormContent, string, never>
  published_by: string | null
  published_at: Instant
}

export interface FormResponseTable {
  clinic_id: string
  id: string
  form_id: string
  form_seq: number
  patient_id: string
  branch_id: string
  appointment_id: string | null
  language: Tongue
  given_by: 'sms' | 'here'
  status: Generated<ResponseStatus>
  token_hash: Buffer
  device_hash: Buffer | null
  expires_at: Instant
  answers_sealed: Buffer | null
  saves: Generated<number>
  signature_sealed: Buffer | null
  signed_hash: Buffer | null
  signed_at: Instant | null
  created_by: string | null
  created_at: Instant
  version: Generated<number>
}

export interface ReportedAlertTable {
  clinic_id: string
  id: string
  patient_id: string
  response_id: string
  field_id: string
  words_sealed: Buffer
  status: Generated<'reported' | 'accepted' | 'dismissed'>
  reported_at: Instant
  settled_by: string | null
  settled_at: Instant | null
}
