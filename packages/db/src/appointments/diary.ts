import { sql } from 'kysely'
import type { CancelReason, Status } from '@yoman/domain/appointments/appointment'
import type { DatedHours, WeeklyHours } from '@yoman/domain/availability/openings'
import type { ResourceKind } from '@yoman/domain/appointments/situation'
import type { PaperKind } from '@yoman/domain/papers/paper'
import type { Db } from '../database.ts'
import { paperJson } from '../papers/queries.ts'

/** Days of a branch as they lie in the tables; instants are ISO texts with a Z. */
export interface DiaryRows {
  visits: DiaryVisitRow[]
  holds: DiaryHoldRow[]
  resources: DiaryResource[]
  branchHours: WeeklyHours[]
  branchExceptions: DatedHours[]
}

export interface DiaryVisitRow {
  id: string
  practitionerId: string
  resourceIds: string[]
  patient: DiaryPatientRow
  visitTypeId: string
  startsAt: string
  endsAt: string
  status: Status
  cancelReason: CancelReason | null
  saidByPatientAt: string | null
  confirmedAt: string | null
  arrivedAt: string | null
  calledAt: string | null
  startedAt: string | null
  completedAt: string | null
  ticket: number | null
  deskNote: string
  firstVisit: boolean
  openOrder: boolean
  owes: boolean
  noShows: number
  orderId: string | null
  series: { id: string; place: number; of: number } | null
  overbookReason: string | null
  paper: { kind: PaperKind; received: boolean } | null
  version: number
}

export interface DiaryPatientRow {
  id: string
  name: string
  nameLatin: string
  phone: string | null
  birthDate: string | null
  hasAlert: boolean
}

interface DiaryHoldRow {
  id: string
  practitionerId: string
  resourceIds: string[]
  visitTypeId: string
  startsAt: string
  endsAt: string
  expiresAt: string
  byName: string | null
  mine: boolean
}

export interface DiaryResource {
  resourceId: string
  kind: ResourceKind
  name: string
  nameEn: string
  colour: string
  hours: WeeklyHours[]
  exceptions: DatedHours[]
  /** Has a visit here on those days, so it is shown even where it does not work. */
  occupied: boolean
}

export interface DiaryWanted {
  clinicId: string
  branchId: string
  /** The first and the last day as ISO dates, and the bounds of all as ISO instants. */
  date: string
  lastDate: string
  from: string
  to: string
  /** Only these resources and what occupies them; empty asks for all. */
  of: readonly string[]
  /** ISO instant: holds that run longer are shown. */
  now: string
  staffId: string | null
  rooms: boolean
  cancelled: boolean
}

/** Everything on the diary of some days as one JSON value made by the database: half the time goes into looking up the patients. */
export async function findDiary(db: Db, wanted: DiaryWanted): Promise<DiaryRows> {
  const { rows } = await diaryQuery(wanted).execute(db)
  const found = rows[0]?.diary
  if (!found) throw new Error('an aggregate always answers one row')
  return found
}

const utcText = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
export const utc = (column: string) => sql.raw(utcText(column))

const patientText = `json_build_object('id', p.id, 'name', btrim(p.given_name || ' ' || p.family_name),
  'nameLatin', btrim(p.given_name_latin || ' ' || p.family_name_latin), 'birthDate', p.birth_date, 'hasAlert', p.alerts_sealed is not null,
  'phone', (select number from patient_phone f where f.clinic_id = p.clinic_id and f.patient_id = p.id order by f.rank, f.id limit 1))`
/** A patient as a diary's card shows them, from a row `p`. Whether there is an alert, never what it says. */
export const patientJson = sql.raw(patientText)

const resourceIdsText = `(select json_agg(l.resource_id order by l.resource_id <> a.practitioner_id, l.resource_id) from allocation l
  where l.clinic_id = a.clinic_id and l.appointment_id = a.id)`
const resourceIds = sql.raw(resourceIdsText)

/** Something that the patient owes, not an organisation and not given up: as the list of debts counts it (migration 0060). */
const owes = `exists (select from invoice v join open_request q on q.clinic_id = v.clinic_id and q.invoice_id = v.id where v.clinic_id = a.clinic_id and v.patient_id = a.patient_id and v.organisation_id is null)`

/** Which of how many a visit is in its series, those that were cancelled left out; null for one that stands alone. */
const placeInSeries = `(select json_build_object('id', v.series_id,
    'place', count(*) filter (where (b.starts_at, b.id) <= (a.starts_at, a.id)), 'of', count(*))
  from series_visit v join series_visit w on w.clinic_id = v.clinic_id and w.series_id = v.series_id
  join appointment b on b.clinic_id = w.clinic_id and b.id = w.appointment_id and (b.status <> 'cancelled' or b.id = a.id)
  where v.clinic_id = a.clinic_id and v.appointment_id = a.id group by v.series_id)`

/** All visits of `source`, rows of `appointment`, as a JSON array of what a diary's card shows. */
export const visitsIn = (source: string) => sql.raw(`coalesce((select json_agg(json_build_object(
    'id', a.id, 'practitionerId', a.practitioner_id, 'resourceIds', ${resourceIdsText}, 'patient', ${patientText}, 'visitTypeId', a.visit_type_id,
    'startsAt', ${utcText('a.starts_at')}, 'endsAt', ${utcText('a.ends_at')}, 'status', a.status, 'cancelReason', a.cancel_reason,
    'saidByPatientAt', case when a.status in ('confirmed', 'cancelled') then (select case when h.by_patient and h.status = a.status then ${utcText('h.at')} end
      from appointment_status h where h.clinic_id = a.clinic_id and h.appointment_id = a.id order by h.id desc limit 1) end,
    'confirmedAt', ${utcText('s.confirmed')}, 'arrivedAt', ${utcText('s.arrived')}, 'calledAt', ${utcText('s.called')}, 'startedAt', ${utcText('s.started')}, 'completedAt', ${utcText('s.completed')},
    'ticket', case when a.status in ('arrived', 'called', 'in_treatment', 'completed')
      then (select t.number from ticket t where t.clinic_id = a.clinic_id and t.appointment_id = a.id order by t.on_date desc limit 1) end,
    'deskNote', a.desk_note, 'orderId', a.order_id, 'overbookReason', a.overbook_reason, 'version', a.version,
    'series', ${placeInSeries}, 'paper', ${paperJson},
    'firstVisit', not exists (select from appointment e where e.clinic_id = a.clinic_id and e.patient_id = a.patient_id and e.status = 'completed' and e.starts_at < a.starts_at),
    'openOrder', exists (select from next_visit_order o where o.clinic_id = a.clinic_id and o.patient_id = a.patient_id and o.status = 'open'),
    'owes', ${owes},
    'noShows', (select count(*) from appointment e where e.clinic_id = a.clinic_id and e.patient_id = a.patient_id and e.status = 'no_show')
  ) order by a.starts_at, a.id)
  from ${source} a join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
  -- When the present status, and those it rests on, were reached. What was reached before the last return to an earlier status
  -- does not count: it was taken back, or said of another time.
  left join lateral (select
      max(h.at) filter (where h.status = 'confirmed' and h.reason <> 'undone' and h.step > h.last_booked) as confirmed,
      max(h.at) filter (where h.status = 'arrived' and h.reason <> 'undone' and h.step > h.last_ahead and a.status <> 'confirmed') as arrived,
      max(h.at) filter (where h.status = 'called' and h.reason <> 'undone' and h.step > h.last_uncalled) as called,
      max(h.at) filter (where h.status = 'in_treatment' and h.reason <> 'undone' and h.step > h.last_waiting) as started,
      max(h.at) filter (where h.status = 'completed' and a.status = 'completed') as completed
    from (select h.status, h.at, h.reason, h.id::text as step,
        coalesce(max(h.id::text) filter (where h.status = 'booked') over (), '') as last_booked,
        coalesce(max(h.id::text) filter (where h.status in ('booked', 'confirmed')) over (), '') as last_ahead,
        coalesce(max(h.id::text) filter (where h.status in ('booked', 'confirmed', 'arrived')) over (), '') as last_uncalled,
        coalesce(max(h.id::text) filter (where h.status in ('booked', 'confirmed', 'arrived', 'called') and (h.status in ('booked', 'confirmed') or h.reason = 'undone')) over (), '') as last_waiting
      from appointment_status h where h.clinic_id = a.clinic_id and h.appointment_id = a.id) h
  ) s on a.status in ('confirmed', 'arrived', 'called', 'in_treatment', 'completed')), '[]')`)

const diaryQuery = ({ clinicId, branchId, date, lastDate, from, to, of, now, staffId, rooms, cancelled }: DiaryWanted) => sql<{ diary: DiaryRows }>`
  with today as materialized (
      select * from appointment a where a.clinic_id = ${clinicId}::uuid and a.branch_id = ${branchId}::uuid
        and a.starts_at >= ${from}::timestamptz - interval '12 hours' and a.starts_at < ${to}::timestamptz and a.ends_at > ${from}::timestamptz
        and (a.status <> 'cancelled' or (${cancelled}::boolean and a.patient_id is not null))
        and (cardinality(${of}::uuid[]) = 0 or a.practitioner_id = any (${of}::uuid[])
          or exists (select from allocation l where l.clinic_id = a.clinic_id and l.appointment_id = a.id and l.resource_id = any (${of}::uuid[])))),
    differing as materialized (
      select resource_id, branch_id, json_build_object('onDate', on_date, 'kind', kind, 'whole', resource_id is null,
        'starts', (date_part('epoch', starts) / 60)::int, 'ends', (date_part('epoch', ends) / 60)::int,
        'block', case when block_id is not null then json_build_object('kind', '', 'title', '', 'holiday', null) end) as exception
      from hours_exception where clinic_id = ${clinicId}::uuid and on_date between ${date}::date and ${lastDate}::date and (branch_id is null or branch_id = ${branchId}::uuid))
  select json_build_object(
    'visits', ${visitsIn('today')},
    'holds', coalesce((select json_agg(json_build_object(
        'id', a.id, 'practitionerId', a.practitioner_id, 'resourceIds', ${resourceIds}, 'visitTypeId', a.visit_type_id,
        'startsAt', ${utc('a.starts_at')}, 'endsAt', ${utc('a.ends_at')}, 'expiresAt', ${utc('a.hold_expires_at')},
        'byName', (select f.name from staff f where f.clinic_id = a.clinic_id and f.id = a.created_by), 'mine', a.created_by = ${staffId}::uuid
      ) order by a.starts_at, a.id) from today a where a.status = 'held' and a.hold_expires_at > ${now}::timestamptz), '[]'),
    'resources', coalesce((select json_agg(json_build_object(
        'resourceId', r.id, 'kind', r.kind, 'name', r.name, 'nameEn', r.name_en, 'colour', r.colour,
        'hours', coalesce((select json_agg(json_build_object('weekday', h.weekday, 'starts', (date_part('epoch', h.starts) / 60)::int,
            'ends', (date_part('epoch', h.ends) / 60)::int, 'validFrom', h.valid_from, 'validTo', h.valid_to))
          from working_hours h where h.clinic_id = r.clinic_id and h.resource_id = r.id and h.branch_id = ${branchId}::uuid), '[]'),
        'exceptions', coalesce((select json_agg(d.exception) from differing d where d.resource_id is null or d.resource_id = r.id), '[]'),
        'occupied', exists (select from today a join allocation l on l.clinic_id = a.clinic_id and l.appointment_id = a.id where l.resource_id = r.id)
      ) order by r.kind <> 'practitioner', r.sort, r.name, r.id)
      from resource r where r.clinic_id = ${clinicId}::uuid
        and (r.kind = 'practitioner' or (${rooms}::boolean and r.branch_id = ${branchId}::uuid))
        and (cardinality(${of}::uuid[]) = 0 or r.id = any (${of}::uuid[]))
        and (r.active or exists (select from today a where a.practitioner_id = r.id))), '[]'),
    'branchHours', coalesce((select json_agg(json_build_object('weekday', weekday, 'starts', (date_part('epoch', opens) / 60)::int,
        'ends', (date_part('epoch', closes) / 60)::int, 'validFrom', null, 'validTo', null))
      from opening_hours where clinic_id = ${clinicId}::uuid and branch_id = ${branchId}::uuid), '[]'),
    'branchExceptions', coalesce((select json_agg(d.exception) from differing d where d.resource_id is null), '[]')
  ) as diary`
