import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { MessageRow } from '../messages/queries.ts'
import type { PaymentLinkTable } from './table.ts'

export type PaymentLinkRow = Selectable<PaymentLinkTable>

const ofClinic = sql<string>`current_clinic()`

export const findPaymentLink = (db: Db, id: string): Promise<PaymentLinkRow | undefined> => db.selectFrom('payment_link').selectAll().where('clinic_id', '=', ofClinic).where('id', '=', id).executeTakeFirst()

/** Held until the transaction ends. Who holds a document too has taken that before. */
export const lockPaymentLink = (tx: Tx, id: string): Promise<PaymentLinkRow | undefined> =>
  tx.selectFrom('payment_link').selectAll().where('clinic_id', '=', ofClinic).where('id', '=', id).forUpdate().executeTakeFirst()

/** The link of a document that can bring money, held until the transaction ends. The caller holds the document. */
export const lockLiveLink = (tx: Tx, invoiceId: string): Promise<PaymentLinkRow | undefined> =>
  tx.selectFrom('payment_link').selectAll().where('clinic_id', '=', ofClinic).where('invoice_id', '=', invoiceId).where('state', 'in', ['requested', 'open']).forUpdate().executeTakeFirst()

/** Messages that said a link, the first that was queued first. */
export async function messagesOfLink(db: Db, { id, invoice_id }: Pick<PaymentLinkRow, 'id' | 'invoice_id'>): Promise<Pick<MessageRow, 'channel' | 'state' | 'to_address'>[]> {
  const { rows } = await sql<Pick<MessageRow, 'channel' | 'state' | 'to_address'>>`select g.channel, g.state, g.to_address from message g
    where g.clinic_id = current_clinic() and g.invoice_id = ${invoice_id}::uuid and g.kind = 'payment_link' and starts_with(g.dedupe_key, ${`payment-link-${id}-`}) order by g.created_at, g.id`.execute(db)
  return rows
}

/** The link that a callback names, by the provider's page or by ours. */
export async function linkOfCallback(tx: Tx, { pageId, linkId }: { pageId: string; linkId: string | null }): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from payment_link where clinic_id = current_clinic() and (page_id = ${pageId} or id = ${linkId}::uuid) order by page_id = ${pageId} desc nulls last limit 1`.execute(tx)
  return rows[0]?.id
}

export async function insertPaymentLink(tx: Tx, row: Insertable<PaymentLinkTable>): Promise<void> {
  await tx.insertInto('payment_link').values(row).execute()
}

/** The caller holds its lock. */
export async function savePaymentLink(tx: Tx, id: string, changes: Updateable<PaymentLinkTable>): Promise<void> {
  await tx.updateTable('payment_link').set(changes).where('clinic_id', '=', ofClinic).where('id', '=', id).execute()
}

/** There is something to look at, at once. Whoever looks at this moment looks again. @param at a time that has come by every clock. */
export async function wakeLinks(tx: Tx, where: { id: string } | { invoiceId: string }, at: Instant): Promise<string[]> {
  const one = 'id' in where ? sql`id = ${where.id}::uuid` : sql`invoice_id = ${where.invoiceId}::uuid and state in ('requested', 'open')`
  const { rows } = await sql<{ id: string }>`update payment_link set hints = hints + 1, tries = 0, next_at = ${at} where clinic_id = current_clinic() and ${one} returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Links of all clinics to be looked at, by nobody now: whose time has come, or whose last day ended before `over`. @param machineNow the machine's clock. @param over by the business clock. */
export async function findDueLinks(db: Db, machineNow: Instant, over: Instant, limit: number): Promise<{ clinicId: string; id: string }[]> {
  const { rows } = await sql<{ clinicId: string; id: string }>`
    select clinic_id as "clinicId", id from payment_link
    where (next_at <= ${machineNow} or (state = 'open' and tries = 0 and expires_at <= ${over})) and (lease_until is null or lease_until <= ${machineNow}) order by next_at nulls last, id limit ${limit}`.execute(db)
  return rows
}

/** Whether any link of the clinic is not over yet. */
export async function isLinkUnderWay(db: Db): Promise<boolean> {
  const { rows } = await sql`select from payment_link where clinic_id = current_clinic() and state in ('requested', 'open', 'ending') limit 1`.execute(db)
  return rows.length > 0
}

/** A link as the desk sees it. */
export interface ShownLink extends PaymentLinkRow {
  branch_id: string
  patient_id: string
  document_number: number
  receipt_id: string | null
  /** The last of each way. */
  messages: { channel: 'sms' | 'email'; state: MessageRow['state']; errorCode: string | null }[]
}

/** Of a document, the newest first; or one. */
export async function listPaymentLinks(db: Db, of: { invoiceId: string } | { id: string }, limit: number): Promise<ShownLink[]> {
  const which = 'invoiceId' in of ? sql`l.invoice_id = ${of.invoiceId}::uuid` : sql`l.id = ${of.id}::uuid`
  const { rows } = await sql<ShownLink>`
    select l.*, v.branch_id, v.patient_id, v.number as document_number,
      (select p.invoice_id from payment p join payment_link_money m on m.clinic_id = p.clinic_id and m.id = p.link_money_id where p.clinic_id = l.clinic_id and m.link_id = l.id order by p.received_at limit 1) as receipt_id,
      coalesce((select jsonb_agg(jsonb_build_object('channel', m.channel, 'state', m.state, 'errorCode', m.error_code) order by m.channel desc) from (
        select distinct on (g.channel) g.channel, g.state, g.error_code from message g
        where g.clinic_id = l.clinic_id and g.invoice_id = l.invoice_id and g.kind = 'payment_link' and starts_with(g.dedupe_key, 'payment-link-' || l.id || '-') order by g.channel, g.created_at desc, g.id desc) m), '[]') as messages
    from payment_link l join invoice v on v.clinic_id = l.clinic_id and v.id = l.invoice_id
    where l.clinic_id = current_clinic() and ${which} order by l.requested_at desc, l.id desc limit ${limit}`.execute(db)
  return rows
}
