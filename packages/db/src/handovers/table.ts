import type { Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Json } from '../json.ts'

export interface ShiftNoteTable {
  clinic_id: string
  id: string
  branch_id: string
  words: string
  written_by: string
  written_at: Instant
}

export interface HandoverTable {
  clinic_id: string
  id: string
  branch_id: string
  words: string
  open_counts: Json
  status: Generated<'waiting' | 'taken' | 'withdrawn'>
  given_by: string
  given_at: Instant
  ended_by: string | null
  ended_at: Instant | null
  version: Generated<number>
}
