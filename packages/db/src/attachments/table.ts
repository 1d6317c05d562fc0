import type { Generated } from 'kysely'
import type { AttachmentKind } from '@yoman/domain/attachments/kind'
import type { MediaType } from '@yoman/domain/attachments/media-type'
import type { Instant, PlainDate } from '@yoman/domain/time'

export interface AttachmentTable {
  clinic_id: string
  id: string
  patient_id: string
  appointment_id: string | null
  kind: AttachmentKind
  title_sealed: Buffer
  taken_on: PlainDate
  teeth: string[]
  media_type: MediaType
  byte_size: number
  width: number | null
  height: number | null
  content_hash: Buffer
  storage_key: string
  preview_key: string | null
  preview_state: Generated<'waiting' | 'made' | 'none'>
  filed_by: string
  filed_at: Instant
  withdrawn_at: Instant | null
  withdrawn_by: string | null
  withdrawal_reason: Generated<string>
  version: Generated<number>
}
