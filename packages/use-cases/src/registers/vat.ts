import { type BookCut, countOfOtherBusiness } from '@yoman/db/books/documents'
import { type BookGround, loadBookGround } from '@yoman/db/books/queries'
import { type VatDocument, vatDocumentsAfter } from '@yoman/db/registers/vat'
import { isVatNumber } from '@yoman/domain/books/identity'
import { countBooks } from '@yoman/domain/books/summary'
import { Refusal } from '@yoman/domain/refusal'
import { vatPeriod, vatReturn, type VatReport } from '@yoman/domain/registers/vat'
import { dateIn, instant } from '@yoman/domain/time'
import { allowWhole } from '../acting.ts'
import { pagesOf } from '../books/produce.ts'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, instantKey, uuidKey } from '../cursor.ts'
import { readByValues } from '../transact.ts'

export interface VatRequest {
  /** The first month, `2026-11`. */
  month: string
  months: number
}

export interface WholeVatReport extends VatReport, Pick<BookGround, 'business' | 'zone'> {
  /** Documents of the period under another dealer's number, which are not in it. */
  otherBusiness: number
}

/** Sales for the VAT return, counted by the books' own counter, page by page. Throws `Forbidden`; refuses `book_period_invalid`. */
export async function readVatReport(ctx: Context, request: VatRequest): Promise<WholeVatReport> {
  const { cut, business, zone } = await vatGround(ctx, request)
  const counted = countBooks()
  const sales = new Map<number, number>()
  for await (const documents of pagesOf(ctx, cut)) {
    for (const document of documents) {
      counted.add(document)
      if (document.kind === '305' || document.kind === '320') sales.set(document.vatBasisPoints, (sales.get(document.vatBasisPoints) ?? 0) + 1)
    }
  }
  const { vat: rates, kinds } = counted.end()
  return { from: cut.from, to: cut.to, business, zone, rates, kinds, sums: vatReturn(rates, sales), otherBusiness: await readByValues(ctx, (db) => countOfOtherBusiness(db, cut)) }
}

/** The same for a file that names the dealer. Refuses `vat_number_missing`, too. */
export async function readVatFile(ctx: Context, request: VatRequest): Promise<WholeVatReport> {
  const report = await readVatReport(ctx, request)
  if (!isVatNumber(report.business.vatNumber)) throw new Refusal('vat_number_missing')
  return report
}

const usualLimit = 50
const atOnce = 500

/** The documents behind a report, oldest first. */
export async function pageOfVatDocuments(ctx: Context, { month, months, kind, cursor, limit = usualLimit }: VatRequest & { kind?: VatDocument['kind']; cursor?: string; limit?: number }): Promise<{ items: VatDocument[]; next: string | null }> {
  const { cut } = await vatGround(ctx, { month, months })
  const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, [instantKey, uuidKey])
  const after = at !== undefined && id !== undefined ? { at: instant(at), id } : null
  const rows = await readByValues(ctx, (db) => vatDocumentsAfter(db, cut, kind ?? null, after, limit + 1))
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.issuedAt.toString(), last.id]) : null }
}

/** All of them, page by page, each read in a transaction of its own. */
export async function* allVatDocuments(ctx: Context, { kind, ...request }: VatRequest & { kind?: VatDocument['kind'] }): AsyncGenerator<VatDocument[]> {
  const { cut } = await vatGround(ctx, request)
  for (let after: { at: VatDocument['issuedAt']; id: string } | null = null; ; ) {
    const rows: VatDocument[] = await readByValues(ctx, (db) => vatDocumentsAfter(db, cut, kind ?? null, after, atOnce))
    yield rows
    const last = rows.at(-1)
    if (rows.length < atOnce || !last) return
    after = { at: last.issuedAt, id: last.id }
  }
}

async function vatGround(ctx: Context, { month, months }: VatRequest): Promise<{ cut: BookCut } & Pick<BookGround, 'business' | 'zone'>> {
  allowWhole(ctx, 'books.export')
  const { business, zone, cut } = await readByValues(ctx, loadBookGround)
  return { business, zone, cut: { ...vatPeriod(month, months, dateIn(zone, ctx.now)), vatNumber: business.vatNumber, cut } }
}
