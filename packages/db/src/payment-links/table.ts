import type { Generated } from 'kysely'
import type { LinkProblem, LinkState } from '@yoman/domain/payment-links/link'
import type { ProviderMoney } from '@yoman/domain/payment-links/provider'
import type { Instant } from '@yoman/domain/time'

/** The clinic's account at its payment provider. */
export interface PaymentProviderConnectionTable {
  clinic_id: string
  provider: Generated<'payplus'>
  state: Generated<'off' | 'checking' | 'connected' | 'refused'>
  /** As JSON. */
  keys_sealed: Generated<Buffer | null>
  /** Of the word in the address that callbacks come to. */
  token_sealed: Generated<Buffer | null>
  token_hash: Generated<Buffer | null>
  problem: Generated<'refused' | 'unauthorised' | 'unreachable' | null>
  attempt: Generated<number>
  /** By the machine's clock, as the lease. */
  next_at: Generated<Instant | null>
  lease_until: Generated<Instant | null>
  connected_by: Generated<string | null>
  connected_at: Generated<Instant | null>
  version: Generated<number>
}

export interface PaymentLinkTable {
  clinic_id: string
  id: string
  /** What it pays. */
  invoice_id: string
  amount_agorot: number
  ways: ('sms' | 'email')[]
  state: Generated<LinkState>
  problem: Generated<LinkProblem | null>
  page_id: Generated<string | null>
  url: Generated<string | null>
  version: Generated<number>
  tries: Generated<number>
  looks: Generated<number>
  hints: Generated<number>
  /** By the machine's clock, as the lease; null: not by itself. */
  next_at: Generated<Instant | null>
  lease_until: Generated<Instant | null>
  requested_by: string | null
  requested_at: Instant
  expires_at: Instant
  settled_at: Generated<Instant | null>
}

/** A transaction of the provider. */
export interface PaymentLinkMoneyTable {
  clinic_id: string
  id: string
  link_id: string
  transaction_id: string
  state: 'heard' | 'nothing' | 'booked' | 'different' | 'taken' | 'returned'
  why: Generated<LinkProblem | null>
  amount_agorot: Generated<number | null>
  currency: Generated<string>
  method: Generated<ProviderMoney['method'] | null>
  approval: Generated<string>
  last_four: Generated<string | null>
  brand: Generated<'visa' | 'mastercard' | 'isracard' | 'amex' | 'diners' | 'other' | null>
  instalments: Generated<number | null>
  heard_at: Instant
  known_at: Generated<Instant | null>
  decided_at: Generated<Instant | null>
  decided_by: Generated<string | null>
  reason: Generated<string>
  /** Of money that was heard of when the clinic disconnected: the hash of the payment page by which it came. Nobody asks about it until that page is connected again. */
  left_page: Generated<Buffer | null>
}
