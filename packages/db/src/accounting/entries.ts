import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { JournalDocument } from '@yoman/domain/accounting/entry'
import { type InvoiceKind, movingKinds } from '@yoman/domain/invoices/invoice'
import { type Instant, type PlainDate, plainDate } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { AccountingAttemptTable, AccountingEntryTable } from './table.ts'

export type AccountingEntryRow = Selectable<AccountingEntryTable>

const ofClinic = sql<string>`current_clinic()`

interface Queueing {
  connectionId: string
  firstOn: PlainDate
  vatNumber: string
  queued: Partial<Record<InvoiceKind, number>>
}

/** What another connection has tried: it may be the same ledger by another spelling, and still be writing. */
interface Quiet {
  /** How long a service that gave no answer is left alone. */
  quietSeconds: number
  leaseSeconds: number
}

/**
 * The next documents of each kind, each with its row. A number is taken under its counter's lock until its document is committed, so what is seen
 * beyond the last number is whole up to its own last one: none is passed over. What another connection tried last waits until that try is surely over:
 * its pause, or its lease and a pause, and never longer than both together from now. @returns how far each kind was looked at, and whether there may be more.
 */
export async function queueEntries(tx: Tx, { connectionId, firstOn, vatNumber, queued }: Queueing, { quietSeconds, leaseSeconds }: Quiet, now: Instant, machineNow: Instant, limit: number): Promise<{ queued: Partial<Record<InvoiceKind, number>>; more: boolean }> {
  const { rows } = await sql<{ kind: InvoiceKind; last: number; count: number }>`
    with next as (
      select n.* from unnest(${movingKinds}::text[], ${movingKinds.map((kind) => queued[kind] ?? 0)}::bigint[]) as k(kind, after)
      cross join lateral (select v.id, v.kind, v.number, v.issued_on, v.business->>'vatNumber' as vat_number from invoice v
        where v.clinic_id = current_clinic() and v.kind = k.kind and v.number > k.after order by v.number limit ${limit}) n
    ), put as (
      insert into accounting_entry (clinic_id, connection_id, invoice_id, queued_at, next_at)
      select current_clinic(), ${connectionId}::uuid, id, ${now}::timestamptz,
        least(${machineNow}::timestamptz + ${quietSeconds + leaseSeconds} * interval '1 second', greatest(${machineNow}::timestamptz,
          (select max(case e.state when 'waiting' then e.next_at else coalesce(e.lease_until, e.sent_at) + ${quietSeconds} * interval '1 second' end)
            from accounting_entry e where e.clinic_id = current_clinic() and e.invoice_id = next.id and e.connection_id <> ${connectionId}::uuid and e.attempt > 0)))
      from next where issued_on >= ${firstOn}::date and vat_number = ${vatNumber}
      on conflict do nothing
    ) select kind, max(number) as last, count(*)::integer as count from next group by kind`.execute(tx)
  return { queued: { ...queued, ...Object.fromEntries(rows.map(({ kind, last }) => [kind, last])) }, more: rows.some(({ count }) => count === limit) }
}

/** What a document's entry is made of. */
export async function findJournalDocument(db: Db, id: string): Promise<JournalDocument | undefined> {
  type Row = Pick<JournalDocument, 'id' | 'kind' | 'number' | 'net' | 'vat' | 'total' | 'date'> & { payments: (Omit<JournalDocument['payments'][number], 'receivedOn'> & { receivedOn: string })[] }
  const { rows } = await sql<Row>`
    select v.id, v.kind, v.number, v.issued_on as date, v.net_agorot as net, v.vat_agorot as vat, v.total_agorot as total,
      coalesce((select jsonb_agg(jsonb_build_object('method', p.method, 'amount', p.amount_agorot, 'receivedOn', v.issued_on, 'reference', '') order by p.received_at, p.id)
        from payment p where p.clinic_id = v.clinic_id and (p.invoice_id = v.id or (v.kind = '410' and p.id = v.cheque_id))),
        (select jsonb_agg(jsonb_build_object('method', r.method, 'amount', r.amount_agorot, 'receivedOn', v.issued_on, 'reference', '') order by r.given_at, r.id)
        from refund r where r.clinic_id = v.clinic_id and r.invoice_id = v.id), '[]') as payments
    from invoice v where v.clinic_id = current_clinic() and v.id = ${id}::uuid`.execute(db)
  const [row] = rows
  return row && { ...row, payments: row.payments.map((payment) => ({ ...payment, receivedOn: plainDate(payment.receivedOn) })) }
}

/** The entry, held until the transaction ends. */
export const lockEntry = (tx: Tx, connectionId: string, invoiceId: string): Promise<AccountingEntryRow | undefined> =>
  tx.selectFrom('accounting_entry').selectAll().where('clinic_id', '=', ofClinic).where('connection_id', '=', connectionId).where('invoice_id', '=', invoiceId).forUpdate().executeTakeFirst()

/** Whether the service of whatever connection ever had the document's entry. */
export async function wasEverTaken(tx: Tx, invoiceId: string): Promise<boolean> {
  const row = await tx.selectFrom('accounting_entry').select('service_id').where('clinic_id', '=', ofClinic).where('invoice_id', '=', invoiceId).where('service_id', 'is not', null).limit(1).executeTakeFirst()
  return row !== undefined
}

/** The caller holds its lock. */
export async function saveEntry(tx: Tx, { connection_id, invoice_id }: Pick<AccountingEntryRow, 'connection_id' | 'invoice_id'>, changes: Updateable<AccountingEntryTable>): Promise<void> {
  await tx.updateTable('accounting_entry').set(changes).where('clinic_id', '=', ofClinic).where('connection_id', '=', connection_id).where('invoice_id', '=', invoice_id).execute()
}

const rowsAtOnce = 500

export async function insertAttempts(tx: Tx, rows: readonly Insertable<AccountingAttemptTable>[]): Promise<void> {
  for (let first = 0; first < rows.length; first += rowsAtOnce) await tx.insertInto('accounting_attempt').values(rows.slice(first, first + rowsAtOnce)).execute()
}

/** Entries of all connected clinics whose time has come, or whose sender died: a few of each clinic, so that a long queue of one keeps nobody waiting. @param machineNow the machine's clock. */
export async function findDueEntries(db: Db, machineNow: Instant, ofEach: number, limit: number): Promise<{ clinicId: string; id: string }[]> {
  const { rows } = await sql<{ clinicId: string; id: string }>`
    select d.clinic_id as "clinicId", d.invoice_id as id from (
      select e.clinic_id, e.invoice_id, e.next_at, row_number() over (partition by e.clinic_id order by e.next_at, e.invoice_id) as place
      from accounting_entry e join accounting_connection c on c.clinic_id = e.clinic_id and c.id = e.connection_id and c.state = 'connected'
      where (e.state = 'waiting' and e.next_at <= ${machineNow}) or (e.state = 'sending' and e.lease_until <= ${machineNow})
    ) d where d.place <= ${ofEach} order by d.place, d.clinic_id limit ${limit}`.execute(db)
  return rows
}

/** What waited for the service to let us in again is due now. A pause after a try without an answer goes on: the service may still be writing. */
export async function wakeEntries(tx: Tx, connectionId: string, machineNow: Instant): Promise<void> {
  await tx.updateTable('accounting_entry').set({ next_at: machineNow, problem: null }).where('clinic_id', '=', ofClinic).where('connection_id', '=', connectionId).where('state', '=', 'waiting')
    .where((is) => is.or([is('problem', '=', 'reconnect'), is('next_at', 'is', null)])).execute()
}

/** What the service refused is made anew, for other accounts, and is due now. @returns how many. */
export async function renewRefused(tx: Tx, connectionId: string, machineNow: Instant): Promise<number> {
  const { numUpdatedRows } = await tx.updateTable('accounting_entry').set({ state: 'waiting', problem: null, message: '', account: null, payload: null, payload_hash: null, reference: null, next_at: machineNow })
    .where('clinic_id', '=', ofClinic).where('connection_id', '=', connectionId).where('state', '=', 'refused').executeTakeFirst()
  return Number(numUpdatedRows)
}
