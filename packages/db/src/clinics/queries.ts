import type { Tx } from '../database.ts'

export async function insertClinic(tx: Tx, clinic: { id: string; name: string; language: 'he' | 'en' }): Promise<void> {
  await tx.insertInto('clinic').values(clinic).execute()
}

export async function insertBranch(tx: Tx, clinicId: string, branch: { id: string; name: string; timeZone?: string }): Promise<void> {
  const { id, name, timeZone = 'Asia/Jerusalem' } = branch
  await tx.insertInto('branch').values({ clinic_id: clinicId, id, name, time_zone: timeZone }).execute()
}
