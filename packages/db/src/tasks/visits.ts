import { sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db } from '../database.ts'

/** The branch of a visit that still begins at this time, cancelled or not; undefined where it was moved since. */
export async function branchOfVisit(db: Db, appointmentId: string, startsAt: Instant): Promise<string | undefined> {
  const visit = await db.selectFrom('appointment').select('branch_id').where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', appointmentId).where('starts_at', '=', startsAt).executeTakeFirst()
  return visit?.branch_id
}
