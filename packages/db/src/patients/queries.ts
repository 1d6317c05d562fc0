import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../database.ts'
import type { PatientPhoneTable, PatientTable } from './table.ts'

export type PatientRow = Selectable<PatientTable>
export type PatientPhoneRow = Pick<Selectable<PatientPhoneTable>, 'patient_id' | 'number' | 'typed' | 'label'>

export const findPatient = (db: Db, id: string): Promise<PatientRow | undefined> =>
  db.selectFrom('patient').selectAll().where('id', '=', id).executeTakeFirst()

/** The row, held until the transaction ends, so that two edits come one after the other. */
export const lockPatient = (tx: Tx, id: string): Promise<PatientRow | undefined> =>
  tx.selectFrom('patient').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const phonesOf = (db: Db, patientId: string): Promise<PatientPhoneRow[]> =>
  db.selectFrom('patient_phone').select(['patient_id', 'number', 'typed', 'label']).where('patient_id', '=', patientId).orderBy('rank').orderBy('id').execute()

export type NameRow = Pick<PatientRow, 'id' | 'given_name' | 'family_name' | 'given_name_latin' | 'family_name_latin'>

/** Active patients who have one of the numbers (E.164): a family shares phones, so the names decide who is whom. */
export const patientsWithPhone = (db: Db, numbers: readonly string[]): Promise<NameRow[]> =>
  db
    .selectFrom('patient as p')
    .select(['p.id', 'p.given_name', 'p.family_name', 'p.given_name_latin', 'p.family_name_latin'])
    .where('p.active', '=', true)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('patient_phone as f')
          .select('f.id')
          .whereRef('f.clinic_id', '=', 'p.clinic_id')
          .whereRef('f.patient_id', '=', 'p.id')
          .where(sql<boolean>`f.number = any(${[...numbers]}::text[])`),
      ),
    )
    .limit(50)
    .execute()

export const patientIdByIdentifier = (db: Db, index: Buffer): Promise<{ id: string } | undefined> =>
  db.selectFrom('patient').select('id').where('identifier_index', '=', index).executeTakeFirst()
