import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db } from '../database.ts'

export const timelineKinds = ['visit', 'note', 'message', 'invoice', 'attachment', 'task', 'order', 'waitlist', 'contact'] as const
export type TimelineKind = (typeof timelineKinds)[number]

export interface TimelineRef {
  kind: TimelineKind
  id: string
  at: Instant
}

/** Where each kind lies, and what puts it in its place in time. Constants: nothing of a request reaches these texts. */
const sources: Record<TimelineKind, { table: string; at: string; only?: string }> = {
  visit: { table: 'appointment', at: 'starts_at', only: "status <> 'held'" }, // a hold is nobody's visit yet
  note: { table: 'encounter', at: 'started_at' },
  message: { table: 'message', at: 'created_at' },
  invoice: { table: 'invoice', at: 'issued_at' },
  attachment: { table: 'attachment', at: 'filed_at' },
  task: { table: 'task', at: 'created_at' },
  order: { table: 'next_visit_order', at: 'created_at' },
  waitlist: { table: 'waitlist_entry', at: 'waiting_since' },
  contact: { table: 'contact', at: 'written_at' },
}

/** Just before everything that is older than `at`, or as old and with a smaller id. */
export interface Before {
  at: Instant
  id: string
}

/** The newest of each kind before a moment, or at all but for visits that have not begun by `now`; `most` of each at most, in no order. */
export async function refsBehind(db: Db, patientId: string, kinds: readonly TimelineKind[], before: Before | null, now: Instant, most: number): Promise<TimelineRef[]> {
  const past = (kind: TimelineKind): RawBuilder<unknown> => {
    if (before) return sql`(${sql.ref(sources[kind].at)}, id) < (${before.at}::timestamptz, ${before.id}::uuid)`
    return kind === 'visit' ? sql`starts_at <= ${now}::timestamptz` : sql`true`
  }
  return refs(db, kinds.map((kind) => newest(kind, patientId, past(kind), sql`desc`, most)))
}

/** The visits after a moment, the soonest first taken. */
export async function refsOfVisitsAhead(db: Db, patientId: string, from: Instant, most: number): Promise<TimelineRef[]> {
  return refs(db, [newest('visit', patientId, sql`starts_at > ${from}::timestamptz`, sql`asc`, most)])
}

function newest(kind: TimelineKind, patientId: string, when: RawBuilder<unknown>, direction: RawBuilder<unknown>, most: number): RawBuilder<unknown> {
  const { table, at, only } = sources[kind]
  return sql`(select ${sql.lit(kind)}::text as kind, id, ${sql.ref(at)} as at from ${sql.table(table)}
    where clinic_id = current_clinic() and patient_id = ${patientId}::uuid and ${when} ${only ? sql`and ${sql.raw(only)}` : sql``}
    order by ${sql.ref(at)} ${direction}, id ${direction} limit ${most})`
}

async function refs(db: Db, parts: readonly RawBuilder<unknown>[]): Promise<TimelineRef[]> {
  if (parts.length === 0) return []
  return (await sql<TimelineRef>`${sql.join(parts, sql` union all `)}`.execute(db)).rows
}

/** How many of each kind there are. */
export async function countKinds(db: Db, patientId: string, kinds: readonly TimelineKind[]): Promise<Map<TimelineKind, number>> {
  if (kinds.length === 0) return new Map()
  const parts = kinds.map((kind) => {
    const { table, only } = sources[kind]
    return sql`select ${sql.lit(kind)}::text as kind, count(*)::int as many from ${sql.table(table)} where clinic_id = current_clinic() and patient_id = ${patientId}::uuid ${only ? sql`and ${sql.raw(only)}` : sql``}`
  })
  const { rows } = await sql<{ kind: TimelineKind; many: number }>`${sql.join(parts, sql` union all `)}`.execute(db)
  return new Map(rows.map(({ kind, many }) => [kind, many]))
}
