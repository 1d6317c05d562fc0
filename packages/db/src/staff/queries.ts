import type { Role } from '@yoman/domain/access'
import type { Tx } from '../database.ts'

export async function setStaffLanguage(tx: Tx, staffId: string, language: 'he' | 'en'): Promise<void> {
  await tx.updateTable('staff').set({ language }).where('id', '=', staffId).execute()
}

export interface NewStaff {
  id: string
  name: string
  email: string
  language: 'he' | 'en'
  passwordHash: string
}

export async function insertStaff(tx: Tx, clinicId: string, staff: NewStaff): Promise<void> {
  const { id, name, email, language } = staff
  await Promise.all([
    tx.insertInto('staff').values({ clinic_id: clinicId, id, name, email, language }).execute(),
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
