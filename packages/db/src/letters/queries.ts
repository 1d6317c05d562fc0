import { type Insertable, type Selectable, sql } from 'kysely'
import type { LetterKind } from '@yoman/domain/letters/letter'
import type { DocumentLanguage } from '@yoman/domain/plans/shown'
import type { Db, Tx } from '../database.ts'
import type { LetterTable, LetterTemplateTable } from './table.ts'

export type LetterTemplateRow = Selectable<LetterTemplateTable>
export type LetterRow = Selectable<LetterTable>

/** The clinic's own texts, the newest of each. */
export async function newestTemplates(db: Db): Promise<LetterTemplateRow[]> {
  const { rows } = await sql<LetterTemplateRow>`
    select distinct on (t.kind, t.language) t.* from letter_template t where t.clinic_id = current_clinic() order by t.kind, t.language, t.seq desc`.execute(db)
  return rows
}

export const newestTemplate = (db: Db, kind: LetterKind, language: DocumentLanguage): Promise<LetterTemplateRow | undefined> =>
  db.selectFrom('letter_template').selectAll().where('kind', '=', kind).where('language', '=', language).orderBy('seq', 'desc').limit(1).executeTakeFirst()

export const insertTemplate = (tx: Tx, row: Insertable<LetterTemplateTable>) => tx.insertInto('letter_template').values(row).execute()

export interface LetterListRow extends LetterRow {
  signed_by_name: string
  filed: boolean
  withdrawn: boolean
}

/** Letters with who signed them and what became of their document, newest first. */
export async function listLetters(db: Db, { id, patientId }: { id?: string; patientId?: string }): Promise<LetterListRow[]> {
  const { rows } = await sql<LetterListRow>`
    select l.*, s.name as signed_by_name, a.id is not null as filed, a.withdrawn_at is not null as withdrawn from letter l
      join staff s on s.clinic_id = l.clinic_id and s.id = l.signed_by
      left join attachment a on a.clinic_id = l.clinic_id and a.id = l.attachment_id
    where l.clinic_id = current_clinic() and ${id ? sql`l.id = ${id}::uuid` : sql`l.patient_id = ${patientId ?? null}::uuid`}
    order by l.signed_at desc, l.id desc limit 200`.execute(db)
  return rows
}

export const insertLetter = (tx: Tx, row: Insertable<LetterTable>) => tx.insertInto('letter').values(row).execute()

/** Who signs: the practitioner behind a person of the staff, if there is one. */
export const signerOf = (db: Db, staffId: string) =>
  db
    .selectFrom('staff as s')
    .leftJoin('practitioner as p', (join) => join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.staff_id', '=', 's.id'))
    .select(['s.name', 's.name_en', 'p.speciality', 'p.licence_number', 'p.profession'])
    .where('s.id', '=', staffId)
    .executeTakeFirst()
