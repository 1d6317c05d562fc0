import { sql } from 'kysely'
import { diaryChangeKinds, type DiaryChangeKind } from '@yoman/domain/appointments/diary-changes'
import type { Instant } from '@yoman/domain/time'
import { utc } from '../appointments/diary.ts'
import type { Db, Tx } from '../database.ts'

export interface DiaryChangeRow {
  id: string
  at: string
  kind: DiaryChangeKind
  by: { name: string; nameEn: string } | null
  byPatient: boolean
  appointmentId: string
  patient: { name: string; nameLatin: string } | null
  from: { startsAt: string; practitionerId: string } | null
  to: { startsAt: string; practitionerId: string } | null
  startsAt: string
  practitionerId: string
  cancelled: boolean
  unseen: boolean
}

export interface ChangesWanted {
  branchId: string
  staffId: string
  /** Null: of no session, nothing counts as unseen before somebody looked. */
  sessionId: string | null
  limit: number
}

const names = diaryChangeKinds.map((kind) => `appointment.${kind}`)
const placeOf = (side: 'from' | 'to') => sql`case when e.name in ('appointment.moved', 'appointment.changed') and e.details #>> ${sql.lit(`{${side},practitionerId}`)}::text[] is not null
  then json_build_object('startsAt', ${utc(`(e.details #>> '{${side},startsAt}')::timestamptz`)}, 'practitionerId', e.details #>> ${sql.lit(`{${side},practitionerId}`)}::text[]) end`

/** The newest changes of a branch's visits that others made; walks the branch's events from their end. */
export async function listDiaryChanges(db: Db, { branchId, staffId, sessionId, limit }: ChangesWanted): Promise<DiaryChangeRow[]> {
  const { rows } = await sql<DiaryChangeRow>`
    select e.id, ${utc('e.at')} as at, substr(e.name, length('appointment.') + 1) as kind,
      case when s.id is not null then json_build_object('name', s.name, 'nameEn', s.name_en) end as by, e.actor_kind = 'patient' as "byPatient",
      a.id as "appointmentId",
      case when p.id is not null then json_build_object('name', btrim(p.given_name || ' ' || p.family_name), 'nameLatin', btrim(p.given_name_latin || ' ' || p.family_name_latin)) end as patient,
      ${placeOf('from')} as "from", ${placeOf('to')} as "to",
      ${utc('a.starts_at')} as "startsAt", a.practitioner_id as "practitionerId", a.status = 'cancelled' as cancelled,
      coalesce(e.seq > look.seen_seq, e.recorded_at > session.created_at, false) as unseen
    from event e
      join appointment a on a.clinic_id = e.clinic_id and a.id = e.subject_id
      left join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
      left join staff s on s.clinic_id = e.clinic_id and s.id = e.actor_id
      left join diary_look look on look.clinic_id = e.clinic_id and look.staff_id = ${staffId}::uuid and look.branch_id = e.branch_id
      left join session on session.clinic_id = e.clinic_id and session.id = ${sessionId}::uuid
    where e.clinic_id = current_clinic() and e.branch_id = ${branchId}::uuid and e.name = any(${names}) and e.outcome = 'done'
      and e.actor_id is distinct from ${staffId}::uuid
    order by e.seq desc limit ${limit}`.execute(db)
  return rows
}

/** Never back: of two windows the one that has seen more counts. An unknown change changes nothing. */
export async function markSeen(tx: Tx, clinicId: string, seen: { staffId: string; branchId: string; changeId: string }, now: Instant): Promise<void> {
  await sql`
    insert into diary_look (clinic_id, staff_id, branch_id, seen_seq, looked_at)
    select ${clinicId}::uuid, ${seen.staffId}::uuid, branch_id, seq, ${now} from event
      where clinic_id = current_clinic() and id = ${seen.changeId}::uuid and branch_id = ${seen.branchId}::uuid
    on conflict (clinic_id, staff_id, branch_id) do update set seen_seq = greatest(diary_look.seen_seq, excluded.seen_seq), looked_at = excluded.looked_at`.execute(tx)
}
