import { sql } from 'kysely'
import type { Parking } from '@yoman/domain/appointments/parking'
import type { Db, Tx } from '../database.ts'
import { type DiaryVisitRow, utc, visitsIn } from './diary.ts'

/** What lies on the tray of one visit. Lock the appointment first: whoever parks, places or cancels it comes through that row. */
export async function findParking(tx: Tx, clinicId: string, appointmentId: string): Promise<Parking | null> {
  const row = await tx.selectFrom('appointment_parking').selectAll().where('clinic_id', '=', clinicId).where('appointment_id', '=', appointmentId).executeTakeFirst()
  return row ? { appointmentId: row.appointment_id, branchId: row.branch_id, parkedAt: row.parked_at, parkedBy: row.parked_by } : null
}

export async function insertParking(tx: Tx, clinicId: string, parking: Parking): Promise<void> {
  const { appointmentId, branchId, parkedAt, parkedBy } = parking
  await tx.insertInto('appointment_parking').values({ clinic_id: clinicId, appointment_id: appointmentId, branch_id: branchId, parked_at: parkedAt, parked_by: parkedBy }).execute()
}

/** Takes it off the tray. @returns whether it lay there. */
export async function deleteParking(tx: Tx, clinicId: string, appointmentId: string): Promise<boolean> {
  const gone = await tx.deleteFrom('appointment_parking').where('clinic_id', '=', clinicId).where('appointment_id', '=', appointmentId).returning('appointment_id').execute()
  return gone.length > 0
}

export interface ParkedRow {
  visit: DiaryVisitRow
  /** ISO, UTC. */
  parkedAt: string
  byName: string | null
  mine: boolean
}

/** The tray of a branch, longest parked first. */
export async function parkedVisits(db: Db, { clinicId, branchId, staffId }: { clinicId: string; branchId: string; staffId: string | null }): Promise<ParkedRow[]> {
  const { rows } = await sql<{ visits: DiaryVisitRow[]; tray: (Omit<ParkedRow, 'visit'> & { id: string })[] }>`
    with lying as materialized (
        select k.appointment_id, k.parked_at, k.parked_by, f.name from appointment_parking k
        left join staff f on f.clinic_id = k.clinic_id and f.id = k.parked_by
        where k.clinic_id = ${clinicId}::uuid and k.branch_id = ${branchId}::uuid),
      today as materialized (select a.* from lying join appointment a on a.clinic_id = ${clinicId}::uuid and a.id = lying.appointment_id)
    select ${visitsIn('today')} as visits,
      coalesce((select json_agg(json_build_object('id', appointment_id, 'parkedAt', ${utc('parked_at')}, 'byName', name,
        'mine', coalesce(parked_by = ${staffId}::uuid, false)) order by parked_at, appointment_id) from lying), '[]') as tray`.execute(db)
  const visits = new Map(rows[0]?.visits.map((visit) => [visit.id, visit]))
  return (rows[0]?.tray ?? []).flatMap(({ id, ...parked }) => {
    const visit = visits.get(id)
    return visit ? [{ visit, ...parked }] : []
  })
}
