import type { Generated } from 'kysely'
import type { Difference } from '@yoman/domain/accounting/compare'
import type { ConnectionState } from '@yoman/domain/accounting/connection'
import type { AccountKeys } from '@yoman/domain/accounting/entry'
import type { AccountingServiceName, HeldLine } from '@yoman/domain/accounting/service'
import type { EntryProblem, EntryState } from '@yoman/domain/accounting/state'
import type { InvoiceKind } from '@yoman/domain/invoices/invoice'
import type { Instant, PlainDate } from '@yoman/domain/time'

/** A clinic's account with an accounting service. Times are the machine's, but for `connected_at` and `read_at`. */
export interface AccountingConnectionTable {
  clinic_id: string
  id: string
  service: AccountingServiceName
  address: string
  company: string
  state: ConnectionState
  problem: Generated<'unauthorised' | 'unreachable' | 'rejected' | null>
  message: Generated<string>
  /** As JSON. */
  secret_sealed: Buffer | null
  accounts: AccountKeys
  first_on: PlainDate
  vat_number: string
  /** The last number of each kind that was looked at. */
  queued: Generated<Partial<Record<InvoiceKind, number>>>
  connected_by: string
  connected_at: Instant
  test_at: Generated<Instant | null>
  test_lease_until: Generated<Instant | null>
  read_at: Generated<Instant | null>
  read_problem: Generated<'unreachable' | 'rejected' | null>
  read_message: Generated<string>
  /** Null: the usual period. */
  read_from: Generated<PlainDate | null>
  read_to: Generated<PlainDate | null>
  read_next_at: Generated<Instant | null>
  read_lease_until: Generated<Instant | null>
  read_attempt: Generated<number>
  version: Generated<number>
}

/** An entry as the service showed it last; the day in ISO. */
export interface KeptHeld {
  id: string
  date: string
  lines: HeldLine[]
}

/** Where the entry of a document stands with a connection. */
export interface AccountingEntryTable {
  clinic_id: string
  connection_id: string
  invoice_id: string
  state: Generated<EntryState>
  problem: Generated<EntryProblem | null>
  message: Generated<string>
  account: Generated<string | null>
  differences: Generated<Difference[]>
  reference: Generated<string | null>
  /** What is sent, byte by byte: it changes after a refusal alone. */
  payload: Generated<string | null>
  payload_hash: Generated<string | null>
  total_agorot: Generated<number>
  service_id: Generated<string | null>
  held: Generated<KeptHeld | null>
  held_agorot: Generated<number | null>
  attempt: Generated<number>
  next_at: Generated<Instant | null>
  lease_until: Generated<Instant | null>
  sent_at: Generated<Instant | null>
  queued_at: Instant
}

/** A try, an answer, or what somebody did: never changed. */
export interface AccountingAttemptTable {
  clinic_id: string
  id: string
  connection_id: string
  invoice_id: string
  attempt: number
  at: Instant
  outcome: 'accepted' | 'found' | 'refused' | 'unauthorised' | 'unreachable' | 'asked_again' | 'read_accepted' | 'read_different' | 'read_missing'
  payload_hash: string | null
  service_id: string | null
  message: string
  made_by: string | null
}

/** An entry of the ledger that no document of ours stands behind. */
export interface AccountingStrangerTable {
  clinic_id: string
  connection_id: string
  service_id: string
  day: PlainDate
  reference: string
  total_agorot: number
  seen_at: Instant
}
