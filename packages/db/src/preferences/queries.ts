import { sql } from 'kysely'
import type { Preferences } from '@yoman/domain/preferences/preferences'
import type { Instant } from '@yoman/domain/time'
import type { Tx } from '../database.ts'

/** What the person saved, locked so that two screens that change it at once both keep their part. Empty where nothing was. */
export async function lockPreferences(tx: Tx, clinicId: string, staffId: string, now: Instant): Promise<Partial<Preferences>> {
  const fresh = { clinic_id: clinicId, staff_id: staffId, preferences: sql<string>`'{}'::jsonb`, changed_at: now }
  await tx.insertInto('staff_preference').values(fresh).onConflict((conflict) => conflict.doNothing()).execute()
  const row = await tx.selectFrom('staff_preference').select('preferences').where('staff_id', '=', staffId).forUpdate().executeTakeFirstOrThrow()
  return row.preferences as Partial<Preferences> // only `savePreferences` writes it
}

export async function savePreferences(tx: Tx, staffId: string, preferences: Preferences, now: Instant): Promise<void> {
  await tx.updateTable('staff_preference').set({ preferences: JSON.stringify(preferences), changed_at: now }).where('staff_id', '=', staffId).execute()
}

/** Which of these are branches of the clinic? */
export async function knownBranches(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  return (await tx.selectFrom('branch').select('id').where('id', 'in', [...ids]).execute()).map((row) => row.id)
}
