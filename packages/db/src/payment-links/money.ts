import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { PaymentLinkMoneyTable } from './table.ts'

export type LinkMoneyRow = Selectable<PaymentLinkMoneyTable>

const ofClinic = sql<string>`current_clinic()`

/** Keeps that a callback named a transaction; once. @returns whether it is new. */
export async function insertHeard(tx: Tx, row: Insertable<PaymentLinkMoneyTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.insertInto('payment_link_money').values(row).onConflict((on) => on.constraint('payment_link_money_once').doNothing()).executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** A callback named a transaction again that the provider did not know. The caller holds the link. @returns whether there is such a one. */
export async function hearAgain(tx: Tx, linkId: string, transactionId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('payment_link_money').set({ state: 'heard' }).where('clinic_id', '=', ofClinic).where('link_id', '=', linkId).where('transaction_id', '=', transactionId)
    .where('state', 'in', ['heard', 'nothing']).executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** Links with transactions that a callback named and the provider is still to be asked about. */
export async function linksWithHeard(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('payment_link_money').select('link_id').distinct().where('clinic_id', '=', ofClinic).where('state', '=', 'heard').where('left_page', 'is', null).execute()
  return rows.map(({ link_id }) => link_id)
}

/** How many transactions that callbacks named the provider is still to be asked about. */
export async function countHeard(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from payment_link_money where clinic_id = current_clinic() and state = 'heard' and left_page is null`.execute(db)
  return rows[0]?.n ?? 0
}

/** The clinic disconnects: nobody is asked about what was heard of by this page, until it is connected again. */
export const leaveHeard = (tx: Tx, page: Buffer) =>
  tx.updateTable('payment_link_money').set({ left_page: page }).where('clinic_id', '=', ofClinic).where('state', '=', 'heard').where('left_page', 'is', null).execute()

/** This page is connected again: its provider is to be asked about what was left. */
export const takeUpHeard = (tx: Tx, page: Buffer) => tx.updateTable('payment_link_money').set({ left_page: null }).where('clinic_id', '=', ofClinic).where('left_page', '=', page).execute()

/** A transaction that a callback named and the provider has not told of. */
export interface UnsettledMoney {
  id: string
  transaction_id: string
  heard_at: Instant
  invoice_id: string
  document_number: number
  /** Nobody is asked about it: the clinic left the page by which it came. */
  left: boolean
}

/** The first heard of first. */
export async function listUnsettled(db: Db, limit: number): Promise<UnsettledMoney[]> {
  const { rows } = await sql<UnsettledMoney>`
    select m.id, m.transaction_id, m.heard_at, l.invoice_id, v.number as document_number, m.left_page is not null as "left"
    from payment_link_money m join payment_link l on l.clinic_id = m.clinic_id and l.id = m.link_id join invoice v on v.clinic_id = l.clinic_id and v.id = l.invoice_id
    where m.clinic_id = current_clinic() and m.state = 'heard' order by m.heard_at, m.id limit ${limit}`.execute(db)
  return rows
}

/** What is known of the transactions of a link, the first heard of first. The caller holds the link. */
export const findMoneyOf = (db: Db, linkId: string): Promise<LinkMoneyRow[]> =>
  db.selectFrom('payment_link_money').selectAll().where('clinic_id', '=', ofClinic).where('link_id', '=', linkId).orderBy('heard_at').orderBy('id').execute()

export const findLinkMoney = (db: Db, id: string): Promise<LinkMoneyRow | undefined> => db.selectFrom('payment_link_money').selectAll().where('clinic_id', '=', ofClinic).where('id', '=', id).executeTakeFirst()

/** Held until the transaction ends. */
export const lockLinkMoney = (tx: Tx, id: string): Promise<LinkMoneyRow | undefined> =>
  tx.selectFrom('payment_link_money').selectAll().where('clinic_id', '=', ofClinic).where('id', '=', id).forUpdate().executeTakeFirst()

/** The caller holds it, or its link. */
export async function saveLinkMoney(tx: Tx, id: string, changes: Updateable<PaymentLinkMoneyTable>): Promise<void> {
  await tx.updateTable('payment_link_money').set(changes).where('clinic_id', '=', ofClinic).where('id', '=', id).execute()
}

/** Money that somebody has to decide about. */
export interface UndecidedMoney extends LinkMoneyRow {
  invoice_id: string
  document_number: number
  asked_agorot: number
  branch_id: string
  patient_id: string
  given_name: string
  family_name: string
  given_name_latin: string
  family_name_latin: string
}

/** The first that came first. */
export async function listUndecidedMoney(db: Db, limit: number): Promise<UndecidedMoney[]> {
  const { rows } = await sql<UndecidedMoney>`
    select m.*, l.invoice_id, v.number as document_number, l.amount_agorot as asked_agorot, v.branch_id, v.patient_id, t.given_name, t.family_name, t.given_name_latin, t.family_name_latin
    from payment_link_money m join payment_link l on l.clinic_id = m.clinic_id and l.id = m.link_id join invoice v on v.clinic_id = l.clinic_id and v.id = l.invoice_id
      join patient t on t.clinic_id = v.clinic_id and t.id = v.patient_id
    where m.clinic_id = current_clinic() and m.state = 'different' order by m.known_at, m.id limit ${limit}`.execute(db)
  return rows
}

/** Visits of a patient that have no document and are not off: the next first, then those that are over, the last first. */
export async function visitsToPay(db: Db, patientId: string, now: Instant, limit: number): Promise<{ id: string; visitTypeId: string | null }[]> {
  const { rows } = await sql<{ id: string; visitTypeId: string | null }>`
    select a.id, a.visit_type_id as "visitTypeId" from appointment a
    where a.clinic_id = current_clinic() and a.patient_id = ${patientId}::uuid and a.status not in ('held', 'cancelled', 'no_show') and document_of_visit(a.clinic_id, a.id) is null
    order by a.starts_at < ${now}, abs(extract(epoch from a.starts_at - ${now})), a.id limit ${limit}`.execute(db)
  return rows
}
