import { sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db } from '../database.ts'

/**
 * How many visits of a practitioner in a span were booked over others, cancelled ones and `exceptId` not counted, and how many
 * the clinic lets there be on a day. Under the practitioner's lock nobody can add one meanwhile.
 */
export async function countOverbookings(db: Db, clinicId: string, of: { practitionerId: string; from: Instant; to: Instant; exceptId: string }): Promise<{ today: number; limit: number }> {
  const { rows } = await sql<{ today: number; limit: number }>`
    select c.overbook_limit::int as limit, (select count(*)::int from appointment a where a.clinic_id = c.id and a.overbooked_at is not null
        and a.practitioner_id = ${of.practitionerId}::uuid and a.starts_at >= ${of.from}::timestamptz and a.starts_at < ${of.to}::timestamptz
        and a.status <> 'cancelled' and a.id <> ${of.exceptId}::uuid) as today
    from clinic c where c.id = ${clinicId}::uuid`.execute(db)
  const [row] = rows
  if (!row) throw new Error('the clinic of this transaction is there')
  return row
}

/** Of all that an appointment occupies or occupied: what it shares or shared with another. */
export async function sharedOf(db: Db, clinicId: string, appointmentId: string): Promise<string[]> {
  const rows = await db.selectFrom('allocation').select('resource_id').where('clinic_id', '=', clinicId).where('appointment_id', '=', appointmentId).where('overbooked', '=', true).execute()
  return rows.map((row) => row.resource_id)
}
