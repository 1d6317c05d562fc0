import { v7 as uuid } from 'uuid'
import { countVerdicts, findJob, type ImportJobRow, type ImportRowRow, lockJob, rowsAfter, updateJob, type VerdictRow, writeVerdicts } from '@yoman/db/imports/queries'
import { allow } from '@yoman/domain/access'
import { personKeys } from '@yoman/domain/imports/known'
import { type PatientRow, readPatientRow } from '@yoman/domain/imports/patient-row'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read, transact } from '../transact.ts'
import { checkAppointments } from './check-appointments.ts'
import { knownPatients } from './known-patients.ts'
import { ownFieldsOf } from './own-fields.ts'
import { mappingOf, openCells } from './view.ts'

const atOnce = 2_000

/** The dry run that `beginCheck` began: a verdict for every row, written as it goes. A failure is told in the job. */
export async function checkImport(ctx: Context, id: string): Promise<void> {
  allow(ctx.actor, 'data.import')
  const job = await read(ctx, (db) => findJob(db, id))
  if (!job) throw new NotFound('import')
  try {
    if (job.kind === 'patients') await checkPatients(ctx, job)
    else await checkAppointments(ctx, job)
    await transact(ctx, async (tx) => {
      if ((await lockJob(tx, id))?.version !== job.version) throw new Refusal('stale_version') // given up for dead, and overtaken
      await updateJob(tx, id, { status: 'checked', counts: JSON.stringify(await countVerdicts(tx, id)), version: job.version + 1 })
    })
  } catch (error) {
    await failJob(ctx, job, error)
    throw error
  }
}

/** Tells in the job why it ended. */
export const failJob = (ctx: Context, job: ImportJobRow, error: unknown): Promise<void> =>
  transact(ctx, async (tx) => {
    const now = await lockJob(tx, job.id)
    if (now?.version !== job.version) return // somebody else is at work on it by now
    await updateJob(tx, job.id, { status: 'failed', problem: error instanceof Refusal ? error.code : 'internal', version: job.version + 1 })
  })

async function checkPatients(ctx: Context, job: ImportJobRow): Promise<void> {
  const mapping = mappingOf(job)
  const today = dateIn('Asia/Jerusalem', ctx.now)
  const seen = new Set<string>()
  for (let after = 0; ; ) {
    const checked = await transact(ctx, async (tx) => {
      const [sealer, own] = await Promise.all([ctx.vault.sealerOf(tx, ctx.clinicId), ownFieldsOf(ctx, tx, job)])
      const rows = await rowsAfter(tx, job.id, { after, limit: atOnce })
      if (rows.length === 0) return null
      const given = rows.map((row) => ({ row, read: readPatientRow(openCells(sealer, row), mapping, today, own) }))
      const known = await knownPatients(ctx, tx, given.flatMap(({ read: one }) => (one.details ? [one.details] : [])))
      await writeVerdicts(tx, job.id, given.map(({ row, read: one }) => verdictOf(row, one, seen, known)))
      return rows.at(-1)?.row_number ?? null
    })
    if (checked === null) return
    after = checked
    await transact(ctx, (tx) => updateJob(tx, job.id, { checked_rows: checked }))
  }
}

function verdictOf({ row_number: row }: ImportRowRow, { details, problems }: PatientRow, seen: Set<string>, known: ReadonlyMap<string, string | null>): VerdictRow {
  if (!details) return { row, verdict: 'error', problems, subject: null }
  const keys = personKeys(details)
  const earlier = keys.some((key) => seen.has(key))
  for (const key of keys) seen.add(key)
  if (earlier) return { row, verdict: 'duplicate', problems: [], subject: null }
  const mine = keys.find((key) => known.has(key))
  return mine !== undefined ? { row, verdict: 'same', problems: [], subject: known.get(mine) ?? null } : { row, verdict: 'new', problems, subject: uuid() }
}
