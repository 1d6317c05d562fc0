import type { Instant } from '@yoman/domain/time'
import { sql } from 'kysely'
import type { Db, Tx } from '../database.ts'
import type { Listed } from './open.ts'

/** Booked visits of a practitioner or place that are not over. */
export const visitsAhead = (db: Db, clinicId: string, resourceId: string, now: Instant): Promise<string[]> => visits(db, clinicId, resourceId, now, sql`true`)

/**
 * Those of them that lie in none of its weekly hours, nor in extra hours of their date, or in a date that was closed. A place without
 * hours of its own is there all day; the closing of a branch keeps its people away, but not who works extra hours then. Days of blocks
 * are not looked at: what they hit is listed with the block.
 */
export const visitsOutsideHours = (db: Db, clinicId: string, resourceId: string, now: Instant): Promise<string[]> =>
  visits(db, clinicId, resourceId, now, sql`((r.kind = 'practitioner' or exists (select from working_hours w where w.clinic_id = r.clinic_id and w.resource_id = r.id))
    and not exists (select from working_hours w where w.clinic_id = a.clinic_id and w.resource_id = r.id and w.branch_id = a.branch_id and w.weekday = extract(isodow from v.starts)
      and w.starts <= v.starts::time and w.ends >= v.ends::time and (w.valid_from is null or w.valid_from <= v.starts::date) and (w.valid_to is null or w.valid_to >= v.starts::date))
    and not ${extraHours}) or exists (select from hours_exception e where e.clinic_id = a.clinic_id and e.kind = 'closed' and e.block_id is null and e.on_date = v.starts::date
      and (e.branch_id is null or e.branch_id = a.branch_id) and coalesce(e.starts, time '00:00') < v.ends::time and coalesce(e.ends, time '24:00') > v.starts::time
      and (e.resource_id = r.id or (e.resource_id is null and r.kind = 'practitioner' and not ${extraHours})))`)

const extraHours = sql`exists (select from hours_exception x where x.clinic_id = a.clinic_id and x.resource_id = r.id and x.kind = 'open' and x.on_date = v.starts::date
  and (x.branch_id is null or x.branch_id = a.branch_id) and x.starts <= v.starts::time and x.ends >= v.ends::time)`

async function visits(db: Db, clinicId: string, resourceId: string, now: Instant, where: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from appointment a join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id
      join allocation l on l.clinic_id = a.clinic_id and l.appointment_id = a.id and l.resource_id = ${resourceId}::uuid and l.occupies
      join resource r on r.clinic_id = a.clinic_id and r.id = l.resource_id,
      lateral (select a.starts_at at time zone b.time_zone as starts, a.ends_at at time zone b.time_zone as ends) v
    where a.clinic_id = ${clinicId}::uuid and a.status in ('booked', 'confirmed') and a.ends_at > ${now}::timestamptz and l.ends_at > ${now}::timestamptz and ${where}`.execute(db)
  return rows.map((row) => row.id)
}

/** Takes visits off the list that waited because of other hours or a departure of this resource and need not any more. */
export async function freeOfCause(tx: Tx, clinicId: string, given: { resourceId: string; cause: 'hours' | 'gone'; still: readonly string[] }, at: Instant): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    update rebooking r set settled_at = ${at}::timestamptz, outcome = 'freed' from appointment a
    where r.clinic_id = ${clinicId}::uuid and r.resource_id = ${given.resourceId}::uuid and r.cause = ${given.cause} and r.settled_at is null
      and r.appointment_id <> all(${[...given.still]}::uuid[]) and a.clinic_id = r.clinic_id and a.id = r.appointment_id
    returning r.id, r.appointment_id as "appointmentId", a.patient_id as "patientId", a.branch_id as "branchId"`.execute(tx)
  return rows
}

/** The practitioners behind whom a member of the staff stands. */
export async function resourcesOfStaff(db: Db, clinicId: string, staffId: string): Promise<string[]> {
  const rows = await db.selectFrom('practitioner').select('id').where('clinic_id', '=', clinicId).where('staff_id', '=', staffId).execute()
  return rows.map(({ id }) => id)
}
