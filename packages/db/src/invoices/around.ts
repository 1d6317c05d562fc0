import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** The zone of the branch that issued a document. */
export async function zoneOfBranch(db: Db, branchId: string): Promise<string> {
  const { time_zone } = await db.selectFrom('branch').select('time_zone').where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', branchId).executeTakeFirstOrThrow()
  return time_zone
}

/** How a patient is spoken to. */
export async function findGivenName(db: Db, patientId: string): Promise<string> {
  const { given_name } = await db.selectFrom('patient').select('given_name').where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', patientId).executeTakeFirstOrThrow()
  return given_name
}

/** The visit of an encounter; null where it belongs to none. */
export async function findAppointmentOf(db: Db, encounterId: string): Promise<string | null> {
  const row = await db.selectFrom('encounter').select('appointment_id').where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', encounterId).executeTakeFirst()
  return row?.appointment_id ?? null
}

/** Whether a message with this document was made already. */
export async function isMailed(db: Db, invoiceId: string): Promise<boolean> {
  const row = await db.selectFrom('message').select('id').where('clinic_id', '=', sql<string>`current_clinic()`).where('invoice_id', '=', invoiceId).where('kind', '=', 'invoice').limit(1).executeTakeFirst()
  return row !== undefined
}
