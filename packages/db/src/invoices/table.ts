import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '@yoman/domain/time'

export interface VatRateTable {
  valid_from: PlainDate
  rate_basis_points: number
}

export interface DocumentCounterTable {
  clinic_id: string
  kind: '300' | '305' | '320' | '330' | '400'
  last_number: Generated<number>
}

/** The business as it was on the day of the document. */
export interface Business {
  name: string
  legalName: string
  vatNumber: string
  address: string
  branchName: string
  phone: string
  email: string
}

/** Who pays, as they were; older rows may lack the Latin name. */
export interface Payer {
  name: string
  nameLatin: string
  address: string
}

export interface InvoiceTable {
  clinic_id: string
  id: string
  kind: '300' | '305' | '320' | '330' | '400'
  number: number
  branch_id: string
  patient_id: string
  encounter_id: string | null
  appointment_id: string | null
  based_on_id: string | null
  language: 'he' | 'ar' | 'ru' | 'en'
  issued_at: Instant
  issued_on: PlainDate
  vat_basis_points: number
  net_agorot: number
  vat_agorot: number
  total_agorot: number
  business: Business
  payer: Payer
  issued_by: string | null
  original_made_at: Instant | null
}

export interface InvoiceLineTable {
  clinic_id: string
  invoice_id: string
  line: number
  price_item_id: string | null
  description: string
  quantity: number
  unit_price_agorot: number
  total_agorot: number
}

export interface PaymentTable {
  clinic_id: string
  id: string
  patient_id: string
  appointment_id: string | null
  invoice_id: string | null
  method: 'cash' | 'card' | 'transfer' | 'bit' | 'cheque'
  amount_agorot: number
  reference: Generated<string>
  received_at: Instant
  received_by: string | null
}
