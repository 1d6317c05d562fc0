import { sql } from 'kysely'
import type { Db } from '../database.ts'

export interface AuditRow {
  seq: number
  id: string
  at: string
  recordedAt: string
  name: string
  actorKind: 'staff' | 'system' | 'patient' | 'anonymous'
  actorId: string | null
  actorName: string | null
  subjectType: string
  subjectId: string
  patientId: string | null
  branchId: string | null
  outcome: 'done' | 'refused'
  ip: string | null
  details: Record<string, unknown>
}

export interface AuditSearch {
  /** Only what was written before this row; null from the newest. */
  beforeSeq: number | null
  limit: number
  patientId: string | null
  actorId: string | null
  name: string | null
}

/** Newest first; one row more than asked for would be the sign of a next page, so ask for one more. */
export async function listEvents(db: Db, search: AuditSearch): Promise<AuditRow[]> {
  const utc = (column: 'at' | 'recorded_at') => sql`to_char(${sql.ref(`e.${column}`)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
  const conditions = [
    ...(search.beforeSeq === null ? [] : [sql`e.seq < ${search.beforeSeq}`]),
    // What was read and written of a record before it was merged belongs to it.
    ...(search.patientId === null ? [] : [sql`e.patient_id = any (array(select record_ids(${search.patientId}::uuid)))`]),
    ...(search.actorId === null ? [] : [sql`e.actor_id = ${search.actorId}::uuid`]),
    ...(search.name === null ? [] : [sql`e.name = ${search.name}`]),
  ]
  const { rows } = await sql<AuditRow>`
    select e.seq, e.id, ${utc('at')} as at, ${utc('recorded_at')} as "recordedAt", e.name, e.actor_kind as "actorKind", e.actor_id as "actorId",
      p.name as "actorName", e.subject_type as "subjectType", e.subject_id as "subjectId", e.patient_id as "patientId", e.branch_id as "branchId",
      e.outcome, host(e.ip) as ip, e.details
    from event e left join staff p on p.clinic_id = e.clinic_id and p.id = e.actor_id
    where ${conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)} order by e.seq desc limit ${search.limit}`.execute(db)
  return rows
}
