import { sql } from 'kysely'
import type { Role } from '@yoman/domain/access'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'

export async function setStaffLanguage(tx: Tx, staffId: string, language: 'he' | 'en'): Promise<void> {
  await tx.updateTable('staff').set({ language }).where('id', '=', staffId).execute()
}

export interface NewStaff {
  id: string
  name: string
  nameEn?: string
  email: string
  language: 'he' | 'en'
  passwordHash: string
}

export async function insertStaff(tx: Tx, clinicId: string, staff: NewStaff): Promise<void> {
  const { id, name, nameEn = '', email, language } = staff
  await Promise.all([
    tx.insertInto('staff').values({ clinic_id: clinicId, id, name, name_en: nameEn, email, language }).execute(),
    tx.insertInto('login').values({ clinic_id: clinicId, staff_id: id, email, password_hash: staff.passwordHash }).execute(),
  ])
}

export interface HeldRole {
  id: string
  role: Role
  /** Null: in every branch. */
  branchId: string | null
}

export async function insertRoles(tx: Tx, clinicId: string, staffId: string, held: readonly HeldRole[]): Promise<void> {
  if (held.length === 0) return
  const rows = held.map(({ id, role, branchId }) => ({ clinic_id: clinicId, id, staff_id: staffId, role, branch_id: branchId }))
  await tx.insertInto('staff_role').values(rows).execute()
}

export interface StaffRow {
  id: string
  name: string
  nameEn: string
  email: string
  language: 'he' | 'en'
  active: boolean
  roles: { role: Role; branchId: string | null }[]
  practitionerId: string | null
  version: number
}

const staffJson = sql`jsonb_build_object('id', p.id, 'name', p.name, 'nameEn', p.name_en, 'email', p.email, 'language', p.language, 'active', p.active, 'version', p.version,
  'practitionerId', (select q.id from practitioner q where q.clinic_id = p.clinic_id and q.staff_id = p.id),
  'roles', coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'branchId', r.branch_id) order by r.role, r.branch_id)
    from staff_role r where r.clinic_id = p.clinic_id and r.staff_id = p.id), '[]'))`

export async function listStaff(db: Db): Promise<StaffRow[]> {
  const { rows } = await sql<{ row: StaffRow }>`select ${staffJson} as row from staff p order by p.active desc, p.name, p.id`.execute(db)
  return rows.map(({ row }) => row)
}

export const findStaff = async (db: Db, id: string): Promise<StaffRow | undefined> =>
  (await sql<{ row: StaffRow }>`select ${staffJson} as row from staff p where p.id = ${id}::uuid`.execute(db)).rows[0]?.row

/** Active owners other than this person, locked: two owners cannot dismiss each other at once. */
export async function lockOtherOwners(tx: Tx, staffId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended('owners ' || current_clinic()::text, 0))`.execute(tx)
  const { rows } = await sql<{ count: number }>`select count(distinct p.id) as count from staff p join staff_role r on r.clinic_id = p.clinic_id and r.staff_id = p.id
    where p.active and r.role = 'owner' and p.id <> ${staffId}::uuid`.execute(tx)
  return rows[0]?.count ?? 0
}

export async function replaceRoles(tx: Tx, clinicId: string, staffId: string, held: readonly HeldRole[]): Promise<void> {
  const gone = tx.deleteFrom('staff_role').where('staff_id', '=', staffId).execute()
  await Promise.all([gone, insertRoles(tx, clinicId, staffId, held)])
}

export async function setLoginEmail(tx: Tx, staffId: string, email: string): Promise<void> {
  await tx.updateTable('login').set({ email }).where('staff_id', '=', staffId).execute()
}

export const passwordHashOf = (db: Db, staffId: string): Promise<{ password_hash: string } | undefined> =>
  db.selectFrom('login').select('password_hash').where('staff_id', '=', staffId).executeTakeFirst()

/** False where the person has no login. */
export async function setPasswordHash(tx: Tx, staffId: string, hash: string, at: Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('login').set({ password_hash: hash, changed_at: at }).where('staff_id', '=', staffId).executeTakeFirst()
  return numUpdatedRows === 1n
}
