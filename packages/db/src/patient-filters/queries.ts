import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Tx } from '../database.ts'
import type { PatientFilterTable } from './table.ts'

export type PatientFilterRow = Selectable<PatientFilterTable>

/** The clinic's and this person's own, by name. */
export const patientFiltersFor = (db: Db, staffId: string): Promise<PatientFilterRow[]> =>
  db.selectFrom('patient_filter').selectAll().where(sql<boolean>`(owner_id is null or owner_id = ${staffId}::uuid)`).orderBy('name').orderBy('id').execute()

/** The row, held until the transaction ends. */
export const lockPatientFilter = (tx: Tx, id: string): Promise<PatientFilterRow | undefined> => tx.selectFrom('patient_filter').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const insertPatientFilter = (tx: Tx, row: Insertable<PatientFilterTable>) => tx.insertInto('patient_filter').values(row).execute()

/** The caller holds its lock. */
export const savePatientFilter = (tx: Tx, { id, version }: Pick<PatientFilterRow, 'id' | 'version'>, changes: Updateable<PatientFilterTable>) =>
  tx.updateTable('patient_filter').set({ ...changes, version: version + 1 }).where('id', '=', id).execute()

export const deletePatientFilter = (tx: Tx, id: string) => tx.deleteFrom('patient_filter').where('id', '=', id).execute()
