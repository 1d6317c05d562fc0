import { sql } from 'kysely'
import type { Status } from '@yoman/domain/appointments/appointment'
import type { Db } from '../database.ts'
import { utc } from '../appointments/diary.ts'

export interface OverbookingRow {
  appointmentId: string
  branchId: string
  practitionerId: string
  visitTypeId: string
  startsAt: string
  status: Status
  reason: string
  at: string
  byName: string | null
  following: { visits: number; started: number; averageLate: number | null; worstLate: number | null }
}

export interface PractitionerDaysRow {
  practitionerId: string
  overbooked: number
  lateThen: number | null
  lateElse: number | null
}

/**
 * What was booked over other visits on the given dates of each branch's wall, newest first, and how late visits began. A visit
 * begins with its last step into treatment; one that began early was not late. Only practitioners with overbooked visits are compared.
 */
export async function overbookingReport(db: Db, clinicId: string, { from, to }: { from: string; to: string }): Promise<{ items: OverbookingRow[]; practitioners: PractitionerDaysRow[] }> {
  const { rows } = await sql<{ report: { items: OverbookingRow[]; practitioners: PractitionerDaysRow[] } }>`
    with visit as materialized (
        select a.*, (a.starts_at at time zone b.time_zone)::date as on_date,
          case when a.status in ('in_treatment', 'completed') then (select max(s.at) from appointment_status s
            where s.clinic_id = a.clinic_id and s.appointment_id = a.id and s.status = 'in_treatment' and s.reason <> 'undone') end as began
        from appointment a join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id
        where a.clinic_id = ${clinicId}::uuid and a.patient_id is not null
          and a.starts_at >= ${from}::date - interval '1 day' and a.starts_at < ${to}::date + interval '2 days'
          and (a.starts_at at time zone b.time_zone)::date between ${from}::date and ${to}::date
          and a.practitioner_id in (select o.practitioner_id from appointment o where o.clinic_id = a.clinic_id and o.overbooked_at is not null
            and o.starts_at >= ${from}::date - interval '1 day' and o.starts_at < ${to}::date + interval '2 days')),
      timed as materialized (select *, greatest(0, extract(epoch from began - starts_at) / 60) as late from visit where status <> 'cancelled'),
      busy_day as materialized (select distinct practitioner_id, on_date from timed where overbooked_at is not null)
    select json_build_object(
      'items', coalesce((select json_agg(json_build_object('appointmentId', v.id, 'branchId', v.branch_id, 'practitionerId', v.practitioner_id, 'visitTypeId', v.visit_type_id,
          'startsAt', ${utc('v.starts_at')}, 'status', v.status, 'reason', v.overbook_reason, 'at', ${utc('v.overbooked_at')},
          'byName', (select f.name from staff f where f.clinic_id = v.clinic_id and f.id = v.overbooked_by),
          'following', (select json_build_object('visits', count(*), 'started', count(t.began), 'averageLate', round(avg(t.late) filter (where t.began is not null)),
              'worstLate', round(max(t.late) filter (where t.began is not null)))
            from timed t where t.practitioner_id = v.practitioner_id and t.on_date = v.on_date and t.starts_at >= v.starts_at)
        ) order by v.starts_at desc, v.id) from visit v where v.overbooked_at is not null), '[]'),
      'practitioners', coalesce((select json_agg(row_to_json(p)) from (
        select t.practitioner_id as "practitionerId", count(*) filter (where t.overbooked_at is not null) as overbooked,
          round(avg(t.late) filter (where t.began is not null and d.on_date is not null)) as "lateThen",
          round(avg(t.late) filter (where t.began is not null and d.on_date is null)) as "lateElse"
        from timed t left join busy_day d on d.practitioner_id = t.practitioner_id and d.on_date = t.on_date
        group by t.practitioner_id having count(*) filter (where t.overbooked_at is not null) > 0 order by 2 desc, 1) p), '[]')
    ) as report`.execute(db)
  const [row] = rows
  if (!row) throw new Error('an aggregate always answers one row')
  return row.report
}
