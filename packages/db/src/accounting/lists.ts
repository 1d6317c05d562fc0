import { sql } from 'kysely'
import type { Difference } from '@yoman/domain/accounting/compare'
import type { EntryState, ListedProblem } from '@yoman/domain/accounting/state'
import { type InvoiceKind, movingKinds } from '@yoman/domain/invoices/invoice'
import type { Instant, PlainDate } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import type { Stranger } from './reading.ts'
import type { KeptHeld } from './table.ts'

export interface Days {
  from: PlainDate
  to: PlainDate
}

/** A document beside what the service has of it. */
export interface ListedEntry {
  invoiceId: string
  kind: InvoiceKind
  number: number
  issuedOn: PlainDate
  state: EntryState
  problem: ListedProblem | null
  message: string
  account: string | null
  differences: Difference[]
  totalAgorot: number
  serviceId: string | null
  held: KeptHeld | null
  heldAgorot: number | null
  attempt: number
  sentAt: Instant | null
}

export interface EntryPosition {
  day: string
  id: string
}

/** Documents from the connection's first day on that move something in the books, whether they have an entry yet or not, and those that have one. */
const beside = (connectionId: string, { from, to }: Days) => sql`invoice v join accounting_connection c on c.clinic_id = v.clinic_id and c.id = ${connectionId}::uuid
    left join accounting_entry e on e.clinic_id = v.clinic_id and e.invoice_id = v.id and e.connection_id = c.id
    where v.clinic_id = current_clinic() and v.issued_on between ${from} and ${to} and (e.invoice_id is not null or (v.issued_on >= c.first_on and v.kind = any(${movingKinds}::text[])))`
/** What was not looked at yet waits. */
const state = sql`coalesce(e.state, 'waiting')`

/** Documents of a period by their date, the newest first; of the states that are given, or of all. */
export async function listEntries(db: Db, connectionId: string, days: Days, states: readonly EntryState[] | null, after: EntryPosition | null, limit: number): Promise<ListedEntry[]> {
  const { rows } = await sql<ListedEntry>`
    select v.id as "invoiceId", v.kind, v.number, v.issued_on as "issuedOn", ${state} as state, case when e.invoice_id is null and v.business->>'vatNumber' is distinct from c.vat_number then 'other_number' else e.problem end as problem,
      coalesce(e.message, '') as message, e.account, coalesce(e.differences, '{}') as differences, case when e.payload is null then v.total_agorot else e.total_agorot end as "totalAgorot", e.service_id as "serviceId",
      e.held, e.held_agorot as "heldAgorot", coalesce(e.attempt, 0) as attempt, e.sent_at as "sentAt"
    from ${beside(connectionId, days)} and (${states}::text[] is null or ${state} = any(${states}::text[]))
      and (${after?.day ?? null}::date is null or (v.issued_on, v.id) < (${after?.day ?? null}::date, ${after?.id ?? null}::uuid))
    order by v.issued_on desc, v.id desc limit ${limit}`.execute(db)
  return rows
}

/** How many documents of a kind stand where, and what they come to by ours and by theirs. */
export interface EntryCount {
  kind: InvoiceKind
  state: EntryState
  count: number
  totalAgorot: number
  heldAgorot: number
}

export async function countEntries(db: Db, connectionId: string, days: Days): Promise<EntryCount[]> {
  const { rows } = await sql<EntryCount>`
    select v.kind, ${state} as state, count(*)::integer as count, sum(case when e.payload is null then v.total_agorot else e.total_agorot end)::bigint as "totalAgorot", coalesce(sum(e.held_agorot), 0)::bigint as "heldAgorot"
    from ${beside(connectionId, days)} group by v.kind, ${state} order by v.kind, ${state}`.execute(db)
  return rows
}

/** The first of those that no document of ours stands behind. */
export async function listStrangers(db: Db, connectionId: string, { from, to }: Days, limit: number): Promise<Stranger[]> {
  const { rows } = await sql<Stranger>`select service_id as "serviceId", day, reference, total_agorot as "totalAgorot" from accounting_stranger
    where clinic_id = current_clinic() and connection_id = ${connectionId}::uuid and day between ${from} and ${to} order by day desc, service_id limit ${limit}`.execute(db)
  return rows
}
