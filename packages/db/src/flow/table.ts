import type { Generated } from 'kysely'
import type { PlainDate } from '@yoman/domain/time'

export interface FlowSettingTable {
  clinic_id: string
  branch_id: string
  waiting_minutes: Generated<number>
  late_minutes: Generated<number>
  screen_names: Generated<'number' | 'initials' | 'first_name'>
  version: Generated<number>
}

export interface TicketCounterTable {
  clinic_id: string
  branch_id: string
  on_date: PlainDate
  last_number: number
}

export interface TicketTable {
  clinic_id: string
  appointment_id: string
  branch_id: string
  on_date: PlainDate
  number: number
}
