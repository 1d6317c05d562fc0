import type { Generated } from 'kysely'
import type { Instant, PlainDate, PlainTime } from '@yoman/domain/time'

export interface ResourceTable {
  clinic_id: string
  id: string
  kind: 'practitioner' | 'room' | 'chair' | 'device'
  name: string
  name_en: Generated<string>
  branch_id: string | null
  sort: Generated<number>
  colour: Generated<string>
  active: Generated<boolean>
  version: Generated<number>
  created_at: Generated<Instant>
}

export interface PractitionerTable {
  clinic_id: string
  id: string
  staff_id: string | null
  profession: 'doctor' | 'hygienist' | 'assistant'
  title: Generated<string>
  speciality: Generated<string>
  licence_number: Generated<string>
}

export interface WorkingHoursTable {
  clinic_id: string
  id: string
  resource_id: string
  branch_id: string
  weekday: number
  starts: PlainTime
  ends: PlainTime
  valid_from: PlainDate | null
  valid_to: PlainDate | null
}

export interface HoursExceptionTable {
  clinic_id: string
  id: string
  resource_id: string | null
  branch_id: string | null
  on_date: PlainDate
  kind: 'closed' | 'open'
  starts: PlainTime | null
  ends: PlainTime | null
  reason: Generated<string>
  /** The block that wrote this day; null for one that was typed by itself. */
  block_id: string | null
}
