import { type BookExportRow, listBookExports, loadBookGround } from '@yoman/db/books/queries'
import type { BookBusiness } from '@yoman/db/books/table'
import { allowWhole } from '../acting.ts'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, instantKey, uuidKey } from '../cursor.ts'
import { readByValues } from '../transact.ts'

const usualLimit = 20

/** Earlier exports, newest first, and the business whose books they are. */
export async function pageOfBookExports(ctx: Context, { cursor, limit = usualLimit }: { cursor?: string; limit?: number }): Promise<{ items: BookExportRow[]; next: string | null; business: BookBusiness }> {
  allowWhole(ctx, 'books.export')
  const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, [instantKey, uuidKey])
  const before = at !== undefined && id !== undefined ? { at, id } : null
  return readByValues(ctx, async (db) => {
    const [rows, { business }] = await Promise.all([listBookExports(db, before, limit + 1), loadBookGround(db)])
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return { items, business, next: rows.length > limit && last ? encodeCursor([last.made_at.toString(), last.id]) : null }
  })
}
