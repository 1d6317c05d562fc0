import type { Generated } from 'kysely'
import type { PaymentMethod } from '@yoman/domain/invoices/invoice'
import type { Instant, PlainDate } from '@yoman/domain/time'

export interface CashClosingTable {
  clinic_id: string
  id: string
  branch_id: string
  day: PlainDate
  since: Instant
  closed_at: Instant
  closed_by: string
  left_agorot: number
}

export interface CashClosingMeansTable {
  clinic_id: string
  closing_id: string
  method: PaymentMethod
  payments: number
  refunds: Generated<number>
  refunded_agorot: Generated<number>
  expected_agorot: number
  counted_agorot: number
  reason: Generated<string>
}

export interface CashClosingPaymentTable {
  clinic_id: string
  payment_id: string
  closing_id: string
}

export interface CashClosingRefundTable {
  clinic_id: string
  refund_id: string
  closing_id: string
}
