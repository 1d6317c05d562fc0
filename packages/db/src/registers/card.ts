import { sql } from 'kysely'
import type { CardDocument, CardTreatment } from '@yoman/domain/registers/card'
import type { Db } from '../database.ts'
import { procedureCost } from '../discounts/queries.ts'
import { balance, cameWith } from '../invoices/lists.ts'

/** What was done for a patient, oldest first; the day is that of the visit, on the wall of its branch. */
export async function cardTreatments(db: Db, patientId: string): Promise<CardTreatment[]> {
  const { rows } = await sql<CardTreatment>`
    select d.id, (coalesce(a.starts_at, e.started_at) at time zone b.time_zone)::date as "on", i.name, i.name_en as "nameEn", d.description, coalesce(d.tooth, '') as tooth, d.surfaces, d.quantity,
      ${procedureCost}::bigint as total, r.name as "by", r.name_en as "byEn"
    from encounter e join procedure_done d on d.clinic_id = e.clinic_id and d.encounter_id = e.id join price_item i on i.clinic_id = d.clinic_id and i.id = d.price_item_id
      join branch b on b.clinic_id = e.clinic_id and b.id = e.branch_id join resource r on r.clinic_id = e.clinic_id and r.id = e.practitioner_id
      left join appointment a on a.clinic_id = e.clinic_id and a.id = e.appointment_id
    where e.clinic_id = current_clinic() and e.patient_id = ${patientId}::uuid order by coalesce(a.starts_at, e.started_at), d.recorded_at, d.id`.execute(db)
  return rows
}

/** The documents of a patient, oldest first, with the money that came with each and what is still owed on it, as the list of debts has it. */
export async function cardDocuments(db: Db, patientId: string): Promise<CardDocument[]> {
  const { rows } = await sql<CardDocument>`
    select v.id, v.kind, v.number, v.issued_on as "on", v.total_agorot as total, (${balance})::bigint as owed, ${cameWith} as received
    from invoice v where v.clinic_id = current_clinic() and v.patient_id = ${patientId}::uuid order by v.issued_at, v.id`.execute(db)
  return rows
}

/** Money that came and waits for its visit's document, in agorot. */
export async function moneyWaiting(db: Db, patientId: string): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select coalesce(sum(amount_agorot), 0)::bigint as waiting from payment where clinic_id = current_clinic() and patient_id = ${patientId}::uuid and invoice_id is null`.execute(db)
  return rows[0]?.waiting ?? 0
}
