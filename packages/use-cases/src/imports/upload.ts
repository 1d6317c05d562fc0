import type { Tx } from '@yoman/db/database'
import { findJob, insertJob, insertRows, updateJob } from '@yoman/db/imports/queries'
import type { Sealer } from '@yoman/db/keys/vault'
import { allow } from '@yoman/domain/access'
import { guessMapping, type ImportKind } from '@yoman/domain/imports/fields'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { importableFields } from './own-fields.ts'
import { type JobView, jobView, sealCells } from './view.ts'

export interface Upload {
  id: string
  kind: ImportKind
  fileName: string
  /** The headings first; as many cells in each row as there were in the file. */
  rows: AsyncGenerator<string[]>
}

export const mostRows = 200_000
export const mostColumns = 200
const atOnce = 2_000

/**
 * Keeps a file's rows, sealed, and guesses what its columns mean. Throws `file_empty`, `file_too_large` (more than 200,000 rows
 * or 200 columns), `id_taken`, and whatever reading the file throws; then nothing of it is kept.
 */
export async function uploadImport(ctx: Context, { id, kind, fileName, rows }: Upload): Promise<JobView> {
  allow(ctx.actor, 'data.import')
  // A workbook is read whole before its first row comes, and no transaction may wait for that.
  const first = await rows.next()
  return transact(ctx, async (tx) => {
    const [sealer, taken, own] = await Promise.all([ctx.vault.sealerOf(tx, ctx.clinicId), findJob(tx, id), importableFields(ctx, tx)])
    if (taken) throw new Refusal('id_taken')
    await insertJob(tx, { clinic_id: ctx.clinicId, id, kind, file_name: fileName.slice(0, 200), status: 'uploaded', problem: null, heartbeat_at: null, created_by: ctx.actor.staffId, created_at: ctx.now })
    const { headings, total } = await keepRows(tx, ctx, sealer, id, first.done ? [] : chained(first.value, rows))
    if (!headings || total === 0) throw new Refusal('file_empty')
    await updateJob(tx, id, { headings: JSON.stringify(headings), mapping: JSON.stringify(guessMapping(kind, headings, own)), total_rows: total })
    await recordEvents(tx, ctx, [{ name: 'import.prepared', subject: { type: 'import', id }, details: { kind, rows: total } }])
    const job = await findJob(tx, id)
    if (!job) throw new NotFound('import')
    return jobView(job, own)
  })
}

async function* chained(first: string[], rest: AsyncIterable<string[]>): AsyncGenerator<string[]> {
  yield first
  yield* rest
}

async function keepRows(tx: Tx, ctx: Context, sealer: Sealer, id: string, rows: Iterable<string[]> | AsyncIterable<string[]>): Promise<{ headings: string[] | null; total: number }> {
  let headings: string[] | null = null
  let total = 0
  let waiting: Buffer[] = []
  const flush = async (): Promise<void> => {
    await insertRows(tx, ctx.clinicId, id, total - waiting.length + 1, waiting)
    waiting = []
  }
  for await (const cells of rows) {
    if (cells.every((cell) => cell.trim() === '')) continue
    if (!headings) {
      if (cells.length > mostColumns) throw new Refusal('file_too_large', { columns: mostColumns })
      headings = cells.map((cell) => cell.trim().slice(0, 200))
      continue
    }
    total += 1
    if (total > mostRows) throw new Refusal('file_too_large', { rows: mostRows })
    waiting.push(sealCells(sealer, id, total, cells.slice(0, headings.length)))
    if (waiting.length === atOnce) await flush()
  }
  if (waiting.length > 0) await flush()
  return { headings, total }
}
