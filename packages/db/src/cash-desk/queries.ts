import { type Insertable, type Selectable, sql } from 'kysely'
import type { InvoiceKind, PaymentMethod } from '@yoman/domain/invoices/invoice'
import type { Instant, Period } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { CashClosingMeansTable, CashClosingTable } from './table.ts'

export type CashClosingRow = Selectable<CashClosingTable>

/** A closing as it is listed. */
export interface CashClosing extends Omit<CashClosingRow, 'clinic_id'> {
  closed_by_name: string
  means: { method: PaymentMethod; payments: number; refunds: number; refundedAgorot: number; expectedAgorot: number; countedAgorot: number; reason: string }[]
}

/** Money that came or went, as the desk looks through it. */
export interface DeskPayment {
  id: string
  method: PaymentMethod
  /** Below nothing where it was given back. */
  amount: number
  receivedAt: Instant
  patientId: string
  givenName: string
  familyName: string
  givenNameLatin: string
  familyNameLatin: string
  /** Null while it waits for its visit's document. */
  receiptId: string | null
  receiptKind: InvoiceKind | null
  receiptNumber: number | null
}

/** Keeps the branch's desk from another closing until this transaction ends. @returns its zone; undefined where there is no such branch. */
export async function lockDesk(tx: Tx, branchId: string): Promise<string | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended('cash desk ' || ${branchId}::text, 0))`.execute(tx)
  return zoneOfDesk(tx, branchId)
}

export async function zoneOfDesk(db: Db, branchId: string): Promise<string | undefined> {
  const row = await db.selectFrom('branch').select('time_zone').where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', branchId).executeTakeFirst()
  return row?.time_zone
}

export const lastClosing = (db: Db, branchId: string): Promise<CashClosingRow | undefined> =>
  db.selectFrom('cash_closing').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('branch_id', '=', branchId).orderBy('day', 'desc').limit(1).executeTakeFirst()

/** Payments of a branch, and what it gave back, from `from` on until `now` and that no closing holds, in the order in which they came. Money of payment links lies with the provider, and is nobody's to count. */
export async function openPayments(db: Db, branchId: string, from: Instant, now: Instant): Promise<DeskPayment[]> {
  const { rows } = await sql<DeskPayment>`${deskPayments} and p.received_at >= ${from} and p.received_at <= ${now}
    and coalesce(p.branch_id, a.branch_id, v.branch_id) = ${branchId}::uuid and p.link_money_id is null
    and not exists (select from cash_closing_payment c where c.clinic_id = p.clinic_id and c.payment_id = p.id)
    -- A cheque that went back to the patient before anybody counted it is not there to be counted.
    and not exists (select from cheque_move m where m.clinic_id = p.clinic_id and m.payment_id = p.id and m.state = 'withdrawn')
    union all ${deskRefunds} and r.given_at >= ${from} and r.given_at <= ${now} and r.branch_id = ${branchId}::uuid
    and not exists (select from cash_closing_refund c where c.clinic_id = r.clinic_id and c.refund_id = r.id)
    order by "receivedAt", id`.execute(db)
  return rows
}

/** Money that came for a branch by payment links within a period: the provider pays it out. */
export async function paymentsByLink(db: Db, branchId: string, { start, end }: Period): Promise<DeskPayment[]> {
  const { rows } = await sql<DeskPayment>`${deskPayments} and p.link_money_id is not null and p.received_at >= ${start} and p.received_at < ${end}
    and coalesce(p.branch_id, a.branch_id, v.branch_id) = ${branchId}::uuid order by "receivedAt", id`.execute(db)
  return rows
}

/** Money that a closing holds. */
export async function closedPayments(db: Db, closingId: string): Promise<DeskPayment[]> {
  const { rows } = await sql<DeskPayment>`${deskPayments} and p.id in (select c.payment_id from cash_closing_payment c where c.clinic_id = current_clinic() and c.closing_id = ${closingId}::uuid)
    union all ${deskRefunds} and r.id in (select c.refund_id from cash_closing_refund c where c.clinic_id = current_clinic() and c.closing_id = ${closingId}::uuid)
    order by "receivedAt", id`.execute(db)
  return rows
}

/** Every payment of the clinic, as a query that goes on with `and`: `p` the payment, `a` its visit, `v` its document. */
export const deskPayments = sql`
  select p.id, p.method, p.amount_agorot as amount, p.received_at as "receivedAt", p.patient_id as "patientId",
    t.given_name as "givenName", t.family_name as "familyName", t.given_name_latin as "givenNameLatin", t.family_name_latin as "familyNameLatin",
    v.id as "receiptId", v.kind as "receiptKind", v.number as "receiptNumber"
  from payment p join patient t on t.clinic_id = p.clinic_id and t.id = p.patient_id
    left join appointment a on a.clinic_id = p.clinic_id and a.id = p.appointment_id
    left join invoice v on v.clinic_id = p.clinic_id and v.id = p.invoice_id
  where p.clinic_id = current_clinic()`

/** Every refund, as a query that goes on with `and`: `r` the refund, `v` its voucher. */
export const deskRefunds = sql`
  select r.id, r.method, -r.amount_agorot as amount, r.given_at as "receivedAt", v.patient_id as "patientId",
    t.given_name as "givenName", t.family_name as "familyName", t.given_name_latin as "givenNameLatin", t.family_name_latin as "familyNameLatin",
    v.id as "receiptId", v.kind as "receiptKind", v.number as "receiptNumber"
  from refund r join invoice v on v.clinic_id = r.clinic_id and v.id = r.invoice_id join patient t on t.clinic_id = v.clinic_id and t.id = v.patient_id
  where r.clinic_id = current_clinic()`

export async function insertClosing(tx: Tx, row: Insertable<CashClosingTable>, means: readonly Insertable<CashClosingMeansTable>[], held: readonly Pick<DeskPayment, 'id' | 'amount'>[]): Promise<void> {
  await tx.insertInto('cash_closing').values(row).execute()
  await tx.insertInto('cash_closing_means').values(means).execute()
  const common = { clinic_id: row.clinic_id, closing_id: row.id }
  const [came, went] = [held.filter(({ amount }) => amount > 0), held.filter(({ amount }) => amount < 0)]
  if (came.length > 0) await tx.insertInto('cash_closing_payment').values(came.map(({ id }) => ({ ...common, payment_id: id }))).execute()
  if (went.length > 0) await tx.insertInto('cash_closing_refund').values(went.map(({ id }) => ({ ...common, refund_id: id }))).execute()
}

export async function findClosing(db: Db, id: string): Promise<CashClosing | undefined> {
  const { rows } = await sql<CashClosing>`${closings} and c.id = ${id}::uuid`.execute(db)
  return rows[0]
}

/** Of a branch, the newest first. */
export async function listClosings(db: Db, branchId: string, before: { at: string; id: string } | null, limit: number): Promise<CashClosing[]> {
  const { rows } = await sql<CashClosing>`${closings} and c.branch_id = ${branchId}::uuid
    and (${before?.at ?? null}::timestamptz is null or (c.closed_at, c.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    order by c.closed_at desc, c.id desc limit ${limit}`.execute(db)
  return rows
}

const closings = sql`
  select c.id, c.branch_id, c.day, c.since, c.closed_at, c.closed_by, c.left_agorot, s.name as closed_by_name,
    (select jsonb_agg(jsonb_build_object('method', m.method, 'payments', m.payments, 'refunds', m.refunds, 'refundedAgorot', m.refunded_agorot, 'expectedAgorot', m.expected_agorot, 'countedAgorot', m.counted_agorot, 'reason', m.reason)
      order by array_position(array['cash', 'card', 'transfer', 'bit', 'cheque'], m.method))
      from cash_closing_means m where m.clinic_id = c.clinic_id and m.closing_id = c.id) as means
  from cash_closing c join staff s on s.clinic_id = c.clinic_id and s.id = c.closed_by
  where c.clinic_id = current_clinic()`
