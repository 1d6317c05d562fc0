import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** Where a patient's documents may be mailed to, and whether they agreed to have them so: consent beforehand is the law (bookkeeping rules §18ב). */
export async function findMailable(db: Db, patientId: string): Promise<{ address: string | null; consented: boolean }> {
  const { rows } = await sql<{ address: string | null; consented: boolean }>`
    select case when not exists (select from dead_address d where d.clinic_id = p.clinic_id and d.channel = 'email' and d.address = lower(p.email)) then nullif(p.email, '') end as address,
      coalesce((select k.state = 'given' from consent k where k.clinic_id = p.clinic_id and k.patient_id = p.id and k.channel = 'email'
        and k.purpose = 'e_invoice' order by k.recorded_at desc, k.id desc limit 1), false) as consented
    from patient p where p.clinic_id = current_clinic() and p.id = ${patientId}
  `.execute(db)
  return rows[0] ?? { address: null, consented: false }
}
