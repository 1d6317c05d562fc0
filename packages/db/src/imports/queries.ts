import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Tx } from '../database.ts'
import type { ImportJobTable, ImportRowTable } from './table.ts'

export type ImportJobRow = Selectable<ImportJobTable>
export type ImportRowRow = Selectable<ImportRowTable>

export const findJob = (db: Db, id: string): Promise<ImportJobRow | undefined> => db.selectFrom('import_job').selectAll().where('id', '=', id).executeTakeFirst()

export const lockJob = (tx: Tx, id: string): Promise<ImportJobRow | undefined> =>
  tx.selectFrom('import_job').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const newestJobs = (db: Db): Promise<ImportJobRow[]> => db.selectFrom('import_job').selectAll().orderBy('created_at', 'desc').orderBy('id').limit(20).execute()

export const insertJob = (tx: Tx, row: Insertable<ImportJobTable>) => tx.insertInto('import_job').values(row).execute()

/** Writes what changed and says that the job is alive. */
export const updateJob = (tx: Tx, id: string, changes: Updateable<ImportJobTable>) =>
  tx
    .updateTable('import_job')
    .set({ ...changes, heartbeat_at: sql`clock_timestamp()` })
    .where('id', '=', id)
    .execute()

/** Whether a job that says it is at work has not given a sign for a minute: its process is gone. */
export async function isAbandoned(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql<{ gone: boolean }>`
    select coalesce(heartbeat_at < clock_timestamp() - interval '1 minute', true) as gone from import_job where id = ${id}`.execute(db)
  return rows[0]?.gone ?? true
}

/** Rows of the file, sealed. `first` is the number of the first one. */
export async function insertRows(tx: Tx, clinicId: string, jobId: string, first: number, cells: readonly Buffer[]): Promise<void> {
  await sql`
    insert into import_row (clinic_id, job_id, row_number, cells_sealed)
    select ${clinicId}::uuid, ${jobId}::uuid, ${first}::integer + place::integer - 1, decode(sealed, 'base64')
    from unnest(${cells.map((one) => one.toString('base64'))}::text[]) with ordinality as t(sealed, place)`.execute(tx)
}

/** Rows after number `after`, in order; with one verdict or any. */
export function rowsAfter(db: Db, jobId: string, { after, verdict, limit }: { after: number; verdict?: ImportRowRow['verdict'] | undefined; limit: number }): Promise<ImportRowRow[]> {
  let query = db.selectFrom('import_row').selectAll().where('job_id', '=', jobId).where('row_number', '>', after)
  if (verdict) query = query.where('verdict', '=', verdict)
  return query.orderBy('row_number').limit(limit).execute()
}

export interface VerdictRow {
  row: number
  verdict: 'new' | 'same' | 'duplicate' | 'error'
  problems: readonly { column: number | null; code: string }[]
  subject: string | null
}

export async function writeVerdicts(tx: Tx, jobId: string, verdicts: readonly VerdictRow[]): Promise<void> {
  await sql`
    update import_row r set verdict = v.verdict, problems = v.problems, subject_id = v.subject
    from jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb) as v("row" integer, verdict text, problems jsonb, subject uuid)
    where r.job_id = ${jobId} and r.clinic_id = current_clinic() and r.row_number = v."row"`.execute(tx)
}

/** `partial`: new rows that are taken over without a wrong value. */
export async function countVerdicts(db: Db, jobId: string): Promise<{ new: number; partial: number; same: number; duplicate: number; error: number }> {
  const rows = await db.selectFrom('import_row').select(['verdict', sql<number>`count(*)::integer`.as('count'), sql<number>`count(*) filter (where problems <> '[]')::integer`.as('partly')]).where('job_id', '=', jobId).groupBy('verdict').execute()
  const of = (verdict: string) => rows.find((row) => row.verdict === verdict)?.count ?? 0
  return { new: of('new'), partial: rows.find(({ verdict }) => verdict === 'new')?.partly ?? 0, same: of('same'), duplicate: of('duplicate'), error: of('error') }
}

/** What was taken over need not lie here a second time; what could not be read stays to be corrected. */
export const forgetReadRows = (tx: Tx, jobId: string) => tx.deleteFrom('import_row').where('job_id', '=', jobId).where('verdict', '<>', 'error').execute()
