import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Tx } from '../database.ts'
import type { NameRow } from '../patients/queries.ts'
import type { PatientMergeTable } from '../patients/table.ts'

export type MergeRow = Selectable<PatientMergeTable>

/** Held until the transaction ends, so that of two who decide at once the second sees what the first decided. */
export const lockMerge = (tx: Tx, id: string): Promise<MergeRow | undefined> =>
  tx.selectFrom('patient_merge').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const findMerge = (db: Db, id: string): Promise<MergeRow | undefined> => db.selectFrom('patient_merge').selectAll().where('id', '=', id).executeTakeFirst()

export const insertMerge = (tx: Tx, row: Insertable<PatientMergeTable>) => tx.insertInto('patient_merge').values(row).execute()

export const updateMerge = (tx: Tx, id: string, row: Updateable<PatientMergeTable>) => tx.updateTable('patient_merge').set(row).where('id', '=', id).execute()

export interface MergeListRow extends MergeRow {
  survivor: JsonNames
  merged: JsonNames
  proposed_by_name: string
  decided_by_name: string | null
}
interface JsonNames extends Omit<NameRow, 'id'> {
  birth_date: string | null
}

/** Newest first, with both people's names and who proposed and decided. */
export async function listMerges(db: Db, only: { id?: string; states?: readonly string[]; patientId?: string | undefined }): Promise<MergeListRow[]> {
  const names = (alias: string) => sql`json_build_object('given_name', ${sql.ref(`${alias}.given_name`)}, 'family_name', ${sql.ref(`${alias}.family_name`)},
    'given_name_latin', ${sql.ref(`${alias}.given_name_latin`)}, 'family_name_latin', ${sql.ref(`${alias}.family_name_latin`)}, 'birth_date', ${sql.ref(`${alias}.birth_date`)})`
  const when = [
    sql`g.clinic_id = current_clinic()`,
    ...(only.id ? [sql`g.id = ${only.id}`] : []),
    ...(only.states ? [sql`g.state = any(${[...only.states]}::text[])`] : []),
    ...(only.patientId ? [sql`${only.patientId}::uuid in (g.survivor_id, g.merged_id)`] : []),
  ]
  const { rows } = await sql<MergeListRow>`
    select g.*, ${names('s')} as survivor, ${names('m')} as merged, p.name as proposed_by_name, d.name as decided_by_name
    from patient_merge g
    join patient s on s.clinic_id = g.clinic_id and s.id = g.survivor_id
    join patient m on m.clinic_id = g.clinic_id and m.id = g.merged_id
    join staff p on p.clinic_id = g.clinic_id and p.id = g.proposed_by
    left join staff d on d.clinic_id = g.clinic_id and d.id = g.decided_by
    where ${sql.join(when, sql` and `)} order by g.proposed_at desc, g.id desc limit 100`.execute(db)
  return rows
}

/** Merges that stand, were decided after this one, and have its survivor in them. */
export async function laterMerges(db: Db, merge: MergeRow): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from patient_merge where clinic_id = current_clinic() and state = 'merged' and id <> ${merge.id}
      and ${merge.survivor_id}::uuid in (survivor_id, merged_id) and decided_at >= ${merge.decided_at}
      and (decided_at > ${merge.decided_at} or id > ${merge.id}::uuid)`.execute(db)
  return rows[0]?.count ?? 0
}

/** Rows that name the patient, by table. */
export async function countRows(db: Db, patientId: string): Promise<{ table_name: string; rows: number }[]> {
  const { rows } = await sql<{ table_name: string; rows: number }>`select table_name, rows::integer from count_patient_rows(${patientId}::uuid)`.execute(db)
  return rows
}

/** Rows that came over by this merge, by table. */
export async function countCarried(db: Db, mergeId: string): Promise<{ table_name: string; rows: number }[]> {
  const { rows } = await sql<{ table_name: string; rows: number }>`
    select table_name, count(*)::integer as rows from patient_merge_row where clinic_id = current_clinic() and merge_id = ${mergeId} group by 1`.execute(db)
  return rows
}

export async function carryRows(tx: Tx, mergeId: string, from: string, to: string): Promise<void> {
  await sql`select carry_patient_rows(${mergeId}::uuid, ${from}::uuid, ${to}::uuid)`.execute(tx)
}

export async function returnRows(tx: Tx, mergeId: string, from: string, to: string): Promise<void> {
  await sql`select return_patient_rows(${mergeId}::uuid, ${from}::uuid, ${to}::uuid)`.execute(tx)
}

/** Says in which record this one goes on; null: in itself again. */
export const setMergedInto = (tx: Tx, id: string, mergedInto: string | null) => tx.updateTable('patient').set({ merged_into: mergedInto }).where('id', '=', id).execute()

/** Where a record goes on: itself, or the last of those it was merged into. Undefined where there is none. */
export async function survivorOf(db: Db, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    with recursive way(id, merged_into) as (
      select id, merged_into from patient where clinic_id = current_clinic() and id = ${id}
      union select p.id, p.merged_into from patient p join way w on p.clinic_id = current_clinic() and p.id = w.merged_into)
    select id from way where merged_into is null`.execute(db)
  return rows[0]?.id
}

/** Messages of the patient that wait to be sent, and where to. */
export const waitingMessages = (tx: Tx, patientId: string) =>
  tx.selectFrom('message').select(['id', 'channel', 'to_address']).where('patient_id', '=', patientId).where('state', '=', 'queued').orderBy('id').execute()

/** Sends a waiting message to another address; nothing where it has left meanwhile. */
export const readdress = (tx: Tx, id: string, from: string, to: string) =>
  tx.updateTable('message').set({ to_address: to }).where('id', '=', id).where('state', '=', 'queued').where('to_address', '=', from).execute()

