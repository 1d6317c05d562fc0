import { isDeepStrictEqual } from 'node:util'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { EncounterTable, NoteVersionTable, ProcedureDoneTable } from './table.ts'

export type EncounterRow = Selectable<EncounterTable>
export type NoteRow = Selectable<NoteVersionTable>
export type ProcedureRow = Selectable<ProcedureDoneTable>

export const findEncounter = (db: Db, id: string): Promise<EncounterRow | undefined> =>
  db.selectFrom('encounter').selectAll().where('id', '=', id).executeTakeFirst()

export const encounterOfVisit = (db: Db, appointmentId: string): Promise<EncounterRow | undefined> =>
  db.selectFrom('encounter').selectAll().where('appointment_id', '=', appointmentId).executeTakeFirst()

/** The row, held until the transaction ends: versions of a note are written one after the other. */
export const lockEncounter = (tx: Tx, id: string): Promise<EncounterRow | undefined> =>
  tx.selectFrom('encounter').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** These, newest first. */
export const encountersOf = (db: Db, ids: readonly string[]): Promise<EncounterRow[]> =>
  db.selectFrom('encounter').selectAll().where(sql<boolean>`id = any(${[...ids]}::uuid[])`).orderBy('started_at', 'desc').orderBy('id').execute()

/** Of each encounter: the newest draft or the signed text, and every amendment; not the drafts in between, nor what was set aside. */
export async function notesOf(db: Db, encounterIds: readonly string[]): Promise<NoteRow[]> {
  if (encounterIds.length === 0) return []
  const { rows } = await sql<NoteRow>`
    select n.* from unnest(${[...encounterIds]}::uuid[]) as e(id)
    cross join lateral (
      (select * from note_version v where v.clinic_id = current_clinic() and v.encounter_id = e.id and v.kind in ('draft', 'signed') order by v.seq desc limit 1)
      union all
      (select * from note_version v where v.clinic_id = current_clinic() and v.encounter_id = e.id and v.kind = 'amendment')
    ) n order by n.encounter_id, n.seq`.execute(db)
  return rows
}

/** The newest version of any kind. */
export const lastNote = (db: Db, encounterId: string): Promise<NoteRow | undefined> =>
  db.selectFrom('note_version').selectAll().where('encounter_id', '=', encounterId).orderBy('seq', 'desc').limit(1).executeTakeFirst()

export interface VersionRow {
  seq: number
  kind: NoteRow['kind']
  author_id: string
  author_name: string
  written_at: Instant
  /** Bytes of the sealed text: tells that words were taken out without opening it. */
  size: number
}

/** All versions of a note without their texts, in their order. */
export async function versionsOf(db: Db, encounterId: string): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select v.seq, v.kind, v.author_id, s.name as author_name, v.written_at, octet_length(v.body_sealed) as size
    from note_version v join staff s on s.clinic_id = v.clinic_id and s.id = v.author_id
    where v.clinic_id = current_clinic() and v.encounter_id = ${encounterId}::uuid order by v.seq`.execute(db)
  return rows
}

export const findVersion = (db: Db, encounterId: string, seq: number): Promise<NoteRow | undefined> =>
  db.selectFrom('note_version').selectAll().where('encounter_id', '=', encounterId).where('seq', '=', seq).executeTakeFirst()

export const versionById = (db: Db, id: string): Promise<NoteRow | undefined> => db.selectFrom('note_version').selectAll().where('id', '=', id).executeTakeFirst()

export const proceduresOf = (db: Db, encounterIds: readonly string[]): Promise<ProcedureRow[]> =>
  db
    .selectFrom('procedure_done')
    .selectAll()
    .where(sql<boolean>`encounter_id = any(${[...encounterIds]}::uuid[])`)
    .orderBy('id')
    .execute()

export const insertEncounter = (tx: Tx, row: Insertable<EncounterTable>) => tx.insertInto('encounter').values(row).execute()

export const insertNote = (tx: Tx, row: Insertable<NoteVersionTable>) => tx.insertInto('note_version').values(row).execute()

export const signEncounter = (tx: Tx, id: string, by: string, at: Instant) =>
  tx
    .updateTable('encounter')
    .set(({ eb }) => ({ status: 'signed', signed_at: at, signed_by: by, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()

/** The list of what was done is this one and no other. The caller holds the encounter's lock. What stays as it was is not written again: in a closed month nothing else may be. */
export async function replaceProcedures(tx: Tx, encounter: Pick<EncounterRow, 'id' | 'version'>, before: readonly ProcedureRow[], rows: readonly Insertable<ProcedureDoneTable>[]): Promise<void> {
  const kept = new Set(rows.filter((row) => before.some((old) => isSame(old, row))).map(({ id }) => id))
  const [gone, fresh] = [before.filter(({ id }) => !kept.has(id)).map(({ id }) => id), rows.filter(({ id }) => !kept.has(id))]
  await Promise.all([
    gone.length > 0 ? tx.deleteFrom('procedure_done').where('encounter_id', '=', encounter.id).where('id', 'in', gone).execute() : undefined,
    fresh.length > 0 ? tx.insertInto('procedure_done').values(fresh).execute() : undefined,
    tx.updateTable('encounter').set({ version: encounter.version + 1 }).where('id', '=', encounter.id).execute(),
  ])
}

/** Column by column; what is kept as JSON has no order of its own. */
const isSame = (old: ProcedureRow, row: Insertable<ProcedureDoneTable>): boolean => Object.entries(row).every(([column, value]) => isDeepStrictEqual(plain(value), plain(old[column as keyof ProcedureRow]))) // columns of one table

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))
