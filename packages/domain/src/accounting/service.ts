import type { Agorot } from '../money/agorot.ts'
import type { PlainDate } from '../time.ts'
import type { AccountingEntry } from './entry.ts'

/** Where a clinic's accountant keeps the ledger: Priority, or Hashavshevet in the cloud (WizCloud). */
export const accountingServices = ['priority', 'hashavshevet'] as const
export type AccountingServiceName = (typeof accountingServices)[number]

/** An account's sums in an entry that the service holds. */
export interface HeldLine {
  account: string
  debit: Agorot
  credit: Agorot
}

/** An entry as the service holds it. `reference` is what stands where ours does, whoever wrote it. */
export interface HeldEntry {
  id: string
  reference: string
  date: PlainDate
  lines: HeldLine[]
}

/** An entry of ours there that somebody made unreadable: what of it is no date, or no amount. Entries of others that cannot be read are left out. */
export interface UnreadableEntry {
  id: string
  reference: string
  unreadable: readonly ('amount' | 'date')[]
}
export type FoundEntry = HeldEntry | UnreadableEntry

/** What came back instead of what was asked for. `unreachable` is no answer at all, or one about the service's own trouble. */
export type NoAnswer = { kind: 'unauthorised' } | { kind: 'unreachable'; message: string }

/** `account`: the key of ours that the service's words name, where they name one. */
export type Refused = { kind: 'refused'; message: string; account: string | null }

export type PushAnswer = { kind: 'accepted'; id: string } | Refused | NoAnswer
export type FindAnswer = { kind: 'found'; entries: FoundEntry[] } | Refused | NoAnswer
export type TestAnswer = { kind: 'works' } | Refused | NoAnswer

/**
 * A clinic's account with an accounting service. Nothing here throws for what the network or the service does: whatever happened is in the answer.
 * Each asks once; repeating is the caller's, who knows what was written down.
 */
export interface AccountingService {
  /** Whether the service lets us in, and shows its journal. */
  test(): Promise<TestAnswer>
  /** What the service holds under the reference of an entry: one, or several where something went wrong there. @param wasTaken whether it ever was there: somebody may have given it a date far from its own. */
  find(entry: AccountingEntry, wasTaken: boolean): Promise<FindAnswer>
  /** Writes the entry there. Whoever calls has looked for its reference first. */
  push(entry: AccountingEntry): Promise<PushAnswer>
  /** All journal entries of a period, both days included, those of others too. */
  readBack(from: PlainDate, to: PlainDate): Promise<FindAnswer>
}
