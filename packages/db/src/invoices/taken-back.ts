import { type Insertable, type Selectable, sql } from 'kysely'
import type { MoneyBack } from '@yoman/domain/invoices/refund'
import { dateIn, type PlainDate } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { InvoiceTable, RefundTable } from './table.ts'

export type RefundRow = Selectable<RefundTable>

/** What credit notes took back of the document in a row `v`. */
export const credited = sql<number>`coalesce((select sum(k.total_agorot) from invoice k where k.clinic_id = v.clinic_id and k.based_on_id = v.id and k.kind = '330'), 0)::bigint`

/** What vouchers settled of the credit note in a row `v`, and documents that used it. */
const settled = sql<number>`settled_of(v.clinic_id, v.id)`

/** Money that came in for the document in a row `o`: what it receipts, the cheque that it was written for, or the credit that it used. */
const paid = sql<number>`paid_for(o.clinic_id, o.id)`

/** Rows of money that was given back of the document in a row `o`. */
const refundsOfIt = sql`from invoice k join invoice b on b.clinic_id = k.clinic_id and b.based_on_id = k.id and b.kind = '410'
  join refund r on r.clinic_id = b.clinic_id and r.invoice_id = b.id where k.clinic_id = o.clinic_id and k.based_on_id = o.id and k.kind = '330'`
const givenBack = sql<number>`coalesce((select sum(r.amount_agorot) ${refundsOfIt}), 0)::bigint`

/** What may still be given back of the credit note in a row `v`: as `refundable` of the domain has it. */
export const stillToGive = sql<number>`greatest(least(v.total_agorot - ${settled}, (select ${paid} - went_from(o.clinic_id, o.id) from invoice o where o.clinic_id = v.clinic_id and o.id = v.based_on_id)), 0)::bigint`

/** Money of a document that can be credited, in agorot. `cashBack` is what of `givenBack` was cash. */
export interface MoneyOf {
  paid: number
  givenBack: number
  /** What was given back, and what documents used of its credit notes. */
  gone: number
  cashBack: number
  credited: number
  creditedVat: number
}

export async function moneyOf(db: Db, invoiceId: string): Promise<MoneyOf> {
  const { rows } = await sql<MoneyOf>`
    select ${paid} as paid, ${givenBack} as "givenBack", went_from(o.clinic_id, o.id) as gone, coalesce((select sum(r.amount_agorot) ${refundsOfIt} and r.method = 'cash'), 0)::bigint as "cashBack",
      coalesce(k.total, 0)::bigint as credited, coalesce(k.vat, 0)::bigint as "creditedVat"
    from invoice o cross join lateral (select sum(total_agorot) as total, sum(vat_agorot) as vat from invoice where clinic_id = o.clinic_id and based_on_id = o.id and kind = '330') k
    where o.clinic_id = current_clinic() and o.id = ${invoiceId}::uuid`.execute(db)
  return rows[0] ?? { paid: 0, givenBack: 0, gone: 0, cashBack: 0, credited: 0, creditedVat: 0 }
}

/** Money that was given back of a document, by the means it went back by. */
export async function givenBackBy(db: Db, invoiceId: string): Promise<{ method: RefundRow['method']; amount: number }[]> {
  const { rows } = await sql<{ method: RefundRow['method']; amount: number }>`
    select given.method, sum(given.amount_agorot)::bigint as amount from invoice o, lateral (select r.method, r.amount_agorot ${refundsOfIt}) given
    where o.clinic_id = current_clinic() and o.id = ${invoiceId}::uuid group by given.method order by given.method`.execute(db)
  return rows
}

/** What vouchers settled of a credit note, and documents that used it, in agorot. */
export async function settledOf(db: Db, creditId: string): Promise<number> {
  const { rows } = await sql<{ settled: number }>`select ${settled} as settled from invoice v where v.clinic_id = current_clinic() and v.id = ${creditId}::uuid`.execute(db)
  return rows[0]?.settled ?? 0
}

/** How many pieces of each line of a document credit notes named. */
export async function creditedPieces(db: Db, invoiceId: string): Promise<Map<number, number>> {
  const { rows } = await sql<{ line: number; pieces: number }>`
    select l.credits_line as line, sum(l.quantity)::integer as pieces from invoice k join invoice_line l on l.clinic_id = k.clinic_id and l.invoice_id = k.id
    where k.clinic_id = current_clinic() and k.based_on_id = ${invoiceId}::uuid and k.kind = '330' and l.credits_line is not null group by l.credits_line`.execute(db)
  return new Map(rows.map(({ line, pieces }) => [line, pieces]))
}

export type Follower = Pick<Selectable<InvoiceTable>, 'id' | 'kind' | 'number' | 'issued_at' | 'issued_on' | 'total_agorot'>

/** Documents that settle, correct or pay back this one, the first first. */
export const findFollowers = (db: Db, invoiceId: string): Promise<Follower[]> =>
  db.selectFrom('invoice').select(['id', 'kind', 'number', 'issued_at', 'issued_on', 'total_agorot']).where('clinic_id', '=', sql<string>`current_clinic()`).where('based_on_id', '=', invoiceId).orderBy('issued_at').orderBy('id').execute()

export const findRefundsOf = (db: Db, voucherId: string): Promise<RefundRow[]> =>
  db.selectFrom('refund').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('invoice_id', '=', voucherId).orderBy('given_at').orderBy('id').execute()

/** Money given back as the domain knows it: as a payment, of the day on which it was given. */
export const moneyBackOf = (row: RefundRow, zone: string): MoneyBack & { receivedOn: PlainDate } => ({
  method: row.method, amount: row.amount_agorot, reference: row.reference, receivedOn: dateIn(zone, row.given_at), cheque: null, card: null,
})

export async function insertRefunds(tx: Tx, rows: readonly Insertable<RefundTable>[]): Promise<void> {
  await tx.insertInto('refund').values(rows).execute()
}
