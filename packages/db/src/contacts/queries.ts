import { type Insertable, type RawBuilder, type Selectable, sql } from 'kysely'
import type { ContactWay } from '@yoman/domain/contacts/contact'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { ContactEarlierTable, ContactTable } from './table.ts'

export type ContactRow = Selectable<ContactTable>
export type EarlierRow = Selectable<ContactEarlierTable>

/** A contact as lists show it, with the wall's zone of its branch. */
export interface ContactListRow extends ContactRow {
  given_name: string | null
  family_name: string | null
  given_name_latin: string | null
  family_name_latin: string | null
  written_by_name: string
  time_zone: string
  task_words: string | null
  task_due_at: Instant | null
  task_status: 'open' | 'kept' | 'broken' | null
}

export interface ContactFilter {
  id?: string | undefined
  ids?: readonly string[] | undefined
  branchId?: string | undefined
  patientId?: string | undefined
  /** The sort keys of the last row of the page before. */
  after?: readonly [at: string, id: string] | undefined
  limit: number
}

/** Newest first. */
export async function listContacts(db: Db, { id, ids, branchId, patientId, after, limit }: ContactFilter): Promise<ContactListRow[]> {
  const when: RawBuilder<unknown>[] = [sql`c.clinic_id = current_clinic()`]
  if (id) when.push(sql`c.id = ${id}`)
  if (ids) when.push(sql`c.id = any(${[...ids]}::uuid[])`)
  if (branchId) when.push(sql`c.branch_id = ${branchId}`)
  if (patientId) when.push(sql`c.patient_id = ${patientId}`)
  if (after) when.push(sql`(c.written_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const { rows } = await sql<ContactListRow>`
    select c.*, p.given_name, p.family_name, p.given_name_latin, p.family_name_latin, s.name as written_by_name, b.time_zone,
      k.words as task_words, k.due_at as task_due_at, k.status as task_status
    from contact c
      join staff s on s.clinic_id = c.clinic_id and s.id = c.written_by
      join branch b on b.clinic_id = c.clinic_id and b.id = c.branch_id
      left join patient p on p.clinic_id = c.clinic_id and p.id = c.patient_id
      left join task k on k.clinic_id = c.clinic_id and k.id = c.task_id
    where ${sql.join(when, sql` and `)} order by c.written_at desc, c.id desc limit ${limit}`.execute(db)
  return rows
}

/** What the corrected ones of these said before, latest first. */
export async function earlierOf(db: Db, contacts: readonly Pick<ContactRow, 'id' | 'version'>[]): Promise<EarlierRow[]> {
  const ids = contacts.filter(({ version }) => version > 1).map(({ id }) => id)
  if (ids.length === 0) return []
  return db.selectFrom('contact_earlier').selectAll().where(sql<boolean>`contact_id = any(${ids}::uuid[])`).orderBy('contact_id').orderBy('version', 'desc').execute()
}

export const findContact = (db: Db, id: string): Promise<ContactRow | undefined> => db.selectFrom('contact').selectAll().where('id', '=', id).executeTakeFirst()

/** The row, held until the transaction ends. */
export const lockContact = (tx: Tx, id: string): Promise<ContactRow | undefined> => tx.selectFrom('contact').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export async function insertContact(tx: Tx, row: Insertable<ContactTable>): Promise<void> {
  await tx.insertInto('contact').values(row).execute()
}

/** The new words, and what stood there before. The caller holds its lock. */
export async function correctContact(tx: Tx, row: ContactRow, changes: { words_sealed: Buffer; way: ContactWay }, now: Instant): Promise<void> {
  await tx.insertInto('contact_earlier').values({ clinic_id: row.clinic_id, contact_id: row.id, version: row.version, way: row.way, words_sealed: row.words_sealed, replaced_at: now }).execute()
  await tx.updateTable('contact').set({ ...changes, version: row.version + 1 }).where('id', '=', row.id).execute()
}
