import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Db, Tx } from '../database.ts'
import type { PatientTagTable, TagTable } from './table.ts'

export type TagRow = Selectable<TagTable>

/** By name; those out of use too. */
export const listTags = (db: Db): Promise<TagRow[]> => db.selectFrom('tag').selectAll().orderBy('name').orderBy('id').execute()

/** The row, held until the transaction ends. */
export const lockTag = (tx: Tx, id: string): Promise<TagRow | undefined> => tx.selectFrom('tag').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const insertTag = (tx: Tx, row: Insertable<TagTable>) => tx.insertInto('tag').values(row).execute()

/** The caller holds its lock. */
export const saveTag = (tx: Tx, { id, version }: Pick<TagRow, 'id' | 'version'>, changes: Updateable<TagTable>) => tx.updateTable('tag').set({ ...changes, version: version + 1 }).where('id', '=', id).execute()

export const tagsOf = (db: Db, patientId: string): Promise<{ tag_id: string }[]> => db.selectFrom('patient_tag').select('tag_id').where('patient_id', '=', patientId).orderBy('tagged_at').orderBy('tag_id').execute()

/** Hangs a tag on a patient; false where it hung there already. */
export async function hangTag(tx: Tx, row: Insertable<PatientTagTable>): Promise<boolean> {
  const written = await tx.insertInto('patient_tag').values(row).onConflict((conflict) => conflict.columns(['clinic_id', 'patient_id', 'tag_id']).doNothing()).returning('tag_id').executeTakeFirst()
  return written !== undefined
}

/** Takes a tag off; false where it hung not there. */
export async function takeTagOff(tx: Tx, patientId: string, tagId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('patient_tag').where('patient_id', '=', patientId).where('tag_id', '=', tagId).executeTakeFirst()
  return numDeletedRows > 0n
}
