import type { ClosedSpan } from '@yoman/domain/blocks/block'
import type { Instant } from '@yoman/domain/time'
import { sql } from 'kysely'
import type { Db, Tx } from '../database.ts'

/** The days of a block become these and no others: availability reads them from hours_exception alone. */
export async function replaceBlockDays(tx: Tx, clinicId: string, blockId: string, spans: readonly ClosedSpan[], title = ''): Promise<void> {
  await sql`delete from hours_exception where clinic_id = ${clinicId}::uuid and block_id = ${blockId}::uuid`.execute(tx)
  await sql`insert into hours_exception (clinic_id, id, resource_id, branch_id, on_date, kind, starts, ends, reason, block_id)
    select ${clinicId}::uuid, gen_random_uuid(), resource_id, branch_id, on_date, 'closed', starts, ends, ${title}, ${blockId}::uuid from ${given(spans)}`.execute(tx)
}

/** A visit that a block hits: it is booked and not over, and its practitioner, or a place that it has, would not be there. */
export interface Hit {
  appointmentId: string
  branchId: string
  patientId: string
  patientName: string
  patientNameLatin: string
  phone: string | null
  practitionerId: string
  visitTypeId: string
  /** ISO, with a Z. */
  startsAt: string
  endsAt: string
  /** Who or what would not be there. */
  resourceId: string
}

/**
 * The visits that these closed spans hit, soonest first. Who works extra hours on purpose on a day on which the branch is closed is
 * not hit by the closing. For the answer to stay true the resources must be locked.
 */
export async function hitsOf(db: Db, clinicId: string, spans: readonly ClosedSpan[], now: Instant): Promise<Hit[]> {
  const { rows } = await sql<Hit>`
    with span as materialized (
        select s.resource_id, b.id as at_branch, s.on_date, (s.on_date + coalesce(s.starts, time '00:00')) at time zone b.time_zone as from_at,
          (s.on_date + coalesce(s.ends, time '24:00')) at time zone b.time_zone as to_at
        from ${given(spans)} join branch b on b.clinic_id = ${clinicId}::uuid and (s.branch_id is null or s.branch_id = b.id)),
      hit as (
        select distinct on (a.id) a.*, coalesce(s.resource_id, a.practitioner_id) as missing
        from span s join appointment a on a.clinic_id = ${clinicId}::uuid and a.branch_id = s.at_branch and a.status in ('booked', 'confirmed')
          and a.starts_at < s.to_at and a.starts_at > s.from_at - interval '12 hours' and a.ends_at > s.from_at and a.ends_at > ${now}::timestamptz
        where (s.resource_id is null and not exists (select from hours_exception x join branch w on w.clinic_id = x.clinic_id and w.id = a.branch_id
              where x.clinic_id = a.clinic_id and x.resource_id = a.practitioner_id and x.kind = 'open' and x.on_date = s.on_date and (x.branch_id is null or x.branch_id = a.branch_id)
                and (x.on_date + x.starts) at time zone w.time_zone <= a.starts_at and (x.on_date + x.ends) at time zone w.time_zone >= a.ends_at))
          or exists (select from allocation l where l.clinic_id = a.clinic_id and l.appointment_id = a.id and l.resource_id = s.resource_id)
        order by a.id, s.resource_id)
    select a.id as "appointmentId", a.branch_id as "branchId", a.patient_id as "patientId", btrim(p.given_name || ' ' || p.family_name) as "patientName",
      btrim(p.given_name_latin || ' ' || p.family_name_latin) as "patientNameLatin",
      (select f.number from patient_phone f where f.clinic_id = p.clinic_id and f.patient_id = p.id order by f.rank, f.id limit 1) as phone,
      a.practitioner_id as "practitionerId", a.visit_type_id as "visitTypeId", ${utc('a.starts_at')} as "startsAt", ${utc('a.ends_at')} as "endsAt", a.missing as "resourceId"
    from hit a join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
    order by a.starts_at, a.id`.execute(db)
  return rows
}

const utc = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`)

const given = (spans: readonly ClosedSpan[]) => sql`unnest(${spans.map((one) => one.resourceId)}::uuid[], ${spans.map((one) => one.branchId)}::uuid[], ${spans.map((one) => one.date)}::date[],
  ${spans.map((one) => one.starts)}::time[], ${spans.map((one) => one.ends)}::time[]) as s(resource_id, branch_id, on_date, starts, ends)`

/** Everyone in whose diary visits of the clinic lie: whoever closes a branch has to wait for all who are booking. */
export async function allPractitioners(db: Db, clinicId: string): Promise<string[]> {
  const rows = await db.selectFrom('resource').select('id').where('clinic_id', '=', clinicId).where('kind', '=', 'practitioner').execute()
  return rows.map(({ id }) => id)
}

/** What is known of the resources of a block: who the person behind each is, and in which branches it works or stands. */
export async function ownersOf(db: Db, clinicId: string, resourceIds: readonly string[]): Promise<{ id: string; staffId: string | null; branchIds: string[] }[]> {
  const { rows } = await sql<{ id: string; staffId: string | null; branchIds: string[] }>`
    select r.id, p.staff_id as "staffId", array(select distinct w.branch_id from working_hours w where w.clinic_id = r.clinic_id and w.resource_id = r.id
        union select r.branch_id where r.branch_id is not null) as "branchIds"
    from resource r left join practitioner p on p.clinic_id = r.clinic_id and p.id = r.id
    where r.clinic_id = ${clinicId}::uuid and r.id = any(${[...resourceIds]}::uuid[])`.execute(db)
  return rows
}
