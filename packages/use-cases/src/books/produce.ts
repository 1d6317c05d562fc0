import { type BookCut, bookDocumentsAfter, type BookPosition, countOfOtherBusiness } from '@yoman/db/books/documents'
import { type BookExportRow, type BookGround, findBookExport, insertBookExport, loadBookGround, lockFolders } from '@yoman/db/books/queries'
import type { BookExportTable, BookSoftware } from '@yoman/db/books/table'
import { accountRoles } from '@yoman/domain/books/accounts'
import type { BookDocument } from '@yoman/domain/books/book-document'
import { type BookRequest, requireExportable } from '@yoman/domain/books/export'
import { folderOf } from '@yoman/domain/books/identity'
import { countBooks } from '@yoman/domain/books/summary'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import { allowWhole } from '../acting.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { readByValues, transact } from '../transact.ts'

const atOnce = 500

/**
 * Cuts the books: which documents, under which accounts, and what they come to. The file itself is written when it is fetched, the
 * same each time. Counting reads page by page before the transaction, so that a year of documents keeps nobody waiting; the cut
 * holds it still meanwhile. Refuses `book_period_invalid`, `vat_number_missing`, `account_keys_unclear`, `account_names_unclear`,
 * `id_taken`.
 */
export async function produceBooks(ctx: Context, request: BookRequest, software: BookSoftware): Promise<BookExportRow> {
  allowWhole(ctx, 'books.export')
  const { known, ground } = await readByValues(ctx, async (db) => ({ known: await findBookExport(db, request.id), ground: await loadBookGround(db) }))
  if (known) return sameAs(known, request)
  requireExportable(request, ground.business.vatNumber, dateIn(ground.zone, ctx.now))
  const summary = await summarise(ctx, { from: request.from, to: request.to, vatNumber: ground.business.vatNumber, cut: ground.cut })
  return transact(ctx, async (tx) => {
    const folders = await lockFolders(tx)
    const meanwhile = await findBookExport(tx, request.id)
    if (meanwhile) return sameAs(meanwhile, request)
    const folder = request.format === 'uniform' ? folderOf(ground.business.vatNumber, ground.zone, ctx.now, folders) : null
    const row = rowOf(ctx, request, ground, software, summary, folder)
    await insertBookExport(tx, row)
    await recordEvents(tx, ctx, [{ name: 'books.exported', subject: { type: 'book_export', id: row.id }, details: { kind: row.format, fromDate: row.from_on.toString(), toDate: row.to_on.toString() } }])
    return row
  })
}

function rowOf(ctx: Context, request: BookRequest, ground: BookGround, software: BookSoftware, summary: BookExportTable['summary'], folder: string | null): BookExportRow {
  if (ctx.actor.staffId === null) throw new Error('books are exported by a person')
  return {
    clinic_id: ctx.clinicId, id: request.id, format: request.format, from_on: request.from, to_on: request.to, time_zone: ground.zone, business: ground.business, software,
    accounts: request.accounts, cut: ground.cut, branches: ground.branches, folder, summary, made_at: ctx.now, made_by: ctx.actor.staffId,
  }
}

/** A repeated request finds its own export. */
function sameAs(known: BookExportRow, { format, from, to, accounts }: BookRequest): BookExportRow {
  const same = accountRoles.every((role) => known.accounts[role].key === accounts[role].key && known.accounts[role].name === accounts[role].name)
  if (known.format !== format || !known.from_on.equals(from) || !known.to_on.equals(to) || !same) throw new Refusal('id_taken')
  return known
}

async function summarise(ctx: Context, books: BookCut): Promise<BookExportTable['summary']> {
  const counted = countBooks()
  for await (const documents of pagesOf(ctx, books)) for (const document of documents) counted.add(document)
  return { ...counted.end(), otherBusiness: await readByValues(ctx, (db) => countOfOtherBusiness(db, books)) }
}

/** An export with its documents in pages, each read in a transaction of its own. */
export async function openBooks(ctx: Context, id: string): Promise<{ row: BookExportRow; pages: AsyncGenerator<BookDocument[]> }> {
  allowWhole(ctx, 'books.export')
  const row = await readByValues(ctx, (db) => findBookExport(db, id))
  if (!row) throw new NotFound('book_export')
  return { row, pages: pagesOf(ctx, { from: row.from_on, to: row.to_on, vatNumber: row.business.vatNumber, cut: row.cut }) }
}

/** The documents of a cut in the order they were issued, page by page, each read in a transaction of its own. */
export async function* pagesOf(ctx: Context, books: BookCut): AsyncGenerator<BookDocument[]> {
  for (let after: BookPosition | null = null; ; ) {
    const { documents, next }: { documents: BookDocument[]; next: BookPosition | null } = await readByValues(ctx, (db) => bookDocumentsAfter(db, books, after, atOnce))
    yield documents
    if (!next) return
    after = next
  }
}
