import type { Generated } from 'kysely'
import type { ContactWay } from '@yoman/domain/contacts/contact'
import type { Instant } from '@yoman/domain/time'

export interface ContactTable {
  clinic_id: string
  id: string
  branch_id: string
  patient_id: string | null
  caller_name: Generated<string>
  caller_phone: Generated<string>
  way: ContactWay
  words_sealed: Buffer
  task_id: string | null
  written_by: string
  written_at: Instant
  version: Generated<number>
}

export interface ContactEarlierTable {
  clinic_id: string
  contact_id: string
  version: number
  way: ContactWay
  words_sealed: Buffer
  replaced_at: Instant
}
