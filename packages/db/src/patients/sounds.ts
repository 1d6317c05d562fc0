import { sql } from 'kysely'
import type { Db, Tx } from '../database.ts'
import type { NameRow } from './queries.ts'

/** Patients in the search index of whom nobody computed yet how their names sound. */
export async function silentPatients(db: Db, limit: number): Promise<NameRow[]> {
  const { rows } = await sql<NameRow>`
    select p.id, p.given_name, p.family_name, p.given_name_latin, p.family_name_latin
    from patients_without_sound(${limit}) s join patient p on p.clinic_id = current_clinic() and p.id = s.patient_id`.execute(db)
  return rows
}

/** Keeps how a name sounds, unless somebody indexed the patient meanwhile. */
export async function soundPatient(tx: Tx, patientId: string, sounds: readonly string[]): Promise<void> {
  await sql`select sound_patient(${patientId}::uuid, ${[...sounds]}::text[])`.execute(tx)
}
