import type { Instant } from '@yoman/domain/time'
import { sql } from 'kysely'
import type { Db, Tx } from '../database.ts'

/** A visit that will not be as agreed, and why. */
export interface Cause {
  appointmentId: string
  /** Who or what will not be there. */
  resourceId: string
  cause: 'block' | 'hours' | 'gone'
  blockId: string | null
}

/** What came onto the list, or went off it. */
export interface Listed {
  id: string
  appointmentId: string
  patientId: string
  branchId: string
}

const listed = sql`r.id, r.appointment_id as "appointmentId", a.patient_id as "patientId", a.branch_id as "branchId"`
/** Whether the visit of `a` still stands where the row `r` found it. */
export const standing = sql`(a.starts_at = r.starts_at and exists (select from allocation l where l.clinic_id = a.clinic_id and l.appointment_id = a.id and l.resource_id = r.resource_id))`

/**
 * Puts visits on the list; those that wait there already, or of which it was decided for the very same cause that they stay, are left
 * alone. One whose cause had gone away for a while waits again as it did. Answers what is new on the list.
 */
export async function openRebookings(tx: Tx, clinicId: string, causes: readonly Cause[], at: Instant, by: string | null): Promise<Listed[]> {
  if (causes.length === 0) return []
  const ids = causes.map(({ appointmentId }) => appointmentId)
  // It was moved since, and hit anew where it is now: that is another matter.
  await sql`update rebooking r set settled_at = ${at}::timestamptz, outcome = 'overtaken' from appointment a
    where r.clinic_id = ${clinicId}::uuid and r.appointment_id = any(${ids}::uuid[]) and r.settled_at is null and a.clinic_id = r.clinic_id and a.id = r.appointment_id and not ${standing}`.execute(tx)
  const given = sql`unnest(${ids}::uuid[], ${causes.map((one) => one.resourceId)}::uuid[], ${causes.map((one) => one.cause)}::text[], ${causes.map((one) => one.blockId)}::uuid[]) as g(appointment_id, resource_id, cause, block_id)`
  const waits = sql`select from rebooking o where o.clinic_id = ${clinicId}::uuid and o.appointment_id = g.appointment_id and o.settled_at is null`
  const same = sql`r.clinic_id = ${clinicId}::uuid and r.appointment_id = g.appointment_id and r.cause = g.cause and r.block_id is not distinct from g.block_id`
  const again = await sql<Listed>`update rebooking r set settled_at = null, settled_by = null, outcome = null from ${given} join appointment a on a.clinic_id = ${clinicId}::uuid and a.id = g.appointment_id
    where ${same} and r.outcome = 'freed' and ${standing} and not exists (${waits})
      and r.id = (select max(n.id::text)::uuid from rebooking n where n.clinic_id = r.clinic_id and n.appointment_id = r.appointment_id and n.outcome = 'freed') returning ${listed}`.execute(tx)
  const fresh = await sql<Listed>`with made as (
      insert into rebooking (clinic_id, id, appointment_id, cause, block_id, resource_id, starts_at, opened_at, opened_by)
      select a.clinic_id, gen_random_uuid(), a.id, g.cause, g.block_id, g.resource_id, a.starts_at, ${at}::timestamptz, ${by}::uuid
      from ${given} join appointment a on a.clinic_id = ${clinicId}::uuid and a.id = g.appointment_id
      where not exists (${waits}) and not exists (select from rebooking r where ${same} and r.outcome = 'left' and ${standing})
      on conflict (clinic_id, appointment_id) where settled_at is null do nothing returning *)
    select ${listed} from made r join appointment a on a.clinic_id = r.clinic_id and a.id = r.appointment_id`.execute(tx)
  return [...again.rows, ...fresh.rows]
}

/** Takes visits off the list whose block hits them no more; where another block does, they go on waiting because of that one. */
export async function freeOfBlock(tx: Tx, clinicId: string, blockId: string, stillHit: readonly string[], at: Instant): Promise<Listed[]> {
  const gone = sql`r.clinic_id = ${clinicId}::uuid and r.block_id = ${blockId}::uuid and r.settled_at is null and r.appointment_id <> all(${[...stillHit]}::uuid[])`
  await sql`update rebooking r set block_id = o.block_id, resource_id = o.resource_id from appointment a, lateral (${otherBlocks(sql`${blockId}::uuid`)} limit 1) o
    where ${gone} and a.clinic_id = r.clinic_id and a.id = r.appointment_id`.execute(tx)
  const { rows } = await sql<Listed>`update rebooking r set settled_at = ${at}::timestamptz, outcome = 'freed' from appointment a
    where ${gone} and a.clinic_id = r.clinic_id and a.id = r.appointment_id returning ${listed}`.execute(tx)
  return rows
}

/** The blocks that lie where an appointment is; for one that comes back from being cancelled. */
export async function blocksOver(db: Db, clinicId: string, appointmentId: string): Promise<Cause[]> {
  const { rows } = await sql<{ block_id: string; resource_id: string }>`
    select o.block_id, o.resource_id from appointment a, lateral (${otherBlocks(sql`null::uuid`)}) o where a.clinic_id = ${clinicId}::uuid and a.id = ${appointmentId}::uuid limit 1`.execute(db)
  return rows.map((row) => ({ appointmentId, resourceId: row.resource_id, cause: 'block' as const, blockId: row.block_id }))
}

const otherBlocks = (except: ReturnType<typeof sql>) => sql`
  select e.block_id, coalesce(e.resource_id, a.practitioner_id) as resource_id from hours_exception e join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id
  where e.clinic_id = a.clinic_id and e.block_id is not null and e.block_id is distinct from ${except} and (e.branch_id is null or e.branch_id = a.branch_id)
    and e.on_date between (a.starts_at - interval '1 day')::date and (a.ends_at + interval '1 day')::date
    and (e.on_date + coalesce(e.starts, time '00:00')) at time zone b.time_zone < a.ends_at and (e.on_date + coalesce(e.ends, time '24:00')) at time zone b.time_zone > a.starts_at
    and (e.resource_id is null or exists (select from allocation l where l.clinic_id = a.clinic_id and l.appointment_id = a.id and l.resource_id = e.resource_id))
  order by e.block_id`
