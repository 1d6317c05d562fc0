import { sql } from 'kysely'
import type { InvoiceKind } from '@yoman/domain/invoices/invoice'
import type { Instant, PlainDate } from '@yoman/domain/time'
import { type BookCut, type BookPosition, within } from '../books/documents.ts'
import type { Db } from '../database.ts'

/** A document that declares VAT, or takes it back. */
export interface VatDocument {
  id: string
  kind: Extract<InvoiceKind, '305' | '320' | '330'>
  number: number
  issuedOn: PlainDate
  issuedAt: Instant
  payer: string
  /** Nine digits of a payer who is an authorised dealer; empty for all others. */
  dealerNumber: string
  /** Its allocation number, whole; null where it has none. */
  allocation: string | null
  vatBasisPoints: number
  net: number
  vat: number
  total: number
}

/** The documents behind a VAT report in the order they were issued, of one kind where it is named. */
export async function vatDocumentsAfter(db: Db, books: BookCut, kind: VatDocument['kind'] | null, after: BookPosition | null, limit: number): Promise<VatDocument[]> {
  const { rows } = await sql<VatDocument>`
    select v.id, v.kind, v.number, v.issued_on as "issuedOn", v.issued_at as "issuedAt", coalesce(v.payer->>'name', '') as payer, coalesce(v.payer->>'dealerNumber', '') as "dealerNumber", (select n.number from allocation_request n where n.clinic_id = v.clinic_id and n.invoice_id = v.id) as allocation, v.vat_basis_points as "vatBasisPoints",
      v.net_agorot as net, v.vat_agorot as vat, v.total_agorot as total
    from invoice v where ${within(books)} and v.business->>'vatNumber' = ${books.vatNumber} and v.kind in ('305', '320', '330') and (${kind}::text is null or v.kind = ${kind}::text)
      and (${after?.at ?? null}::timestamptz is null or (v.issued_at, v.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by v.issued_at, v.id limit ${limit}`.execute(db)
  return rows
}
