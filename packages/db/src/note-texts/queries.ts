import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../database.ts'
import type { NoteTextTable } from './table.ts'

export interface NoteTextRow extends Selectable<NoteTextTable> {
  visit_type_ids: string[]
}

const withStarts = sql`
  select n.*, coalesce((select array_agg(s.visit_type_id::text order by s.visit_type_id) from note_text_start s
    where s.clinic_id = n.clinic_id and s.note_text_id = n.id), '{}') as visit_type_ids
  from note_text n`

/** The clinic's and this person's own, by name. */
export async function noteTextsFor(db: Db, staffId: string): Promise<NoteTextRow[]> {
  const { rows } = await sql<NoteTextRow>`${withStarts} where n.clinic_id = current_clinic() and (n.owner_id is null or n.owner_id = ${staffId}::uuid) order by n.kind, n.name, n.id`.execute(db)
  return rows
}

/** The row, held until the transaction ends. */
export async function lockNoteText(tx: Tx, id: string): Promise<NoteTextRow | undefined> {
  const { rows } = await sql<NoteTextRow>`${withStarts} where n.clinic_id = current_clinic() and n.id = ${id}::uuid for update of n`.execute(tx)
  return rows[0]
}

export const insertNoteText = (tx: Tx, row: Insertable<NoteTextTable>) => tx.insertInto('note_text').values(row).execute()

/** The caller holds its lock. */
export const saveNoteText = (tx: Tx, { id, version }: Pick<NoteTextRow, 'id' | 'version'>, changes: { name: string; body: string }) =>
  tx.updateTable('note_text').set({ ...changes, version: version + 1 }).where('id', '=', id).execute()

export const deleteNoteText = (tx: Tx, id: string) => tx.deleteFrom('note_text').where('id', '=', id).execute()

/** These kinds of visit begin with it, and no others; of the same owner no other template begins them any more. */
export async function replaceStarts(tx: Tx, { clinicId, id, ownerId }: { clinicId: string; id: string; ownerId: string | null }, visitTypeIds: readonly string[]): Promise<void> {
  await sql`delete from note_text_start where clinic_id = current_clinic()
    and (note_text_id = ${id}::uuid or (owner_id is not distinct from ${ownerId}::uuid and visit_type_id = any(${[...visitTypeIds]}::uuid[])))`.execute(tx)
  if (visitTypeIds.length > 0) await tx.insertInto('note_text_start').values(visitTypeIds.map((visit_type_id) => ({ clinic_id: clinicId, note_text_id: id, visit_type_id, owner_id: ownerId }))).execute()
}
