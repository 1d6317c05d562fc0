import type { Instant } from '@yoman/domain/time'
import type { Db } from '../database.ts'

/** When something happened, on the business clock: what was done in one transaction has one time. Undefined where there is no such event. */
export async function findEventTime(db: Db, eventId: string): Promise<Instant | undefined> {
  return (await db.selectFrom('event').select('at').where('id', '=', eventId).executeTakeFirst())?.at
}
