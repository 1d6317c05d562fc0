import { type Insertable, type RawBuilder, type Selectable, type Updateable, sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { WaitlistEntryTable } from './table.ts'

export type EntryRow = Selectable<WaitlistEntryTable>

/** An entry as lists show it. Instants inside `appointment` are ISO texts. */
export interface EntryListRow extends EntryRow {
  given_name: string
  family_name: string
  given_name_latin: string
  family_name_latin: string
  phone: string | null
  practitioner_ids: string[]
  appointment: { id: string; startsAt: string; practitionerId: string; status: string } | null
  offered: boolean
}

/** What of a patient every list of the waitlist shows, the patient's table being `p`. */
export const patientColumns = sql`p.given_name, p.family_name, p.given_name_latin, p.family_name_latin,
  (select f.number from patient_phone f where f.clinic_id = p.clinic_id and f.patient_id = p.id order by f.rank, f.id limit 1) as phone`

export const practitionersOf = sql`array(select w.practitioner_id from waitlist_practitioner w where w.clinic_id = e.clinic_id and w.entry_id = e.id order by 1)`
const rankOf = sql`array_position('{urgent,soon,normal}', e.urgency)`

export interface EntryFilter {
  id?: string | undefined
  ids?: readonly string[] | undefined
  branchId?: string | undefined
  patientId?: string | undefined
  status?: EntryRow['status'] | undefined
  /** The keys of the last row: of an open list its rank, time and id; of a closed one its end and id. */
  after?: readonly string[] | undefined
  limit: number
  now: Instant
}

/** Entries: open ones as they should be asked, others by when they ended, newest first; without a status as the open ones. */
export async function listEntries(db: Db, { id, ids, branchId, patientId, status, after, limit, now }: EntryFilter): Promise<EntryListRow[]> {
  const closed = status !== undefined && status !== 'open'
  const when: RawBuilder<unknown>[] = [sql`e.clinic_id = current_clinic()`]
  if (id) when.push(sql`e.id = ${id}`)
  if (ids) when.push(sql`e.id = any(${[...ids]}::uuid[])`)
  if (branchId) when.push(sql`e.branch_id = ${branchId}`)
  if (patientId) when.push(sql`e.patient_id = ${patientId}`)
  // A constant and not a parameter, so that the plan may use the index of open entries alone.
  if (status) when.push(sql`e.status = ${sql.lit(status)}`)
  if (after) when.push(closed ? sql`(e.closed_at, e.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`(${rankOf}, e.waiting_since, e.id) > (${after[0]}::int, ${after[1]}::timestamptz, ${after[2]}::uuid)`)
  const { rows } = await sql<EntryListRow>`
    select e.*, ${patientColumns}, ${practitionersOf} as practitioner_ids,
      (select json_build_object('id', a.id, 'practitionerId', a.practitioner_id, 'status', a.status,
          'startsAt', to_char(a.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
        from appointment a where a.clinic_id = e.clinic_id and a.id = e.appointment_id) as appointment,
      exists (select from waitlist_offer o where o.clinic_id = e.clinic_id and o.entry_id = e.id and o.status = 'open' and o.expires_at > ${now}::timestamptz) as offered
    from waitlist_entry e join patient p on p.clinic_id = e.clinic_id and p.id = e.patient_id
    where ${sql.join(when, sql` and `)}
    order by ${closed ? sql`e.closed_at desc, e.id desc` : sql`${rankOf}, e.waiting_since, e.id`} limit ${limit}`.execute(db)
  return rows
}

/** The place of an open entry in its list, as `after` wants it. */
export const rankOfUrgency = (urgency: EntryRow['urgency']): number => ['urgent', 'soon', 'normal'].indexOf(urgency) + 1

export const findEntry = (db: Db, id: string): Promise<EntryRow | undefined> =>
  db.selectFrom('waitlist_entry').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).executeTakeFirst()

/** The row, held until the transaction ends. Holds and offers are locked before it. */
export const lockEntry = (tx: Tx, id: string): Promise<EntryRow | undefined> =>
  tx.selectFrom('waitlist_entry').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).forUpdate().executeTakeFirst()

/** The entry that a visit came of, held until the transaction ends; also once it waits again because the booking was taken back. */
export const lockEntryBookedAs = (tx: Tx, visitId: string): Promise<EntryRow | undefined> =>
  tx.selectFrom('waitlist_entry').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('booked_id', '=', visitId).orderBy('id').limit(1).forUpdate().executeTakeFirst()

export async function insertEntry(tx: Tx, row: Insertable<WaitlistEntryTable>, practitionerIds: readonly string[]): Promise<void> {
  await Promise.all([tx.insertInto('waitlist_entry').values(row).execute(), insertPractitioners(tx, row.clinic_id, row.id, practitionerIds)])
}

/** Changes of an entry whose lock the caller holds; its version counts up. */
export async function saveEntry(tx: Tx, entry: Pick<EntryRow, 'clinic_id' | 'id' | 'version'>, changes: Updateable<WaitlistEntryTable>): Promise<void> {
  await tx
    .updateTable('waitlist_entry')
    .set({ ...changes, version: entry.version + 1 })
    .where('clinic_id', '=', entry.clinic_id)
    .where('id', '=', entry.id)
    .execute()
}

export async function replacePractitioners(tx: Tx, clinicId: string, entryId: string, practitionerIds: readonly string[]): Promise<void> {
  await Promise.all([
    tx.deleteFrom('waitlist_practitioner').where('clinic_id', '=', clinicId).where('entry_id', '=', entryId).execute(),
    insertPractitioners(tx, clinicId, entryId, practitionerIds),
  ])
}

async function insertPractitioners(tx: Tx, clinicId: string, entryId: string, practitionerIds: readonly string[]): Promise<void> {
  if (practitionerIds.length === 0) return
  await tx.insertInto('waitlist_practitioner').values(practitionerIds.map((practitioner_id) => ({ clinic_id: clinicId, entry_id: entryId, practitioner_id }))).execute()
}

/** Open entries of the clinic whose last day is over on their branch's wall, or whose visit has begun; kept for this transaction. */
export async function lockOverdueEntries(tx: Tx, now: Instant, limit: number): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select e.* from waitlist_entry e join branch b on b.clinic_id = e.clinic_id and b.id = e.branch_id
    where e.clinic_id = current_clinic() and e.status = 'open' and (e.until_date < (${now}::timestamptz at time zone b.time_zone)::date
      or exists (select from appointment a where a.clinic_id = e.clinic_id and a.id = e.appointment_id and a.starts_at <= ${now}::timestamptz))
    order by e.id limit ${limit} for update of e skip locked`.execute(tx)
  return rows
}
