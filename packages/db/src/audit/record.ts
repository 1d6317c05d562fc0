import { type Selectable, sql } from 'kysely'
import type { Tx } from '../database.ts'
import type { EventTable } from './table.ts'

/** One row to be written: a domain event with who, when and from where. Instants are ISO texts, since the rows travel as JSON. */
export interface EventRow extends Omit<Selectable<EventTable>, 'clinic_id' | 'seq' | 'at' | 'recorded_at' | 'details'> {
  at: string
  details: Record<string, unknown>
  listened: boolean
  live: boolean
}

/** The channel on which every API process hears what changed. Payload: ids only. */
export const liveChannel = 'yoman_live'

/** Writes the audit rows, their outbox rows and the live notices in one statement. */
export async function insertEvents(tx: Tx, clinicId: string, rows: readonly EventRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    with given as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(
        id uuid, at timestamptz, name text, actor_kind text, actor_id uuid, session_id uuid, request_id text, ip inet,
        subject_type text, subject_id uuid, patient_id uuid, branch_id uuid, outcome text, details jsonb, listened boolean, live boolean)),
      written as (insert into event (clinic_id, id, at, name, actor_kind, actor_id, session_id, request_id, ip,
          subject_type, subject_id, patient_id, branch_id, outcome, details)
        select ${clinicId}::uuid, id, at, name, actor_kind, actor_id, session_id, request_id, ip,
          subject_type, subject_id, patient_id, branch_id, outcome, details from given),
      queued as (insert into outbox (clinic_id, event_id, name, subject_id)
        select ${clinicId}::uuid, id, name, subject_id from given where listened)
    select pg_notify(${liveChannel}, jsonb_build_object('clinic', ${clinicId}::uuid, 'name', name, 'type', subject_type,
      'id', subject_id, 'patient', patient_id, 'branch', branch_id, 'session', session_id)::text) from given where live
  `.execute(tx)
}
