/** An entry as a stand-in holds it; sums in agorot. */
export interface StandInEntry {
  id: number
  reference: string
  /** ISO. */
  date: string
  lines: { account: string; debit: number; credit: number }[]
}

/** The accounts of the demo's books, as the page of the books suggests them. */
export const usualAccounts = ['1001', '1002', '1003', '1004', '1005', '2000', '4000', '6000', '7000']

/** What an accountant's ledger holds: entries that were sent, and whatever is typed, changed or deleted there by hand. */
export class Ledger {
  readonly accounts: Set<string>
  readonly entries: StandInEntry[] = []
  /** However many are asked for, no page has more. */
  mostOfPage = 2_000
  /** References of entries that are shown with a date and sums that nobody can read. */
  readonly garbled = new Set<string>()
  #last = 0

  constructor(accounts: readonly string[] = usualAccounts) {
    this.accounts = new Set(accounts)
  }

  add(entry: Omit<StandInEntry, 'id'>): StandInEntry {
    const added = { ...entry, id: (this.#last += 1) }
    this.entries.push(added)
    return added
  }

  under(reference: string): StandInEntry[] {
    return this.entries.filter((entry) => entry.reference === reference)
  }

  /** Somebody changes an entry by hand. */
  change(id: number, change: Partial<Omit<StandInEntry, 'id'>>): void {
    const entry = this.entries.find((one) => one.id === id)
    if (!entry) throw new Error(`no entry ${id}`)
    Object.assign(entry, change)
  }

  remove(id: number): void {
    const index = this.entries.findIndex((one) => one.id === id)
    if (index >= 0) this.entries.splice(index, 1)
  }

  /** The first account of the entry that this ledger does not have. */
  unknownAccount(entry: Pick<StandInEntry, 'lines'>): string | undefined {
    return entry.lines.find(({ account }) => !this.accounts.has(account))?.account
  }
}
