import { type Insertable, type RawBuilder, type Selectable, sql, type Updateable } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { TaskTable } from './table.ts'

export type TaskRow = Selectable<TaskTable>

/** A task as lists show it. */
export interface TaskListRow extends TaskRow {
  given_name: string | null
  family_name: string | null
  given_name_latin: string | null
  family_name_latin: string | null
  phone: string | null
  assignee_name: string | null
  closed_by_name: string | null
  created_by_name: string | null
}

export interface TaskFilter {
  id?: string | undefined
  /** These, open and closed. */
  ids?: readonly string[] | undefined
  branchId?: string | undefined
  patientId?: string | undefined
  state?: 'open' | 'closed' | undefined
  /** The sort keys of the last row of the page before. */
  after?: readonly [at: string, id: string] | undefined
  limit: number
}

/** Open tasks by when they are due; closed ones, latest first. */
export async function listTasks(db: Db, { id, ids, branchId, patientId, state = 'open', after, limit }: TaskFilter): Promise<TaskListRow[]> {
  const when: RawBuilder<unknown>[] = [sql`k.clinic_id = current_clinic()`]
  const open = state === 'open'
  if (id) when.push(sql`k.id = ${id}`)
  else if (ids) when.push(sql`k.id = any(${[...ids]}::uuid[])`)
  else when.push(open ? sql`k.status = 'open'` : sql`k.status <> 'open'`)
  if (branchId) when.push(sql`k.branch_id = ${branchId}`)
  if (patientId) when.push(sql`k.patient_id = ${patientId}`)
  if (after) when.push(open ? sql`(k.due_at, k.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`(k.closed_at, k.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const { rows } = await sql<TaskListRow>`
    select k.*, p.given_name, p.family_name, p.given_name_latin, p.family_name_latin,
      (select f.number from patient_phone f where f.clinic_id = k.clinic_id and f.patient_id = k.patient_id order by f.rank, f.id limit 1) as phone,
      a.name as assignee_name, c.name as closed_by_name, m.name as created_by_name
    from task k
      left join patient p on p.clinic_id = k.clinic_id and p.id = k.patient_id
      left join staff a on a.clinic_id = k.clinic_id and a.id = k.assignee_id
      left join staff c on c.clinic_id = k.clinic_id and c.id = k.closed_by
      left join staff m on m.clinic_id = k.clinic_id and m.id = k.created_by
    where ${sql.join(when, sql` and `)}
    order by ${open ? sql`k.due_at, k.id` : sql`k.closed_at desc, k.id desc`} limit ${limit}`.execute(db)
  return rows
}

export const findTask = (db: Db, id: string): Promise<TaskRow | undefined> => db.selectFrom('task').selectAll().where('id', '=', id).executeTakeFirst()

/** The row, held until the transaction ends. */
export const lockTask = (tx: Tx, id: string): Promise<TaskRow | undefined> => tx.selectFrom('task').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export async function insertTask(tx: Tx, row: Insertable<TaskTable>): Promise<void> {
  await tx.insertInto('task').values(row).execute()
}

/** The caller holds its lock. */
export async function saveTask(tx: Tx, { id, version }: Pick<TaskRow, 'id' | 'version'>, changes: Updateable<TaskTable>): Promise<void> {
  await tx.updateTable('task').set({ ...changes, version: version + 1 }).where('id', '=', id).execute()
}

/** How many are open in a branch, and how many of them should have been done by `now`. */
export async function countTasks(db: Db, branchId: string, now: Instant): Promise<{ open: number; overdue: number }> {
  const { rows } = await sql<{ open: number; overdue: number }>`
    select count(*)::int as open, count(*) filter (where due_at <= ${now})::int as overdue
    from task where clinic_id = current_clinic() and branch_id = ${branchId}::uuid and status = 'open'`.execute(db)
  return rows[0] ?? { open: 0, overdue: 0 }
}

/** What is to be done about a visit at one time: another is to be found, or somebody is to be told what a message did not. */
export type AboutVisit = 'wants_to_move' | 'untold'

/**
 * The desk is to do something about a visit. A task that was closed without that is open again where it is asked for once more.
 * @returns the id of the task that is open now because of this; null where it was open already.
 */
export async function openVisitTask(tx: Tx, about: AboutVisit, row: Pick<Insertable<TaskTable>, 'clinic_id' | 'id' | 'branch_id' | 'patient_id' | 'due_at' | 'created_at'> & { appointment_id: string; appointment_starts_at: Instant }): Promise<string | null> {
  const open = await tx
    .insertInto('task')
    .values({ ...row, words: '', about, assignee_role: 'receptionist' })
    .onConflict((on) => on.columns(['clinic_id', 'appointment_id', 'appointment_starts_at']).where(sql<boolean>`about = ${sql.lit(about)}`)
      .doUpdateSet({ status: 'open', closed_at: null, closed_by: null, outcome: '', due_at: row.due_at, version: sql<number>`task.version + 1` }).where('task.status', '<>', 'open'))
    .returning('id')
    .executeTakeFirst()
  return open?.id ?? null
}

/** Closes what is open about a visit that was moved or is off. @param at at the business clock. @returns those that were open. */
export const closeVisitTasks = (tx: Tx, appointmentId: string, at: Instant, by: string | null) => close(tx, at, by).where('appointment_id', '=', appointmentId).returning(['id', 'patient_id', 'branch_id']).execute()

/** Closes what asks to tell of a visit at this time, where it is not newer than the message that arrived. */
export const closeUntold = (tx: Tx, { appointmentId, startsAt, sentFrom }: { appointmentId: string; startsAt: Instant; sentFrom: Instant }, at: Instant, by: string | null) =>
  close(tx, at, by).where('appointment_id', '=', appointmentId).where('about', '=', 'untold').where('appointment_starts_at', '=', startsAt).where('created_at', '<=', sentFrom).returning(['id', 'patient_id', 'branch_id']).execute()

const close = (tx: Tx, at: Instant, by: string | null) =>
  tx.updateTable('task').set({ status: 'kept', closed_at: at, closed_by: by, version: sql<number>`version + 1` }).where('clinic_id', '=', sql<string>`current_clinic()`).where('status', '=', 'open')
