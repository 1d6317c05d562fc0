import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '@yoman/domain/time'

export interface VatRateTable {
  valid_from: PlainDate
  rate_basis_points: number
}

export interface CashLimitTable {
  valid_from: PlainDate
  free_price_agorot: number
  share_basis_points: number
  most_agorot: number
}

export interface DocumentCounterTable {
  clinic_id: string
  kind: '300' | '305' | '320' | '330' | '400' | '410'
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
  /** Of an organisation alone: nine digits where it is an authorised dealer, else empty, and whose treatment it pays for. */
  organisationId?: string
  dealerNumber?: string
  forName?: string
}

export interface InvoiceTable {
  clinic_id: string
  id: string
  kind: '300' | '305' | '320' | '330' | '400' | '410'
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
  /** Only on a credit note. */
  reason: Generated<string>
  /** Only on a tax invoice of a matured cheque: the payment. */
  cheque_id: string | null
  /** Whether it receipts money that came before its visit's document. */
  advance: Generated<boolean>
  /** Whether it asks for a part of a visit that the visit's own document does not. */
  payer_part: Generated<boolean>
  /** The transaction invoice whose rest it asks somebody else for, or what came back of it. */
  instead_of_id: Generated<string | null>
  /** Who pays where it is not the patient; what it was called then stands in `payer`. */
  organisation_id: Generated<string | null>
  /** Only on a tax invoice that a patient's credit pays: the credit note. */
  credit_id: Generated<string | null>
}

/** What of an advance a transaction invoice deducted; below nothing where it was taken back. */
export interface AdvanceUseTable {
  clinic_id: string
  id: string
  advance_id: string
  request_id: string
  amount_agorot: number
  used_at: Instant
  used_by: string | null
}

export interface InvoiceLineTable {
  clinic_id: string
  invoice_id: string
  line: number
  price_item_id: string | null
  description: string
  quantity: number
  unit_price_agorot: number
  /** Off the whole line. */
  discount_agorot: Generated<number>
  total_agorot: number
  /** Only on a credit note: which line of the corrected document. */
  credits_line: Generated<number | null>
}

/** Money given back: one row for each means of a voucher (410). */
export interface RefundTable {
  clinic_id: string
  id: string
  invoice_id: string
  branch_id: string
  method: 'cash' | 'card' | 'transfer' | 'bit'
  amount_agorot: number
  reference: string
  given_at: Instant
  given_by: string
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
  cheque_number: string | null
  cheque_bank: string | null
  cheque_branch: string | null
  cheque_account: string | null
  cheque_due_on: PlainDate | null
  card_brand: 'visa' | 'mastercard' | 'isracard' | 'amex' | 'diners' | 'other' | null
  card_last_four: string | null
  card_instalments: number | null
  /** Whose desk took the money; null: the visit's branch. */
  branch_id: string | null
  /** Of money that came by a payment link: which. It lies with the provider, in nobody's drawer. */
  link_money_id: Generated<string | null>
}

export interface SigningCertificateTable {
  clinic_id: string
  /** The key and its certificates, as JSON. */
  identity_sealed: Buffer
  subject: string
  issuer: string
  serial: string
  fingerprint: string
  valid_from: Instant
  valid_to: Instant
  set_by: string
  set_at: Instant
  version: number
}
