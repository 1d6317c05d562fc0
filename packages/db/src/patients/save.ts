import { type Insertable, sql, type Updateable } from 'kysely'
import type { Tx } from '../database.ts'
import type { PatientPhoneTable, PatientTable } from './table.ts'

export const insertPatient = (tx: Tx, row: Insertable<PatientTable>) => tx.insertInto('patient').values(row).execute()

/** Writes the row on top of `version`; false when somebody else was faster. */
export async function updatePatient(tx: Tx, id: string, version: number, row: Updateable<PatientTable>): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('patient')
    .set({ ...row, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The patient's phones are these and no others, in this order. */
export async function replacePhones(tx: Tx, clinicId: string, patientId: string, phones: readonly Omit<Insertable<PatientPhoneTable>, 'clinic_id' | 'patient_id' | 'rank'>[]): Promise<void> {
  const gone = tx.deleteFrom('patient_phone').where('patient_id', '=', patientId).execute()
  const rows = phones.map((phone, rank) => ({ ...phone, clinic_id: clinicId, patient_id: patientId, rank }))
  await Promise.all([gone, rows.length > 0 ? tx.insertInto('patient_phone').values(rows).execute() : undefined])
}

/** Names folded by `indexedAs`, phones as runs of digits. To be called whenever a name or a phone changes. */
export async function indexPatient(tx: Tx, patientId: string, as: { given: string; family: string; givenLatin: string; familyLatin: string; phones: string; sounds: string[] }): Promise<void> {
  await sql`select index_patient(${patientId}::uuid, ${as.given}, ${as.family}, ${as.givenLatin}, ${as.familyLatin}, ${as.phones}, ${as.sounds}::text[])`.execute(tx)
}

/** No search finds the record any more. */
export async function unindexPatient(tx: Tx, patientId: string): Promise<void> {
  await sql`select unindex_patient(${patientId}::uuid)`.execute(tx)
}
