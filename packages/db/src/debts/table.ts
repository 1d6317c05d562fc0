import type { Generated } from 'kysely'

/** A transaction invoice that something may be owed on; kept by a trigger of `invoice`. */
export interface OpenRequestTable {
  clinic_id: string
  invoice_id: string
}

export interface DebtSettingTable {
  clinic_id: string
  days_to_pay: Generated<number>
  version: Generated<number>
}
