import { findAccounting } from '@yoman/db/accounting/connection'
import { countEntries, type Days, type EntryCount, type EntryPosition, listEntries, type ListedEntry, listStrangers } from '@yoman/db/accounting/lists'
import type { Stranger } from '@yoman/db/accounting/reading'
import type { EntryState } from '@yoman/domain/accounting/state'
import { Refusal } from '@yoman/domain/refusal'
import { allowWhole } from '../acting.ts'
import type { Context } from '../context.ts'
import { dateKey, decodeCursor, encodeCursor, uuidKey } from '../cursor.ts'
import { readByValues } from '../transact.ts'

const usualLimit = 50
const atOnce = 500
const mostStrangers = 200

export interface Reconciliation {
  counts: EntryCount[]
  strangers: Stranger[]
  /** Whether there are more strangers than are listed. */
  more: boolean
}

/** What a period comes to by ours and by theirs; nothing where no service is connected. Refuses `book_period_invalid`. */
export async function reconcile(ctx: Context, days: Days): Promise<Reconciliation> {
  allowWhole(ctx, 'books.export')
  requireDays(days)
  return readByValues(ctx, async (db) => {
    const connection = await findAccounting(db)
    if (!connection) return { counts: [], strangers: [], more: false }
    const [counts, strangers] = [await countEntries(db, connection.id, days), await listStrangers(db, connection.id, days, mostStrangers + 1)]
    return { counts, strangers: strangers.slice(0, mostStrangers), more: strangers.length > mostStrangers }
  })
}

/** Documents of a period beside what the service has of them, the newest first. Refuses `book_period_invalid`, `cursor_invalid`. */
export async function pageOfEntries(ctx: Context, { states, cursor, limit = usualLimit, ...days }: Days & { states: readonly EntryState[] | null; cursor?: string; limit?: number }): Promise<{ items: ListedEntry[]; next: string | null }> {
  allowWhole(ctx, 'books.export')
  requireDays(days)
  const [day, id] = cursor === undefined ? [] : decodeCursor(cursor, [dateKey, uuidKey])
  const rows = await rowsAfter(ctx, days, states, day !== undefined && id !== undefined ? { day, id } : null, limit + 1)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.issuedOn.toString(), last.invoiceId]) : null }
}

/** All of them, in pages that are each read in a transaction of their own. */
export async function* allEntries(ctx: Context, days: Days): AsyncGenerator<ListedEntry[]> {
  allowWhole(ctx, 'books.export')
  requireDays(days)
  for (let after: EntryPosition | null = null; ; ) {
    const rows: ListedEntry[] = await rowsAfter(ctx, days, null, after, atOnce)
    yield rows
    const last = rows.at(-1)
    if (rows.length < atOnce || !last) return
    after = { day: last.issuedOn.toString(), id: last.invoiceId }
  }
}

const rowsAfter = (ctx: Context, days: Days, states: readonly EntryState[] | null, after: EntryPosition | null, limit: number): Promise<ListedEntry[]> =>
  readByValues(ctx, async (db) => {
    const connection = await findAccounting(db)
    return connection ? listEntries(db, connection.id, days, states, after, limit) : []
  })

function requireDays({ from, to }: Days): void {
  if (from.toString() > to.toString()) throw new Refusal('book_period_invalid')
}
