import type { Tx } from '@yoman/db/database'
import { findJob, type ImportJobRow, isAbandoned, lockJob, updateJob } from '@yoman/db/imports/queries'
import { allow } from '@yoman/domain/access'
import { type ColumnMeaning, missingColumn } from '@yoman/domain/imports/fields'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { transact } from '../transact.ts'
import { importableFields } from './own-fields.ts'
import { headingsOf, type JobView, jobView } from './view.ts'

export interface Check {
  version: number
  mapping: readonly (ColumnMeaning | null)[]
  /** A row with a wrong value of one of the clinic's own fields is taken over without it. */
  leaveWrong?: boolean | undefined
}

/** Begins a dry run with these meanings of the columns; the caller then lets `checkImport` work. Throws `column_missing`, `import_not_ready`, `import_already_run`, `stale_version`. */
export async function beginCheck(ctx: Context, id: string, { version, mapping, leaveWrong = false }: Check): Promise<JobView> {
  allow(ctx.actor, 'data.import')
  return transact(ctx, async (tx) => {
    const job = await lockIdle(tx, id, version)
    const padded = headingsOf(job).map((_, column) => mapping[column] ?? null)
    const missing = missingColumn(job.kind, padded, await importableFields(ctx, tx))
    if (missing) throw new Refusal('column_missing', { column: missing })
    return advance(tx, ctx, job, { status: 'checking', leave_wrong: leaveWrong, mapping: JSON.stringify(padded), checked_rows: 0, done_rows: 0, counts: '{}', problem: null })
  })
}

/** Begins the real run; the caller then lets `runImport` work. Throws `import_not_ready` before a dry run, `import_already_run`, `stale_version`. */
export async function beginRun(ctx: Context, id: string, version: number): Promise<JobView> {
  allow(ctx.actor, 'data.import')
  return transact(ctx, async (tx) => {
    const job = await lockIdle(tx, id, version)
    if (job.status !== 'checked' && job.status !== 'running') throw new Refusal('import_not_ready')
    return advance(tx, ctx, job, { status: 'running', done_rows: 0, problem: null })
  })
}

/** The job, if nobody is at work on it. */
async function lockIdle(tx: Tx, id: string, version: number): Promise<ImportJobRow> {
  const job = await lockJob(tx, id)
  if (!job) throw new NotFound('import')
  if (job.status === 'done') throw new Refusal('import_already_run')
  if (job.version !== version) throw new Refusal('stale_version', { current: job.version })
  const atWork = job.status === 'checking' || job.status === 'running'
  if (atWork && !(await isAbandoned(tx, id))) throw new Refusal('import_not_ready')
  return job
}

async function advance(tx: Tx, ctx: Context, job: ImportJobRow, changes: Parameters<typeof updateJob>[2]): Promise<JobView> {
  await updateJob(tx, job.id, { ...changes, version: job.version + 1 })
  const now = await findJob(tx, job.id)
  if (!now) throw new NotFound('import')
  return jobView(now, await importableFields(ctx, tx))
}
