import { sql } from 'kysely'
import type { BookableResource, Situation, VisitType } from '@yoman/domain/appointments/situation'
import type { ReminderRule } from '@yoman/domain/reminders/rules'
import { type Instant, plainTime } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import { needsJson } from '../visit-types/needs.ts'
import type { ReminderPolicy } from '../reminders/plan.ts'

export interface SituationWanted {
  clinicId: string
  branchId: string
  visitTypeId: string
  /** Asked for by id; the places of the kind that the visit type needs, and all that would do for its other needs, come along by themselves. */
  resourceIds: readonly string[]
  /** Everyone who does this kind of visit as well: for a search. */
  anyPractitioner: boolean
  /** Busy time is read for this span, dated exceptions for a day more on both sides. */
  from: Instant
  to: Instant
  /** For whom, so that their wishes about reminders come along. */
  patientId?: string | null
  /** Ids of which it is asked whether they are appointments or holds already. */
  ids?: readonly string[]
}

export interface Loaded {
  situation: Situation
  /** What `planReminders` wants to know of the branch. */
  policy: ReminderPolicy
  /** Those of the ids asked about that are appointments or holds already. */
  known: string[]
}

/**
 * What has to be known to place a visit, as one JSON value in one statement; null when the branch or the kind of visit is not
 * there. Busy time is read from its covering index alone and travels as whole minutes. An allocation is never longer than a
 * day, so those that begin a day before `from` at the earliest are all that can reach into the span.
 */
export async function loadSituation(db: Db, wanted: SituationWanted): Promise<Loaded | null> {
  const { rows } = await situationQuery(wanted).execute(db)
  const found = rows[0]?.situation
  if (!found) return null
  const { zone, visitType, resources, busy, rules, wish, sending, known } = found
  return {
    situation: { zone, visitType, resources, busy: busy.map(([resourceId, appointmentId, from, to, holdExpiresMs, overbooked]) => ({ resourceId, appointmentId, from, to, holdExpiresMs, overbooked })) },
    policy: {
      rules: rules.map((rule) => ({ ...rule, atTime: plainTime(rule.atTime) })),
      wish: wish && { id: wish.id, reminders: wish.reminders, extra: wish.daysBefore === null || wish.atTime === null ? null : { daysBefore: wish.daysBefore, atTime: plainTime(wish.atTime) } },
      hours: { zone, quietFrom: plainTime(sending.quietFrom), quietTo: plainTime(sending.quietTo), eveCutoff: plainTime(sending.eveCutoff), sabbathPolicy: sending.sabbathPolicy },
    },
    known,
  }
}

type BusyTuple = [resourceId: string, appointmentId: string, from: number, to: number, holdExpiresMs: number | null, overbooked: boolean]
interface Wire {
  zone: string
  visitType: VisitType
  resources: BookableResource[]
  busy: BusyTuple[]
  rules: (Omit<ReminderRule, 'atTime'> & { atTime: string })[]
  wish: { id: string; reminders: 'usual' | 'email' | 'none'; daysBefore: number | null; atTime: string | null } | null
  sending: { quietFrom: string; quietTo: string; eveCutoff: string; sabbathPolicy: 'back' | 'forward' }
  known: string[]
}

const situationQuery = ({ clinicId, branchId, visitTypeId, resourceIds, anyPractitioner, from, to, patientId = null, ids = [] }: SituationWanted) => sql<{ situation: Wire }>`
  with asked as (
      select v.*, b.time_zone from visit_type v join branch b on b.clinic_id = v.clinic_id
      where v.clinic_id = ${clinicId}::uuid and v.id = ${visitTypeId}::uuid and b.id = ${branchId}::uuid),
    listed as materialized (select practitioner_id from visit_type_practitioner where clinic_id = ${clinicId}::uuid and visit_type_id = ${visitTypeId}::uuid),
    wanted as materialized (
      select r.id, r.kind, r.active, r.branch_id, r.sort, r.name, p.profession
      from resource r left join practitioner p on p.clinic_id = r.clinic_id and p.id = r.id
      where r.clinic_id = ${clinicId}::uuid and (r.id = any(${resourceIds}::uuid[])
        or (r.active and r.branch_id = ${branchId}::uuid and r.kind = (select place_kind from asked))
        or r.id in (select need_candidates(${clinicId}::uuid, ${visitTypeId}::uuid, ${branchId}::uuid))
        or (${anyPractitioner}::boolean and r.active and r.kind = 'practitioner'
          and exists (select from working_hours h where h.clinic_id = r.clinic_id and h.resource_id = r.id and h.branch_id = ${branchId}::uuid)))),
    differing as materialized (
      select e.resource_id, json_build_object('onDate', e.on_date, 'kind', e.kind, 'whole', e.resource_id is null,
        'starts', (date_part('epoch', e.starts) / 60)::int, 'ends', (date_part('epoch', e.ends) / 60)::int,
        'block', case when b.id is not null then json_build_object('kind', b.kind, 'title', b.title, 'holiday', b.holiday) end) as exception
      from hours_exception e left join block b on b.clinic_id = e.clinic_id and b.id = e.block_id where e.clinic_id = ${clinicId}::uuid
        and e.on_date between (${from}::timestamptz - interval '2 days')::date and (${to}::timestamptz + interval '2 days')::date
        and (e.branch_id is null or e.branch_id = ${branchId}::uuid))
  select json_build_object(
    'known', coalesce((select json_agg(k.id) from appointment k where k.clinic_id = ${clinicId}::uuid and k.id = any(${ids}::uuid[])), '[]'),
    'rules', coalesce((select json_agg(json_build_object('id', m.id, 'branchId', m.branch_id, 'daysBefore', m.days_before, 'atTime', m.at_time, 'channel', m.channel, 'fallbackChannels', m.fallback_channels, 'active', m.active,
        'visitTypeIds', array(select t.visit_type_id from reminder_rule_visit_type t where t.clinic_id = m.clinic_id and t.rule_id = m.id)))
      from reminder_rule m where m.clinic_id = ${clinicId}::uuid and m.active and (m.branch_id is null or m.branch_id = ${branchId}::uuid)), '[]'),
    'wish', (select json_build_object('id', w.id, 'reminders', w.reminders, 'daysBefore', w.extra_days_before, 'atTime', w.extra_at_time)
      from reminder_wish w where w.clinic_id = ${clinicId}::uuid and w.patient_id = ${patientId}::uuid),
    'sending', (select json_build_object('quietFrom', c.quiet_from, 'quietTo', c.quiet_to, 'eveCutoff', c.eve_cutoff, 'sabbathPolicy', c.sabbath_policy)
      from clinic c where c.id = ${clinicId}::uuid),
    'zone', time_zone,
    'visitType', json_build_object('id', id, 'active', active, 'profession', profession, 'durationMinutes', duration_minutes,
      'bufferBefore', buffer_before_minutes, 'bufferAfter', buffer_after_minutes, 'placeKind', place_kind,
      'practitionerIds', coalesce((select json_agg(practitioner_id) from listed), '[]'), 'needs', ${needsJson('asked')}),
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
          where h.clinic_id = ${clinicId}::uuid and h.status = 'held' and h.hold_expires_at is not null and h.id = a.appointment_id), a.overbooked))
      from allocation a where a.clinic_id = ${clinicId}::uuid and a.occupies and a.resource_id in (select id from wanted)
        and a.starts_at >= ${from}::timestamptz - interval '1 day' and a.starts_at < ${to}::timestamptz and a.ends_at > ${from}::timestamptz), '[]')
  ) as situation from asked`

