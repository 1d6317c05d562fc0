import { sql } from 'kysely'
import type { Instant, Period, PlainDate } from '@yoman/domain/time'
import type { Db } from '../database.ts'

export interface RoomRow {
  id: string
  branch_id: string
  practitioner_id: string
  visit_type_id: string
  starts_at: Instant
  ends_at: Instant
  status: 'booked' | 'confirmed' | 'arrived' | 'called' | 'in_treatment' | 'completed' | 'cancelled' | 'no_show'
  arrived_at: Instant | null
  desk_note: string
  version: number
  patient_id: string
  given_name: string
  family_name: string
  given_name_latin: string
  family_name_latin: string
  birth_date: PlainDate | null
  alerts_sealed: Buffer | null
  first_visit: boolean
  encounter_id: string | null
  encounter_status: 'draft' | 'signed' | null
}

/** The visits that begin in a period, in their order; in some branches, of one practitioner or of all. */
export async function roomVisits(db: Db, { period, branchIds, practitionerId }: { period: Period; branchIds: readonly string[]; practitionerId: string | null }): Promise<RoomRow[]> {
  const ofOne = practitionerId ? sql`and a.practitioner_id = ${practitionerId}` : sql``
  const { rows } = await sql<RoomRow>`
    select a.id, a.branch_id, a.practitioner_id, a.visit_type_id, a.starts_at, a.ends_at, a.status, a.desk_note, a.version,
      (select max(s.at) from appointment_status s where s.clinic_id = a.clinic_id and s.appointment_id = a.id and s.status = 'arrived') as arrived_at,
      p.id as patient_id, p.given_name, p.family_name, p.given_name_latin, p.family_name_latin, p.birth_date, p.alerts_sealed,
      not exists (select from appointment b where b.clinic_id = a.clinic_id and b.patient_id = a.patient_id and b.starts_at < a.starts_at
        and b.status = 'completed') as first_visit,
      e.id as encounter_id, e.status as encounter_status
    from appointment a
    join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
    left join encounter e on e.clinic_id = a.clinic_id and e.appointment_id = a.id
    where a.clinic_id = current_clinic() and a.branch_id = any(${[...branchIds]}::uuid[]) and a.starts_at >= ${period.start} and a.starts_at < ${period.end} and a.status not in ('held', 'cancelled') ${ofOne}
    order by a.starts_at, a.id`.execute(db)
  return rows
}

export const practitionerOfStaff = (db: Db, staffId: string): Promise<{ id: string } | undefined> =>
  db.selectFrom('practitioner').select('id').where('staff_id', '=', staffId).executeTakeFirst()

export const branchZones = (db: Db): Promise<{ id: string; time_zone: string }[]> =>
  db.selectFrom('branch').select(['id', 'time_zone']).where('active', '=', true).orderBy('created_at').orderBy('id').execute()
