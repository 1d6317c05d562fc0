import { sql } from 'kysely'
import type { Difference } from '@yoman/domain/accounting/compare'
import type { EntryState } from '@yoman/domain/accounting/state'
import type { Instant, PlainDate } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { KeptHeld } from './table.ts'

/** An entry that the service took, beside which a reading is laid. */
export interface SentEntry {
  invoiceId: string
  state: EntryState
  attempt: number
  payload: string
  serviceId: string | null
  sentAt: Instant
}

/** Entries of a period that the service had taken before a reading began, by their document's date. @param before the machine's clock. */
export async function sentEntries(db: Db, connectionId: string, { from, to }: { from: PlainDate; to: PlainDate }, before: Instant): Promise<SentEntry[]> {
  const { rows } = await sql<SentEntry>`select e.invoice_id as "invoiceId", e.state, e.attempt, e.payload, e.service_id as "serviceId", e.sent_at as "sentAt"
    from invoice v join accounting_entry e on e.clinic_id = v.clinic_id and e.invoice_id = v.id and e.connection_id = ${connectionId}::uuid
    where v.clinic_id = current_clinic() and v.issued_on between ${from} and ${to} and e.state in ('sent', 'accepted', 'different', 'missing') and e.sent_at < ${before} order by e.invoice_id`.execute(db)
  return rows
}

export interface ReadEntry {
  invoiceId: string
  attempt: number
  state: EntryState
  serviceId: string | null
  held: KeptHeld | null
  heldAgorot: number | null
  differences: Difference[]
}

/** Writes down what a reading found, of the entries that nobody touched meanwhile. */
export async function saveRead(tx: Tx, connectionId: string, entries: readonly ReadEntry[]): Promise<void> {
  if (entries.length === 0) return
  await sql`update accounting_entry e set state = r.state, service_id = r."serviceId", held = r.held, held_agorot = r."heldAgorot", differences = array(select jsonb_array_elements_text(r.differences)), problem = null, message = ''
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as r("invoiceId" uuid, attempt integer, state text, "serviceId" text, held jsonb, "heldAgorot" bigint, differences jsonb)
    where e.clinic_id = current_clinic() and e.connection_id = ${connectionId}::uuid and e.invoice_id = r."invoiceId" and e.attempt = r.attempt and e.state in ('sent', 'accepted', 'different', 'missing')`.execute(tx)
}

/** Which of the references are those of documents here, of whatever connection. */
export async function knownReferences(db: Db, references: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ reference: string }>`select distinct reference from accounting_entry where clinic_id = current_clinic() and reference = any(${references}::text[])`.execute(db)
  return new Set(rows.map(({ reference }) => reference))
}

export interface Stranger {
  serviceId: string
  day: PlainDate
  reference: string
  totalAgorot: number
}

/** What stood there of the period is replaced. */
export async function replaceStrangers(tx: Tx, connectionId: string, { from, to }: { from: PlainDate; to: PlainDate }, strangers: readonly Stranger[], seenAt: Instant): Promise<void> {
  const ids = strangers.map(({ serviceId }) => serviceId)
  await sql`delete from accounting_stranger where clinic_id = current_clinic() and connection_id = ${connectionId}::uuid and (day between ${from} and ${to} or service_id = any(${ids}::text[]))`.execute(tx)
  if (strangers.length === 0) return
  const rows = strangers.map(({ day, ...rest }) => ({ ...rest, day: day.toString() }))
  await sql`insert into accounting_stranger (clinic_id, connection_id, service_id, day, reference, total_agorot, seen_at)
    select current_clinic(), ${connectionId}::uuid, r."serviceId", r.day, left(r.reference, 250), r."totalAgorot", ${seenAt}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("serviceId" text, day date, reference text, "totalAgorot" bigint) on conflict do nothing`.execute(tx)
}
