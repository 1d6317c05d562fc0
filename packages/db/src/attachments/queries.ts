import { type Insertable, type RawBuilder, type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Tx } from '../database.ts'
import type { AttachmentTable } from './table.ts'

export type AttachmentRow = Selectable<AttachmentTable>
export interface AttachmentListRow extends AttachmentRow {
  filed_by_name: string
  withdrawn_by_name: string | null
}

interface Filter {
  id?: string
  ids?: readonly string[]
  patientId?: string
  limit: number
}

/** Attachments with the names of who filed and withdrew them, by the day they were made, newest first. */
export async function listAttachments(db: Db, { id, ids, patientId, limit }: Filter): Promise<AttachmentListRow[]> {
  const when: RawBuilder<unknown>[] = [sql`a.clinic_id = current_clinic()`]
  if (id) when.push(sql`a.id = ${id}`)
  if (ids) when.push(sql`a.id = any(${[...ids]}::uuid[])`)
  if (patientId) when.push(sql`a.patient_id = ${patientId}`)
  const { rows } = await sql<AttachmentListRow>`
    select a.*, f.name as filed_by_name, w.name as withdrawn_by_name from attachment a
      join staff f on f.clinic_id = a.clinic_id and f.id = a.filed_by
      left join staff w on w.clinic_id = a.clinic_id and w.id = a.withdrawn_by
    where ${sql.join(when, sql` and `)} order by a.taken_on desc, a.filed_at desc, a.id desc limit ${limit}`.execute(db)
  return rows
}

export const findAttachment = (db: Db, id: string): Promise<AttachmentRow | undefined> => db.selectFrom('attachment').selectAll().where('id', '=', id).executeTakeFirst()

/** The row, held until the transaction ends. */
export const lockAttachment = (tx: Tx, id: string): Promise<AttachmentRow | undefined> => tx.selectFrom('attachment').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** How many a patient has, withdrawn ones included: their bytes are kept too. */
export async function countAttachments(db: Db, patientId: string): Promise<number> {
  const { count } = await db.selectFrom('attachment').select(({ fn }) => fn.countAll<number>().as('count')).where('patient_id', '=', patientId).executeTakeFirstOrThrow()
  return Number(count)
}

export async function insertAttachment(tx: Tx, row: Insertable<AttachmentTable>): Promise<void> {
  await tx.insertInto('attachment').values(row).execute()
}

/** The caller holds its lock. */
export async function updateAttachment(tx: Tx, { id, version }: Pick<AttachmentRow, 'id' | 'version'>, changes: Updateable<AttachmentTable>): Promise<void> {
  await tx.updateTable('attachment').set({ ...changes, version: version + 1 }).where('id', '=', id).execute()
}

/** What the worker found out does not count as somebody's change: the version stays. */
export async function settlePreview(tx: Tx, id: string, previewKey: string | null): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('attachment')
    .set({ preview_key: previewKey, preview_state: previewKey === null ? 'none' : 'made' })
    .where('id', '=', id)
    .where('preview_state', '=', 'waiting')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export const patientExists = async (db: Db, id: string): Promise<boolean> => (await db.selectFrom('patient').select('id').where('id', '=', id).executeTakeFirst()) !== undefined

/** Whose visit it is; undefined where there is no such visit. */
export const patientOfVisit = (db: Db, id: string): Promise<{ patient_id: string | null } | undefined> => db.selectFrom('appointment').select('patient_id').where('id', '=', id).executeTakeFirst()

/** Of these keys, those that some row needs. */
export async function keysInUse(db: Db, keys: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select k.key from unnest(${[...keys]}::text[]) as k(key)
    where exists (select from attachment a where a.clinic_id = current_clinic() and a.storage_key = k.key)
       or exists (select from attachment a where a.clinic_id = current_clinic() and a.preview_key = k.key)`.execute(db)
  return new Set(rows.map((row) => row.key))
}

