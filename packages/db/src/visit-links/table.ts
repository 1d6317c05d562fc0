import type { Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'

export interface VisitLinkTable {
  clinic_id: string
  appointment_id: string
  appointment_starts_at: Instant
  token_hash: Buffer
  expires_at: Instant
  created_at: Instant
}

export interface AnswerSettingTable {
  clinic_id: string
  may_cancel: boolean
  cancel_hours: number
  may_move: boolean
  move_hours: number
  reply_cancels: boolean
  version: Generated<number>
}

export interface AnswerVisitTypeTable {
  clinic_id: string
  visit_type_id: string
  may_move: boolean
  discreet: boolean
}
