import { type Insertable, type Selectable, sql } from 'kysely'
import type { InvoiceKind } from '@yoman/domain/invoices/invoice'
import type { Db, Tx } from '../database.ts'
import type { BookBusiness, BookExportTable } from './table.ts'

export type BookExportRow = Selectable<BookExportTable>

/** What an export is cut from: the business, its wall clock, and the last number of each series that is committed now. */
export interface BookGround {
  business: BookBusiness
  zone: string
  branches: boolean
  cut: Partial<Record<InvoiceKind, number>>
}

/**
 * A number is taken under its counter's lock until its document is committed: each number up to the counter as others see it has
 * its document, and whatever is issued later has a greater one.
 */
export async function loadBookGround(db: Db): Promise<BookGround> {
  const { rows } = await sql<BookGround>`
    select jsonb_build_object('name', coalesce(nullif(c.legal_name, ''), c.name), 'vatNumber', c.vat_number, 'address', coalesce(b.address, ''), 'city', coalesce(b.city, '')) as business,
      coalesce(b.time_zone, 'Asia/Jerusalem') as zone, (select count(*) > 1 from branch n where n.clinic_id = c.id) as branches,
      coalesce((select jsonb_object_agg(d.kind, d.last_number) from document_counter d where d.clinic_id = c.id), '{}') as cut
    from clinic c left join lateral (select * from branch f where f.clinic_id = c.id order by f.created_at, f.id limit 1) b on true
    where c.id = current_clinic()`.execute(db)
  const [ground] = rows
  if (!ground) throw new Error('a clinic has its row')
  return ground
}

export const findBookExport = (db: Db, id: string): Promise<BookExportRow | undefined> =>
  db.selectFrom('book_export').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).executeTakeFirst()

/** The newest first. */
export const listBookExports = (db: Db, before: { at: string; id: string } | null, limit: number): Promise<BookExportRow[]> =>
  db
    .selectFrom('book_export')
    .selectAll()
    .where('clinic_id', '=', sql<string>`current_clinic()`)
    .where(sql<boolean>`(${before?.at ?? null}::timestamptz is null or (made_at, id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))`)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** Folders that uniform files have already. Others who make one now wait until this transaction is over. */
export async function lockFolders(tx: Tx): Promise<Set<string>> {
  await sql`select pg_advisory_xact_lock(hashtextextended('book folders ' || current_clinic()::text, 0))`.execute(tx)
  const rows = await tx.selectFrom('book_export').select('folder').where('clinic_id', '=', sql<string>`current_clinic()`).where('folder', 'is not', null).execute()
  return new Set(rows.map(({ folder }) => folder ?? ''))
}

export async function insertBookExport(tx: Tx, row: Insertable<BookExportTable>): Promise<void> {
  await tx.insertInto('book_export').values(row).execute()
}
