import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../database.ts'
import type { NameRow } from './queries.ts'
import type { PatientRelationTable } from './table.ts'

export type RelationRow = Selectable<PatientRelationTable>
/** `reversed`: the row says who this patient is to the other one. */
export type RelationSeenRow = Pick<RelationRow, 'kind'> & NameRow & { relation_id: string; reversed: boolean }

/** Relations told from either side, with the other one's names. */
export async function relationsOf(db: Db, patientId: string): Promise<RelationSeenRow[]> {
  const { rows } = await sql<RelationSeenRow>`
    select r.relation_id, r.kind, r.reversed, p.id, p.given_name, p.family_name, p.given_name_latin, p.family_name_latin
    from (
      select id as relation_id, kind, false as reversed, clinic_id, related_id as other_id from patient_relation where patient_id = ${patientId}
      union all
      select id, kind, true, clinic_id, patient_id from patient_relation where related_id = ${patientId}
    ) r join patient p on p.clinic_id = r.clinic_id and p.id = r.other_id and p.merged_into is null
    order by r.relation_id`.execute(db)
  return rows
}

export const findRelation = (db: Db, id: string): Promise<RelationRow | undefined> =>
  db.selectFrom('patient_relation').selectAll().where('id', '=', id).executeTakeFirst()

export const insertRelation = (tx: Tx, row: RelationRow) => tx.insertInto('patient_relation').values(row).execute()

/** True when there was such a relation of this patient. */
export async function deleteRelation(tx: Tx, patientId: string, relationId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('patient_relation')
    .where('id', '=', relationId)
    .where((eb) => eb.or([eb('patient_id', '=', patientId), eb('related_id', '=', patientId)]))
    .executeTakeFirst()
  return numDeletedRows === 1n
}
