import type { Agorot } from '../money/agorot.ts'
import { type AccountingEntry, isOurs, totalOf } from './entry.ts'
import type { FoundEntry, HeldEntry, HeldLine } from './service.ts'

/** What is not as it was sent. `twice`: the service holds more than one entry under our reference. */
export const differences = ['amount', 'date', 'account', 'twice'] as const
export type Difference = (typeof differences)[number]

export type Comparison = { state: 'accepted'; held: HeldEntry } | { state: 'different'; held: FoundEntry; differences: Difference[] } | { state: 'missing' }

/** What the service holds under an entry's reference, beside what was sent. Lines are compared by account, since a service may join or part them. */
export function compareEntry(entry: AccountingEntry, held: readonly FoundEntry[]): Comparison {
  const [first] = held
  if (!first) return { state: 'missing' }
  if ('unreadable' in first) return { state: 'different', held: first, differences: [...first.unreadable, ...(held.length > 1 ? ['twice' as const] : [])] }
  const [ours, theirs] = [byAccount(entry.lines), byAccount(first.lines)]
  const isSameAccounts = sameKeys(ours, theirs)
  const found: Difference[] = []
  if (isSameAccounts ? [...ours].some(([account, sum]) => !isSame(sum, theirs.get(account))) : totalOf(entry.lines) !== totalOf(first.lines)) found.push('amount')
  if (first.date.toString() !== entry.date) found.push('date')
  if (!isSameAccounts) found.push('account')
  if (held.length > 1) found.push('twice')
  return found.length === 0 ? { state: 'accepted', held: first } : { state: 'different', held: first, differences: found }
}

type Sums = { debit: Agorot; credit: Agorot }

function byAccount(lines: readonly HeldLine[]): Map<string, Sums> {
  const sums = new Map<string, Sums>()
  for (const { account, debit, credit } of lines) {
    const before = sums.get(account) ?? { debit: 0, credit: 0 }
    sums.set(account, { debit: before.debit + debit, credit: before.credit + credit })
  }
  return sums
}

const isSame = (a: Sums, b: Sums | undefined): boolean => b?.debit === a.debit && b.credit === a.credit
const sameKeys = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean => a.size === b.size && [...a.keys()].every((key) => b.has(key))

/** Entries under one reference each: what a reading of a period found, ready to be compared. */
export function byReference(held: readonly FoundEntry[]): Map<string, FoundEntry[]> {
  const found = new Map<string, FoundEntry[]>()
  for (const entry of held) found.set(entry.reference, [...(found.get(entry.reference) ?? []), entry])
  return found
}

/**
 * Entries there that no document of ours stands behind: they move the account of our income, or carry a reference in our form that nobody here
 * knows. All else in a ledger (expenses, salaries, the bank) is the accountant's own and no matter of ours.
 */
export const strangersAmong = (held: readonly FoundEntry[], known: ReadonlySet<string>, incomeAccount: string): HeldEntry[] =>
  held.filter((entry): entry is HeldEntry => !('unreadable' in entry)).filter(({ reference, lines }) => !known.has(reference) && (isOurs(reference) || lines.some(({ account }) => account === incomeAccount)))
