import { sql } from 'kysely'
import type { Status } from '@yoman/domain/appointments/appointment'
import { inOrder, type RegisteredVisit, type VisitStep } from '@yoman/domain/registers/appointments'
import { type Instant, instant, type PlainDate } from '@yoman/domain/time'
import type { Db } from '../database.ts'

export interface RegisterWanted {
  branchIds: readonly string[]
  /** Days of each branch's wall, both included. */
  from: PlainDate
  to: PlainDate
}

export interface RegisterPosition {
  at: Instant
  id: string
}

interface Row extends Omit<RegisteredVisit, 'history'> {
  steps: { at: string; by: string; byPatient: boolean; status: Status; reason: string }[]
  moves: { at: string; by: string; byPatient: boolean; from: string; to: string }[]
}

/**
 * The next lines of the register by their hour: visits, and hours that visits left. A place that was only held for a moment is no visit.
 * The rough bounds in UTC let the indexes find the rows; the day on the branch's wall decides.
 */
export async function registeredAfter(db: Db, { branchIds, from, to }: RegisterWanted, after: RegisterPosition | null, limit: number): Promise<RegisteredVisit[]> {
  const [early, late] = [`${from.subtract({ days: 1 }).toString()}T00:00:00Z`, `${to.add({ days: 2 }).toString()}T00:00:00Z`]
  const { rows } = await sql<Row>`
    with line as (
      select a.id, a.id as visit_id, a.starts_at, a.ends_at, a.practitioner_id, null::timestamptz as moved_to
      from appointment a where a.clinic_id = current_clinic() and a.branch_id = any(${branchIds}::uuid[]) and a.patient_id is not null and a.status <> 'held' and a.starts_at >= ${early}::timestamptz and a.starts_at < ${late}::timestamptz
      union all
      select m.id, m.subject_id, (m.details->'from'->>'startsAt')::timestamptz, (m.details->'from'->>'endsAt')::timestamptz, (m.details->'from'->>'practitionerId')::uuid, (m.details->'to'->>'startsAt')::timestamptz
      from event m where m.clinic_id = current_clinic() and m.name = 'appointment.moved' and m.outcome = 'done'
        and (m.details->'from'->>'startsAt') collate "C" >= ${early} and (m.details->'from'->>'startsAt') collate "C" < ${late}
    ), page as (
      select l.*, a.branch_id, a.patient_id, a.status from line l join appointment a on a.clinic_id = current_clinic() and a.id = l.visit_id join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id
      where a.branch_id = any(${branchIds}::uuid[]) and a.patient_id is not null and (l.starts_at at time zone b.time_zone)::date between ${from}::date and ${to}::date
        and (${after?.at ?? null}::timestamptz is null or (l.starts_at, l.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      order by l.starts_at, l.id limit ${limit}
    )
    select g.id, g.visit_id as "visitId", g.branch_id as "branchId", g.patient_id as "patientId", g.starts_at as "startsAt", g.ends_at as "endsAt", g.moved_to as "movedTo", g.status,
      r.name as practitioner, r.name_en as "practitionerEn", t.given_name as "givenName", t.family_name as "familyName", t.given_name_latin as "givenNameLatin", t.family_name_latin as "familyNameLatin",
      coalesce((select jsonb_agg(jsonb_build_object('at', ${utc('h.at')}, 'by', coalesce(s.name, ''), 'byPatient', h.by_patient, 'status', h.status, 'reason', h.reason) order by h.id)
        from appointment_status h left join staff s on s.clinic_id = h.clinic_id and s.id = h.by_staff_id where h.clinic_id = current_clinic() and h.appointment_id = g.visit_id), '[]') as steps,
      coalesce((select jsonb_agg(jsonb_build_object('at', ${utc('m.at')}, 'by', coalesce(s.name, ''), 'byPatient', m.actor_kind = 'patient', 'from', m.details->'from'->>'startsAt', 'to', m.details->'to'->>'startsAt') order by m.seq)
        from event m left join staff s on s.clinic_id = m.clinic_id and s.id = m.actor_id where m.clinic_id = current_clinic() and m.subject_id = g.visit_id and m.name = 'appointment.moved' and m.outcome = 'done'), '[]') as moves
    from page g join resource r on r.clinic_id = current_clinic() and r.id = g.practitioner_id join patient t on t.clinic_id = current_clinic() and t.id = g.patient_id
    order by g.starts_at, g.id`.execute(db)
  return rows.map(({ steps, moves, ...row }) => ({ ...row, history: inOrder([...moves.map(moveStep), ...steps.map(statusStep)]) }))
}

const utc = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`)
const statusStep = ({ at, by, byPatient, status, reason }: Row['steps'][number]): VisitStep => ({ at: instant(at), by, byPatient, what: { kind: 'status', status, reason } })
const moveStep = ({ at, by, byPatient, from, to }: Row['moves'][number]): VisitStep => ({ at: instant(at), by, byPatient, what: { kind: 'moved', from: instant(from), to: instant(to) } })
