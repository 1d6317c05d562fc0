import type { Tx } from '../database.ts'

export async function insertClinic(tx: Tx, clinic: { id: string; name: string; language: 'he' | 'en' }): Promise<void> {
  await tx.insertInto('clinic').values(clinic).execute()
}

export interface NewBranchRow {
  id: string
  name: string
  nameEn?: string
  address?: string
  city?: string
  phone?: string | null
  timeZone?: string
}

export async function insertBranch(tx: Tx, clinicId: string, branch: NewBranchRow): Promise<void> {
  const { timeZone = 'Asia/Jerusalem', nameEn = '', ...rest } = branch
  await tx.insertInto('branch').values({ clinic_id: clinicId, time_zone: timeZone, name_en: nameEn, ...rest }).execute()
}
