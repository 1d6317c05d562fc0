import type { Generated } from 'kysely'
import type { Instant, PlainDate } from '@yoman/domain/time'

export interface ChequeDepositTable {
  clinic_id: string
  id: string
  branch_id: string
  number: number
  account: string
  deposited_on: PlainDate
  made_at: Instant
  made_by: string
}

export interface ChequeMoveTable {
  clinic_id: string
  id: string
  payment_id: string
  state: 'deposited' | 'cleared' | 'returned' | 'withdrawn'
  moved_on: PlainDate
  moved_at: Instant
  moved_by: string
  deposit_id: string | null
  reason: Generated<string>
  fee_agorot: Generated<number>
  voucher_id: string | null
}
