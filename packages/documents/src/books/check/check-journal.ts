import { money, where } from './check-documents.ts'
import type { Findings } from './findings.ts'
import { eachInTurn } from './in-turn.ts'
import type { ParsedRecord } from './parse.ts'

interface Sides {
  debit: number
  credit: number
  first: ParsedRecord
}

export interface JournalCheck {
  take(record: ParsedRecord): void
  end(customers: ReadonlyMap<string, ParsedRecord>): Promise<void>
}

/** Journal lines and accounts: each entry balances, each account is known once, and its sums are those of its lines (B100, B110). */
export function checkJournal(findings: Findings, period: { from: string; to: string } | null): JournalCheck {
  const entries = new Map<string, Sides & { lines: number }>()
  const moved = new Map<string, Sides>()
  const accounts = new Map<string, ParsedRecord>()
  return {
    take: (record) => (record.code === 'B100' ? takeLine(record) : takeAccount(record)),
    async end(customers) {
      for (const [number, { debit, credit, first }] of entries) if (debit !== credit) findings.tell('entry_unbalanced', { ...where(first), field: 1353, found: `${number}: ${money(debit)}`, expected: money(credit) })
      for (const [key, { first }] of moved) if (!accounts.has(key)) findings.tell('account_unknown', { ...where(first), field: 1364, found: key })
      await eachInTurn(accounts, ([key, account]) => checkTotals(key, account))
      if (accounts.size > 0) for (const [key, header] of customers) if (!accounts.has(key)) findings.tell('customer_unknown', { ...where(header), field: 1225, found: key })
    },
  }

  function takeLine(record: ParsedRecord): void {
    const at = where(record)
    const side = record.number(1366)
    if (side !== 1 && side !== 2) findings.tell('side_wrong', { ...at, field: 1366, found: record.text(1366), expected: '1 / 2' })
    const amount = { debit: side === 1 ? record.number(1368) : 0, credit: side === 2 ? record.number(1368) : 0 }
    const number = record.text(1353)
    const entry = { ...added(entries.get(number), amount, record), lines: (entries.get(number)?.lines ?? 0) + 1 }
    entries.set(number, entry)
    if (record.number(1354) !== entry.lines) findings.tell('entry_line', { ...at, field: 1354, found: record.text(1354), expected: String(entry.lines) })
    moved.set(record.text(1364), added(moved.get(record.text(1364)), amount, record))
    if (record.text(1365) !== '') moved.set(record.text(1365), added(moved.get(record.text(1365)), { debit: amount.credit, credit: amount.debit }, record))
    const dates = [record.text(1363), record.text(1375)]
    if (period && dates.every((date) => date < period.from || date > period.to)) findings.tell('date_outside_period', { ...at, field: 1363, found: record.text(1363), expected: `${period.from}-${period.to}` })
  }

  function takeAccount(record: ParsedRecord): void {
    const key = record.text(1403)
    if (accounts.has(key)) findings.tell('account_twice', { ...where(record), field: 1403, found: key })
    accounts.set(key, record)
  }

  function checkTotals(key: string, account: ParsedRecord): void {
    const { debit, credit } = moved.get(key) ?? { debit: 0, credit: 0 }
    if (account.number(1415) !== debit) findings.tell('account_totals', { ...where(account), field: 1415, found: money(account.number(1415)), expected: money(debit) })
    if (account.number(1416) !== credit) findings.tell('account_totals', { ...where(account), field: 1416, found: money(account.number(1416)), expected: money(credit) })
  }
}

const added = (before: Sides | undefined, amount: { debit: number; credit: number }, first: ParsedRecord): Sides =>
  before ? { debit: before.debit + amount.debit, credit: before.credit + amount.credit, first: before.first } : { ...amount, first }
