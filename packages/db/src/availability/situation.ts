import { sql } from 'kysely'
import type { BookableResource, Situation, VisitType } from '@yoman/domain/appointments/situation'
import type { Instant } from '@yoman/domain/time'
import type { Db } from '../database.ts'

export interface SituationWanted {
  clinicId: string
  branchId: string
  visitTypeId: string
  /** Asked for by id; the places of the kind that the visit type needs come along by themselves. */
  resourceIds: readonly string[]
  /** Everyone who does this kind of visit as well: for a search. */
  anyPractitioner: boolean
  /** Busy time is read for this span, dated exceptions for a day more on both sides. */
  from: Instant
  to: Instant
}

/**
 * What has to be known to place a visit, as one JSON value in one statement; null when the branch or the kind of visit is not
 * there. Busy time is read from its covering index alone and travels as whole minutes. An allocation is never longer than a
 * day, so those that begin a day before `from` at the earliest are all that can reach into the span.
 */
export async function loadSituation(db: Db, wanted: SituationWanted): Promise<Situation | null> {
  const { rows } = await situationQuery(wanted).execute(db)
  const found = rows[0]?.situation
  return found ? { ...found, busy: found.busy.map(([resourceId, appointmentId, from, to, holdExpiresMs]) => ({ resourceId, appointmentId, from, to, holdExpiresMs })) } : null
}

type BusyTuple = [resourceId: string, appointmentId: string, from: number, to: number, holdExpiresMs: number | null]
interface Wire {
  zone: string
  visitType: VisitType
  resources: BookableResource[]
  busy: BusyTuple[]
}

const situationQuery = ({ clinicId, branchId, visitTypeId, resourceIds, anyPractitioner, from, to }: SituationWanted) => sql<{ situation: Wire }>`
  with asked as (
      select v.*, b.time_zone from visit_type v join branch b on b.clinic_id = v.clinic_id
      where v.clinic_id = ${clinicId}::uuid and v.id = ${visitTypeId}::uuid and b.id = ${branchId}::uuid),
    listed as materialized (select practitioner_id from visit_type_practitioner where clinic_id = ${clinicId}::uuid and visit_type_id = ${visitTypeId}::uuid),
    wanted as materialized (
      select r.id, r.kind, r.active, r.branch_id, r.sort, r.name, p.profession
      from resource r left join practitioner p on p.clinic_id = r.clinic_id and p.id = r.id
      where r.clinic_id = ${clinicId}::uuid and (r.id = any(${resourceIds}::uuid[])
        or (r.active and r.branch_id = ${branchId}::uuid and r.kind = (select place_kind from asked))
        or (${anyPractitioner}::boolean and r.active and r.kind = 'practitioner'
          and exists (select from working_hours h where h.clinic_id = r.clinic_id and h.resource_id = r.id and h.branch_id = ${branchId}::uuid)))),
    differing as materialized (
      select resource_id, json_build_object('onDate', on_date, 'kind', kind, 'whole', resource_id is null,
        'starts', (date_part('epoch', starts) / 60)::int, 'ends', (date_part('epoch', ends) / 60)::int) as exception
      from hours_exception where clinic_id = ${clinicId}::uuid
        and on_date between (${from}::timestamptz - interval '2 days')::date and (${to}::timestamptz + interval '2 days')::date
        and (branch_id is null or branch_id = ${branchId}::uuid))
  select json_build_object(
    'zone', time_zone,
    'visitType', json_build_object('id', id, 'active', active, 'profession', profession, 'durationMinutes', duration_minutes,
      'bufferBefore', buffer_before_minutes, 'bufferAfter', buffer_after_minutes, 'placeKind', place_kind,
      'practitionerIds', coalesce((select json_agg(practitioner_id) from listed), '[]')),
    'resources', coalesce((select json_agg(json_build_object(
        'id', w.id, 'kind', w.kind, 'active', w.active, 'branchId', w.branch_id, 'profession', w.profession,
        'hours', coalesce((select json_agg(json_build_object('weekday', h.weekday, 'starts', (date_part('epoch', h.starts) / 60)::int,
            'ends', (date_part('epoch', h.ends) / 60)::int, 'validFrom', h.valid_from, 'validTo', h.valid_to))
          from working_hours h where h.clinic_id = ${clinicId}::uuid and h.resource_id = w.id and h.branch_id = ${branchId}::uuid), '[]'),
        'exceptions', coalesce((select json_agg(d.exception) from differing d where d.resource_id is null or d.resource_id = w.id), '[]')
      ) order by w.sort, w.name, w.id) from wanted w), '[]'),
    'busy', coalesce((select json_agg(json_build_array(a.resource_id, a.appointment_id,
        floor(date_part('epoch', a.starts_at) / 60)::bigint, ceil(date_part('epoch', a.ends_at) / 60)::bigint,
        (select floor(date_part('epoch', h.hold_expires_at) * 1000)::bigint from appointment h
          where h.clinic_id = ${clinicId}::uuid and h.status = 'held' and h.hold_expires_at is not null and h.id = a.appointment_id)))
      from allocation a where a.clinic_id = ${clinicId}::uuid and a.occupies and a.resource_id in (select id from wanted)
        and a.starts_at >= ${from}::timestamptz - interval '1 day' and a.starts_at < ${to}::timestamptz and a.ends_at > ${from}::timestamptz), '[]')
  ) as situation from asked`

