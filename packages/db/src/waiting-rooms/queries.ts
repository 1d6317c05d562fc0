import { type Insertable, type Selectable, sql } from 'kysely'
import type { Instant, Period } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { WaitingScreenTable } from './table.ts'

export type WaitingScreenRow = Selectable<WaitingScreenTable>

export const listScreens = (db: Db): Promise<WaitingScreenRow[]> => db.selectFrom('waiting_screen').selectAll().orderBy('created_at').orderBy('id').execute()

export const findScreen = (db: Db, id: string): Promise<WaitingScreenRow | undefined> => db.selectFrom('waiting_screen').selectAll().where('id', '=', id).executeTakeFirst()

export async function insertScreen(tx: Tx, row: Insertable<WaitingScreenTable>): Promise<void> {
  await tx.insertInto('waiting_screen').values(row).execute()
}

/** Switches it off. @returns whether it was on. */
export async function revokeScreen(tx: Tx, id: string, at: Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('waiting_screen').set({ revoked_at: at }).where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The screen of a secret, of whatever clinic it is; undefined where it was switched off. Only in a transaction that shows a screen. */
export const screenByHash = (db: Db, hash: Buffer): Promise<{ clinic_id: string; id: string } | undefined> =>
  db.selectFrom('waiting_screen').select(['clinic_id', 'id']).where('hash', '=', hash).where('revoked_at', 'is', null).executeTakeFirst()

/** The house of a screen: its names, in the screen's language where they have one, and its zone. */
export async function findHouse(db: Db, branchId: string, language: 'he' | 'en'): Promise<{ clinicName: string; branchName: string; timeZone: string } | undefined> {
  const { rows } = await sql<{ clinicName: string; branchName: string; timeZone: string }>`
    select case when ${language} = 'en' and c.name_en <> '' then c.name_en else c.name end as "clinicName",
      case when ${language} = 'en' and b.name_en <> '' then b.name_en else b.name end as "branchName", b.time_zone as "timeZone" from branch b join clinic c on c.id = b.clinic_id
    where b.clinic_id = current_clinic() and b.id = ${branchId}::uuid`.execute(db)
  return rows[0]
}

export interface InRoomRow {
  status: 'arrived' | 'called'
  /** When the present status was reached. */
  since: Instant
  ticket: number | null
  given_name: string
  family_name: string
  given_name_latin: string
  family_name_latin: string
  /** The room or chair of the visit, where it has one; else the practitioner. */
  place: string
  place_en: string
}

/** Who is called and who waits in a period of a branch, by the time of their visits. */
export async function inWaitingRoom(db: Db, branchId: string, { start, end }: Period): Promise<InRoomRow[]> {
  const { rows } = await sql<InRoomRow>`
    select a.status, p.given_name, p.family_name, p.given_name_latin, p.family_name_latin, r.name as place, r.name_en as place_en,
      (select t.number from ticket t where t.clinic_id = a.clinic_id and t.appointment_id = a.id order by t.on_date desc limit 1) as ticket,
      -- The last time somebody said so; a step that was taken back and came again counts from then.
      (select s.at from appointment_status s where s.clinic_id = a.clinic_id and s.appointment_id = a.id and s.status = a.status and s.reason <> 'undone' order by s.id desc limit 1) as since
    from appointment a
      join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
      join lateral (select r.name, r.name_en from allocation l join resource r on r.clinic_id = l.clinic_id and r.id = l.resource_id
        where l.clinic_id = a.clinic_id and l.appointment_id = a.id order by r.kind not in ('room', 'chair'), r.kind <> 'practitioner', r.kind, r.id limit 1) r on true
    where a.clinic_id = current_clinic() and a.branch_id = ${branchId}::uuid and a.starts_at >= ${start} and a.starts_at < ${end} and a.status in ('arrived', 'called')
    order by a.starts_at, a.id`.execute(db)
  return rows
}
