import type { LetterKind } from '@yoman/domain/letters/letter'
import type { DocumentLanguage } from '@yoman/domain/plans/shown'
import type { Instant } from '@yoman/domain/time'

export interface LetterTemplateTable {
  clinic_id: string
  kind: LetterKind
  language: DocumentLanguage
  seq: number
  title: string
  body: string
  written_by: string
  written_at: Instant
}

export interface LetterTable {
  clinic_id: string
  id: string
  patient_id: string
  encounter_id: string | null
  kind: LetterKind
  language: DocumentLanguage
  template_seq: number
  content_sealed: Buffer
  content_hash: Buffer
  signed_by: string
  signed_at: Instant
  attachment_id: string
}
