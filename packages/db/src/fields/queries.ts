import { type Insertable, type Selectable, sql } from 'kysely'
import type { FieldSubject } from '@yoman/domain/fields/field'
import type { PlainDate } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { CustomFieldTable, CustomValueChangeTable, CustomValueTable } from './table.ts'

export type FieldRow = Selectable<CustomFieldTable>
export type ValueRow = Selectable<CustomValueTable>
export type ValueChangeRow = Selectable<CustomValueChangeTable>

/** In the clinic's order; those out of use too. */
export function listFields(db: Db, subject?: FieldSubject): Promise<FieldRow[]> {
  const all = db.selectFrom('custom_field').selectAll().orderBy('subject').orderBy('position').orderBy('id')
  return (subject ? all.where('subject', '=', subject) : all).execute()
}

export const findField = (db: Db, id: string): Promise<FieldRow | undefined> => db.selectFrom('custom_field').selectAll().where('id', '=', id).executeTakeFirst()

export const insertField = (tx: Tx, row: Insertable<CustomFieldTable>) => tx.insertInto('custom_field').values(row).execute()

/** Fields of one subject in this order; ids that are none of theirs change nothing. */
export async function orderFields(tx: Tx, subject: FieldSubject, ids: readonly string[]): Promise<void> {
  await sql`update custom_field f set position = o.place from unnest(${[...ids]}::uuid[]) with ordinality as o(id, place)
    where f.clinic_id = current_clinic() and f.id = o.id and f.subject = ${subject}`.execute(tx)
}

/** What fields hang on: one of a patient, a visit or a note, and whose it is. */
export interface SubjectRow {
  subject: FieldSubject
  id: string
  patient_id: string
  birth_date: PlainDate | null
  /** Of a visit. */
  branch_id: string | null
}

export async function findSubject(db: Db, subject: FieldSubject, id: string): Promise<SubjectRow | undefined> {
  const of = { patient: sql`patient p on true where p.id = s.id`, visit: sql`appointment a on a.id = s.id join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id where true`, note: sql`encounter e on e.id = s.id join patient p on p.clinic_id = e.clinic_id and p.id = e.patient_id where true` }
  const branch = subject === 'visit' ? sql`a.branch_id` : sql`null::uuid`
  const { rows } = await sql<SubjectRow>`select ${subject} as subject, s.id, p.id as patient_id, p.birth_date, ${branch} as branch_id from (select ${id}::uuid as id) s join ${of[subject]} and p.clinic_id = current_clinic()`.execute(db)
  return rows[0]
}

/** What is kept of one patient, visit or note. */
export const valuesOf = (db: Db, subjectId: string): Promise<ValueRow[]> => db.selectFrom('custom_value').selectAll().where('subject_id', '=', subjectId).execute()

/** What is kept of a patient and of their visits and notes. */
export const valuesOfPatient = (db: Db, patientId: string): Promise<ValueRow[]> => db.selectFrom('custom_value').selectAll().where('patient_id', '=', patientId).orderBy('id').execute()

/** Held until the transaction ends, so that two who write come one after the other. */
export const lockValues = (tx: Tx, subjectId: string): Promise<ValueRow[]> => tx.selectFrom('custom_value').selectAll().where('subject_id', '=', subjectId).orderBy('id').forUpdate().execute()

/** Writes a value on top of the version before it, and the row of its history; each is sealed for its own place. */
export async function putValue(tx: Tx, row: Insertable<CustomValueTable> & { version: number }, change: Pick<Insertable<CustomValueChangeTable>, 'id' | 'value' | 'value_sealed'>): Promise<void> {
  const { clinic_id, id, value, value_sealed, source, recorded_by, recorded_at, version } = row
  const said = { source, recorded_by, recorded_at, version }
  if (version === 1) await tx.insertInto('custom_value').values(row).execute()
  else await tx.updateTable('custom_value').set({ ...said, value, value_sealed }).where('id', '=', id).execute()
  await tx.insertInto('custom_value_change').values({ clinic_id, value_id: id, ...said, ...change }).execute()
}

/** Newest first. */
export const changesOf = (db: Db, valueId: string): Promise<ValueChangeRow[]> => db.selectFrom('custom_value_change').selectAll().where('value_id', '=', valueId).orderBy('version', 'desc').limit(100).execute()

export const valueOfField = (db: Db, fieldId: string, subjectId: string): Promise<ValueRow | undefined> =>
  db.selectFrom('custom_value').selectAll().where('field_id', '=', fieldId).where('subject_id', '=', subjectId).executeTakeFirst()

/** Whose attachments these are; those that were withdrawn are nobody's. */
export const attachmentsOwned = (db: Db, ids: readonly string[]): Promise<{ id: string; patient_id: string }[]> =>
  db.selectFrom('attachment').select(['id', 'patient_id']).where(sql<boolean>`id = any(${[...ids]}::uuid[])`).where('withdrawn_at', 'is', null).execute()
