import { type Insertable, type Selectable, sql } from 'kysely'
import type { Cheque, Payment } from '@yoman/domain/invoices/invoice'
import { dateIn, type Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { PaymentTable } from './table.ts'

export type PaymentRow = Selectable<PaymentTable>

/** A payment as the domain knows it; its day is the branch's. */
export const paymentOf = (row: PaymentRow, zone: string): Payment & { id: string } => ({
  id: row.id, method: row.method, amount: row.amount_agorot, receivedOn: dateIn(zone, row.received_at), reference: row.reference,
  cheque: chequeOf(row),
  card: row.card_instalments === null ? null : { brand: row.card_brand, lastFour: row.card_last_four, instalments: row.card_instalments },
})

/** Null for other means, and for cheques of before there were facts of them. */
export function chequeOf({ cheque_number: number, cheque_bank: bank, cheque_branch: branch, cheque_account: account, cheque_due_on: dueOn }: PaymentRow): Cheque | null {
  return number === null || bank === null || branch === null || account === null || dueOn === null ? null : { number, bank, branch, account, dueOn }
}

/** The facts of a payment as its columns. */
export const factColumns = ({ cheque, card }: Pick<Payment, 'cheque' | 'card'>): Pick<Insertable<PaymentTable>, keyof PaymentTable & `c${'heque' | 'ard'}_${string}`> => ({
  cheque_number: cheque?.number ?? null, cheque_bank: cheque?.bank ?? null, cheque_branch: cheque?.branch ?? null, cheque_account: cheque?.account ?? null, cheque_due_on: cheque?.dueOn ?? null,
  card_brand: card?.brand ?? null, card_last_four: card?.lastFour ?? null, card_instalments: card?.instalments ?? null,
})

export const findPayments = (db: Db, ids: readonly string[]): Promise<PaymentRow[]> =>
  db.selectFrom('payment').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('id', 'in', ids).orderBy('id').execute()

/** What a document receipts; of the voucher of a cheque that is gone, the cheque. */
export const findPaymentsOf = (db: Db, invoiceId: string): Promise<PaymentRow[]> =>
  db.selectFrom('payment').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`)
    .where(sql<boolean>`(invoice_id = ${invoiceId}::uuid or id = (select v.cheque_id from invoice v where v.clinic_id = current_clinic() and v.id = ${invoiceId}::uuid and v.kind = '410'))`).orderBy('received_at').orderBy('id').execute()

export async function insertPayments(tx: Tx, rows: readonly Insertable<PaymentTable>[]): Promise<void> {
  await tx.insertInto('payment').values(rows).execute()
}

/** These payments are receipted by this document. */
export async function receiptPayments(tx: Tx, ids: readonly string[], invoiceId: string): Promise<void> {
  if (ids.length === 0) return
  await tx.updateTable('payment').set({ invoice_id: invoiceId }).where('clinic_id', '=', sql<string>`current_clinic()`).where('id', 'in', ids).execute()
}

export interface MaturedCheque {
  paymentId: string
  receiptId: string
  /** Date text. */
  dueOn: string
}

/** Receipted cheques of the clinic whose day has come on the wall of their branch, that are not gone, and that no tax invoice was written for: the earliest first, those behind `after`. */
export async function findMaturedCheques(db: Db, now: Instant, after: MaturedCheque | null, limit: number): Promise<MaturedCheque[]> {
  const { rows } = await sql<MaturedCheque>`
    select p.id as "paymentId", r.id as "receiptId", p.cheque_due_on::text as "dueOn" from payment p
      join invoice r on r.clinic_id = p.clinic_id and r.id = p.invoice_id and r.kind = '400'
      join branch b on b.clinic_id = r.clinic_id and b.id = r.branch_id
      left join invoice g on g.clinic_id = r.clinic_id and g.id = r.based_on_id
    -- Money in the stead of a taxed cheque that is gone (a 410) was taxed with that one.
    where p.clinic_id = current_clinic() and coalesce(g.kind, '300') = '300' and p.cheque_due_on <= (${now}::timestamptz at time zone b.time_zone)::date
      and not exists (select from invoice t where t.clinic_id = p.clinic_id and t.cheque_id = p.id)
      and (${after?.dueOn ?? null}::date is null or (p.cheque_due_on, p.id) > (${after?.dueOn ?? null}::date, ${after?.paymentId ?? null}::uuid))
    order by p.cheque_due_on, p.id limit ${limit}`.execute(db)
  return rows
}

/** Visits of the clinic without a document whose money came on a day that is over on the wall of their branch, in the order of their ids; those behind `after`. */
export async function findVisitsWithWaitingMoney(db: Db, now: Instant, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct a.id from payment p join appointment a on a.clinic_id = p.clinic_id and a.id = p.appointment_id join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id
    where p.clinic_id = current_clinic() and p.invoice_id is null and (p.received_at at time zone b.time_zone)::date < (${now}::timestamptz at time zone b.time_zone)::date
      and document_of_visit(a.clinic_id, a.id) is null and (${after}::uuid is null or a.id > ${after}::uuid)
    order by a.id limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Whether there is a tax invoice of a cheque, or a voucher that says that it is gone. */
export async function isSettled(db: Db, chequeId: string): Promise<boolean> {
  const row = await db.selectFrom('invoice').select('id').where('clinic_id', '=', sql<string>`current_clinic()`).where('cheque_id', '=', chequeId).executeTakeFirst()
  return row !== undefined
}
