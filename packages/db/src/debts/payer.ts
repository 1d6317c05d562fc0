import { sql } from 'kysely'
import type { PlainDate } from '@yoman/domain/time'
import type { Db } from '../database.ts'

/**
 * Who is spoken to about a patient's debts: whoever pays for them, of a minor else a guardian, then a parent; of those alone who are told of
 * money. Null where a minor has none of them: a child is not reminded of money.
 */
export async function payerOf(db: Db, patientId: string, today: PlainDate): Promise<string | null> {
  const { rows } = await sql<{ payer: string | null }>`
    select coalesce(who.id, case when p.minor then null else p.id end) as payer
    from (select id, clinic_id, birth_date is not null and birth_date > ${today}::date - interval '18 years' as minor from patient where clinic_id = current_clinic() and id = ${patientId}::uuid) p
      left join lateral (
        select f.id from (
          select r.related_id as id, r.kind from patient_relation r where r.clinic_id = p.clinic_id and r.patient_id = p.id and 'money' = any (r.told)
          union all select r.patient_id, 'parent' from patient_relation r where r.clinic_id = p.clinic_id and r.related_id = p.id and r.kind = 'child' and 'money' = any (r.tells)
        ) f where f.kind = 'payer' or (p.minor and f.kind in ('guardian', 'parent'))
        order by array_position(array['payer', 'guardian', 'parent'], f.kind), f.id limit 1) who on true`.execute(db)
  return rows[0]?.payer ?? null
}
