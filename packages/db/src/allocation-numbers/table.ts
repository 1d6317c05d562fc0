import type { Generated } from 'kysely'
import type { AllocationProblem, AllocationState } from '@yoman/domain/allocation-numbers/state'
import type { Instant, PlainDate } from '@yoman/domain/time'

export interface AllocationThresholdTable {
  valid_from: PlainDate
  net_over_agorot: number
}

/** Where the number of a document stands. */
export interface AllocationRequestTable {
  clinic_id: string
  invoice_id: string
  state: Generated<AllocationState>
  problem: Generated<AllocationProblem | null>
  number: Generated<string | null>
  attempt: Generated<number>
  /** By the machine's clock, as the lease; null: not by itself. */
  next_at: Generated<Instant | null>
  lease_until: Generated<Instant | null>
  asked_at: Instant
  settled_at: Generated<Instant | null>
  settled_by: Generated<string | null>
  reason: Generated<string>
}

/** What came back, or what somebody did: never changed. */
export interface AllocationAnswerTable {
  clinic_id: string
  id: string
  invoice_id: string
  attempt: number
  answered_at: Instant
  outcome: 'approved' | 'refused' | 'unauthorised' | 'unreachable' | 'typed' | 'continued' | 'cancelled'
  code: number | null
  message: string
  number: string | null
  made_by: string | null
}

/** The clinic's leave to ask the Tax Authority. */
export interface TaxAuthorityConnectionTable {
  clinic_id: string
  state: Generated<'off' | 'connecting' | 'connected' | 'expired'>
  /** As JSON. */
  tokens_sealed: Generated<Buffer | null>
  /** Of a consent that is to be exchanged. */
  code_sealed: Generated<Buffer | null>
  access_until: Generated<Instant | null>
  refresh_until: Generated<Instant | null>
  /** Somebody refreshes until then. */
  refreshing_until: Generated<Instant | null>
  consent_hash: Generated<Buffer | null>
  consent_until: Generated<Instant | null>
  connected_by: Generated<string | null>
  connected_at: Generated<Instant | null>
  version: Generated<number>
}
