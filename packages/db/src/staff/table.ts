import type { Generated } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Json } from '../json.ts'

export interface StaffTable {
  clinic_id: string
  id: string
  name: string
  name_en: Generated<string>
  email: string
  language: Generated<'he' | 'en'>
  active: Generated<boolean>
  version: Generated<number>
  created_at: Generated<Instant>
}

export interface StaffPreferenceTable {
  clinic_id: string
  staff_id: string
  preferences: Json
  changed_at: Instant
}

export interface DiaryLookTable {
  clinic_id: string
  staff_id: string
  branch_id: string
  seen_seq: number
  looked_at: Instant
}

export interface StaffRoleTable {
  clinic_id: string
  id: string
  staff_id: string
  role: 'owner' | 'receptionist' | 'doctor' | 'hygienist' | 'assistant' | 'accountant'
  branch_id: string | null
}

export interface LoginTable {
  clinic_id: string
  staff_id: string
  email: string
  password_hash: string
  changed_at: Generated<Instant>
}

export interface SessionTable {
  clinic_id: string
  id: string
  staff_id: string
  created_at: Instant
  last_seen_at: Instant
  idle_until: Instant
  absolute_until: Instant
  revoked_at: Instant | null
  revoke_reason: string | null
  ip: string | null
  user_agent: string | null
}

export interface RefreshTokenTable {
  clinic_id: string
  hash: Buffer
  session_id: string
  issued_at: Instant
  used_at: Instant | null
  successor_hash: Buffer | null
}

export interface SignInThrottleTable {
  key: Buffer
  failures: number
  blocked_until: Instant | null
  last_failure_at: Instant
}
