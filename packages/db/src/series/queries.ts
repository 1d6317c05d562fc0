import { type Insertable, type Selectable, sql } from 'kysely'
import type { Status } from '@yoman/domain/appointments/appointment'
import type { WeeklyHours } from '@yoman/domain/availability/openings'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { SeriesChangeTable, SeriesTable } from './table.ts'

export type SeriesRow = Selectable<SeriesTable>
export type SeriesChangeRow = Selectable<SeriesChangeTable>

export const findSeries = (db: Db, id: string): Promise<SeriesRow | undefined> => db.selectFrom('series').selectAll().where('id', '=', id).executeTakeFirst()

/** The row, held until the transaction ends. Take it before the locks of its visits. */
export const lockSeries = (tx: Tx, id: string): Promise<SeriesRow | undefined> => tx.selectFrom('series').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** The series that an appointment belongs to. */
export const seriesOfVisit = (db: Db, appointmentId: string) =>
  db.selectFrom('series_visit').select(['series_id', 'position']).where('appointment_id', '=', appointmentId).executeTakeFirst()

export interface SeriesVisitRow {
  appointment_id: string
  position: number
  starts_at: Instant
  ends_at: Instant
  practitioner_id: string
  visit_type_id: string
  status: Status
  version: number
}

/** The visits of a series in their order, whatever has become of them. */
export const visitsOfSeries = (db: Db, seriesId: string): Promise<SeriesVisitRow[]> =>
  db
    .selectFrom('series_visit as v')
    .innerJoin('appointment as a', (join) => join.onRef('a.clinic_id', '=', 'v.clinic_id').onRef('a.id', '=', 'v.appointment_id'))
    .select(['v.appointment_id', 'v.position', 'a.starts_at', 'a.ends_at', 'a.practitioner_id', 'a.visit_type_id', 'a.status', 'a.version'])
    .where('v.series_id', '=', seriesId)
    .orderBy('a.starts_at')
    .orderBy('v.position')
    .execute()

/** What was done to a series, the latest first. */
export const changesOfSeries = (db: Db, seriesId: string) =>
  db
    .selectFrom('series_change as c')
    .innerJoin('staff as s', (join) => join.onRef('s.clinic_id', '=', 'c.clinic_id').onRef('s.id', '=', 'c.by_staff_id'))
    .selectAll('c')
    .select('s.name as by_name')
    .where('c.series_id', '=', seriesId)
    .orderBy('c.seq', 'desc')
    .execute()

export const findChange = (db: Db, id: string): Promise<SeriesChangeRow | undefined> => db.selectFrom('series_change').selectAll().where('id', '=', id).executeTakeFirst()

export async function insertSeries(tx: Tx, row: Insertable<SeriesTable>, visits: readonly { appointmentId: string; position: number }[]): Promise<void> {
  await tx.insertInto('series').values(row).execute()
  await tx.insertInto('series_visit').values(visits.map(({ appointmentId, position }) => ({ clinic_id: row.clinic_id, appointment_id: appointmentId, series_id: row.id, position }))).execute()
}

/** Writes down a change and counts the series up. The caller holds its lock. */
export async function insertChange(tx: Tx, row: Omit<Insertable<SeriesChangeTable>, 'seq'>): Promise<void> {
  await sql`
    insert into series_change (clinic_id, id, series_id, seq, kind, scope, visits, undoes, by_staff_id, at)
    select ${row.clinic_id}, ${row.id}, ${row.series_id}, coalesce(max(seq), 0) + 1, ${row.kind}, ${row.scope}, ${row.visits}::jsonb, ${row.undoes ?? null}::uuid, ${row.by_staff_id}, ${row.at}::timestamptz
    from series_change where series_id = ${row.series_id}::uuid`.execute(tx)
  await tx.updateTable('series').set((eb) => ({ version: eb('version', '+', 1) })).where('id', '=', row.series_id).execute()
}

/** The branch's own week, minutes of the wall clock. */
export async function branchWeek(db: Db, branchId: string): Promise<WeeklyHours[]> {
  const { rows } = await sql<WeeklyHours>`
    select weekday, (date_part('epoch', opens) / 60)::int as starts, (date_part('epoch', closes) / 60)::int as ends, null as "validFrom", null as "validTo"
    from opening_hours where branch_id = ${branchId}::uuid`.execute(db)
  return rows
}

/** Visits of a patient that begin in a span of time and take place, in minutes since 1970. */
export async function patientTimes(db: Db, patientId: string, from: Instant, to: Instant): Promise<{ appointmentId: string; from: number; to: number }[]> {
  const { rows } = await sql<{ appointmentId: string; from: number; to: number }>`
    select id as "appointmentId", floor(date_part('epoch', starts_at) / 60)::float8 as "from", ceil(date_part('epoch', ends_at) / 60)::float8 as "to"
    from appointment where clinic_id = current_clinic() and patient_id = ${patientId}::uuid and status not in ('cancelled', 'no_show')
      and starts_at >= ${from}::timestamptz - interval '12 hours' and starts_at < ${to}::timestamptz`.execute(db)
  return rows
}

export interface InTheWay {
  id: string
  starts_at: Instant
  ends_at: Instant
  held: boolean
  patient_id: string | null
  given_name: string | null
  family_name: string | null
  given_name_latin: string | null
  family_name_latin: string | null
}

/** What lies where a visit was wished: whose it is and when. */
export async function inTheWayOf(db: Db, ids: readonly string[]): Promise<InTheWay[]> {
  const { rows } = await sql<InTheWay>`
    select a.id, a.starts_at, a.ends_at, a.status = 'held' as held, a.patient_id, p.given_name, p.family_name, p.given_name_latin, p.family_name_latin
    from appointment a left join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
    where a.clinic_id = current_clinic() and a.id = any(${[...ids]}::uuid[])`.execute(db)
  return rows
}
