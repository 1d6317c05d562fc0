import { sql } from 'kysely'
import type { Db } from '../database.ts'
import { type DiaryPatientRow, patientJson } from './diary.ts'

/** One patient as a diary's card shows them. */
export async function patientCard(db: Db, clinicId: string, patientId: string): Promise<DiaryPatientRow> {
  const { rows } = await sql<{ patient: DiaryPatientRow }>`
    select ${patientJson} as patient from patient p where p.clinic_id = ${clinicId}::uuid and p.id = ${patientId}::uuid`.execute(db)
  const [row] = rows
  if (!row) throw new Error('an appointment refers to a patient')
  return row.patient
}
