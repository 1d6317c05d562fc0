import { sql } from 'kysely'
import type { Tx } from '../database.ts'

/** Who may do a kind of visit: these and no others. */
export async function replaceAbleTo(tx: Tx, clinicId: string, visitTypeId: string, practitionerIds: readonly string[]): Promise<void> {
  const gone = tx.deleteFrom('visit_type_practitioner').where('visit_type_id', '=', visitTypeId).execute()
  const added = sql`insert into visit_type_practitioner (clinic_id, visit_type_id, practitioner_id)
    select ${clinicId}::uuid, ${visitTypeId}::uuid, unnest(${[...practitionerIds]}::uuid[])`.execute(tx)
  await Promise.all([gone, added])
}
