import { sql } from 'kysely'
import type { ResourceKind } from '@yoman/domain/appointments/situation'
import type { DatedHours, WeeklyHours } from '@yoman/domain/availability/openings'
import type { Db } from '../database.ts'

/** A month of a branch as it lies in the tables; times are whole minutes since 1970. */
export interface DiaryMonthRows {
  resources: { id: string; kind: ResourceKind; hours: WeeklyHours[]; exceptions: DatedHours[] }[]
  branchHours: WeeklyHours[]
  branchExceptions: (DatedHours & { reason: string })[]
  busy: [resourceId: string, from: number, to: number][]
  starts: number[]
}

export interface DiaryMonthWanted {
  clinicId: string
  branchId: string
  /** The first and the last day as ISO dates, and the bounds of all as ISO instants. */
  date: string
  lastDate: string
  from: string
  to: string
  /** ISO instant: holds that ran out occupy nothing. */
  now: string
  /** Only these resources and what occupies them; empty asks for everybody who treats. */
  of: readonly string[]
}

/** All that a month's overview is made of, as one JSON value; what occupies comes from its covering index. */
export async function findDiaryMonth(db: Db, wanted: DiaryMonthWanted): Promise<DiaryMonthRows> {
  const { rows } = await monthQuery(wanted).execute(db)
  const found = rows[0]?.month
  if (!found) throw new Error('an aggregate always answers one row')
  return found
}

const minutesOf = (column: string) => sql.raw(`(date_part('epoch', ${column}) / 60)::int`)

const monthQuery = ({ clinicId, branchId, date, lastDate, from, to, now, of }: DiaryMonthWanted) => sql<{ month: DiaryMonthRows }>`
  with differing as materialized (
      select resource_id, json_build_object('onDate', on_date, 'kind', kind, 'whole', resource_id is null, 'reason', reason,
        'starts', ${minutesOf('starts')}, 'ends', ${minutesOf('ends')},
        'block', case when block_id is not null then json_build_object('kind', '', 'title', '', 'holiday', null) end) as exception
      from hours_exception where clinic_id = ${clinicId}::uuid and on_date between ${date}::date and ${lastDate}::date and (branch_id is null or branch_id = ${branchId}::uuid)),
    wanted as materialized (
      select r.id, r.kind from resource r where r.clinic_id = ${clinicId}::uuid and r.active
        and case when cardinality(${of}::uuid[]) = 0 then r.kind = 'practitioner' else r.id = any (${of}::uuid[]) end),
    visits as materialized (
      select a.starts_at from appointment a
      where a.clinic_id = ${clinicId}::uuid and a.branch_id = ${branchId}::uuid and a.status not in ('cancelled', 'held')
        and a.starts_at >= ${from}::timestamptz and a.starts_at < ${to}::timestamptz
        and (cardinality(${of}::uuid[]) = 0 or a.practitioner_id = any (${of}::uuid[])
          or exists (select from allocation l where l.clinic_id = a.clinic_id and l.appointment_id = a.id and l.resource_id = any (${of}::uuid[]))))
  select json_build_object(
    'resources', coalesce((select json_agg(json_build_object('id', r.id, 'kind', r.kind,
        'hours', coalesce((select json_agg(json_build_object('weekday', h.weekday, 'starts', ${minutesOf('h.starts')},
            'ends', ${minutesOf('h.ends')}, 'validFrom', h.valid_from, 'validTo', h.valid_to))
          from working_hours h where h.clinic_id = ${clinicId}::uuid and h.resource_id = r.id and h.branch_id = ${branchId}::uuid), '[]'),
        'exceptions', coalesce((select json_agg(d.exception) from differing d where d.resource_id is null or d.resource_id = r.id), '[]'))) from wanted r), '[]'),
    'branchHours', coalesce((select json_agg(json_build_object('weekday', weekday, 'starts', ${minutesOf('opens')}, 'ends', ${minutesOf('closes')}, 'validFrom', null, 'validTo', null))
      from opening_hours where clinic_id = ${clinicId}::uuid and branch_id = ${branchId}::uuid), '[]'),
    'branchExceptions', coalesce((select json_agg(d.exception) from differing d where d.resource_id is null), '[]'),
    -- An allocation is never longer than a day.
    'busy', coalesce((select json_agg(json_build_array(l.resource_id, ${minutesOf('l.starts_at')}, ${minutesOf('l.ends_at')}))
      from wanted r join allocation l on l.clinic_id = ${clinicId}::uuid and l.resource_id = r.id and l.occupies
        and l.starts_at >= ${from}::timestamptz - interval '1 day' and l.starts_at < ${to}::timestamptz and l.ends_at > ${from}::timestamptz
      where not exists (select from appointment h where h.clinic_id = l.clinic_id and h.id = l.appointment_id and h.status = 'held' and h.hold_expires_at <= ${now}::timestamptz)), '[]'),
    'starts', coalesce((select json_agg(${minutesOf('starts_at')}) from visits), '[]')
  ) as month`
