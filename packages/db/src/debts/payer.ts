import { type RawBuilder, sql } from 'kysely'
import type { PlainDate } from '@yoman/domain/time'
import type { Db } from '../database.ts'

const isMinor = (today: PlainDate): RawBuilder<boolean> => sql`(p.birth_date is not null and p.birth_date > ${today}::date - interval '18 years')`

/**
 * Who is spoken to about the money of the patient in a row `p`: whoever pays for them, of a minor else a guardian, then a parent; of those alone
 * who are told of money. Null where a minor has none of them: a child is not reminded of money.
 */
export const payerOfRow = (today: PlainDate): RawBuilder<string | null> => sql`coalesce((
  select f.id from (
    select r.related_id as id, r.kind from patient_relation r where r.clinic_id = p.clinic_id and r.patient_id = p.id and 'money' = any (r.told)
    union all select r.patient_id, 'parent' from patient_relation r where r.clinic_id = p.clinic_id and r.related_id = p.id and r.kind = 'child' and 'money' = any (r.tells)
  ) f where f.kind = 'payer' or (${isMinor(today)} and f.kind in ('guardian', 'parent'))
  order by array_position(array['payer', 'guardian', 'parent'], f.kind), f.id limit 1), case when ${isMinor(today)} then null else p.id end)`

/** The same of a patient by id. */
export async function payerOf(db: Db, patientId: string, today: PlainDate): Promise<string | null> {
  const { rows } = await sql<{ payer: string | null }>`select ${payerOfRow(today)} as payer from patient p where p.clinic_id = current_clinic() and p.id = ${patientId}::uuid`.execute(db)
  return rows[0]?.payer ?? null
}
