import { findJob, type ImportRowRow, newestJobs, rowsAfter } from '@yoman/db/imports/queries'
import { allow } from '@yoman/domain/access'
import { formulaSafe } from '@yoman/domain/imports/known'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { read } from '../transact.ts'
import { importableFields } from './own-fields.ts'
import { headingsOf, type JobView, jobView, openCells, problemsOf } from './view.ts'

export async function listImports(ctx: Context): Promise<JobView[]> {
  allow(ctx.actor, 'data.import')
  return read(ctx, async (db) => {
    const [jobs, own] = await Promise.all([newestJobs(db), importableFields(ctx, db)])
    return jobs.map((job) => jobView(job, own))
  })
}

export async function readImport(ctx: Context, id: string): Promise<JobView> {
  allow(ctx.actor, 'data.import')
  return read(ctx, async (db) => {
    const [job, own] = await Promise.all([findJob(db, id), importableFields(ctx, db)])
    if (!job) throw new NotFound('import')
    return jobView(job, own)
  })
}

const rowNumber = (key: string): boolean => /^\d{1,7}$/.test(key)

/** One page of rows with their verdicts, in the order of the file. */
export async function importRows(ctx: Context, id: string, query: { cursor?: string; limit?: number; verdict?: 'new' | 'same' | 'duplicate' | 'error' }) {
  allow(ctx.actor, 'data.import')
  const limit = query.limit ?? 100
  const after = query.cursor === undefined ? 0 : Number(decodeCursor(query.cursor, [rowNumber])[0])
  return read(ctx, async (db) => {
    const [sealer, job, rows] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), findJob(db, id), rowsAfter(db, id, { after, verdict: query.verdict, limit: limit + 1 })])
    if (!job) throw new NotFound('import')
    const items = rows.slice(0, limit).map((row) => ({ row: row.row_number, cells: openCells(sealer, row), verdict: row.verdict, problems: problemsOf(row), subjectId: row.subject_id }))
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? encodeCursor([String(last.row)]) : null }
  })
}

const atOnce = 1_000

/** The rows that could not be read as CSV lines, with a last column that says why; it means nothing when it is fed again. */
export async function* errorLines(ctx: Context, id: string): AsyncGenerator<string> {
  allow(ctx.actor, 'data.import')
  const job = await read(ctx, (db) => findJob(db, id))
  if (!job) throw new NotFound('import')
  const headings = headingsOf(job)
  yield `\ufeff${csvLine([...headings, 'problems'])}` // the mark tells Excel that it is UTF-8
  for (let after = 0; ; ) {
    const page = await read(ctx, async (db) => {
      const [sealer, rows] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), rowsAfter(db, id, { after, verdict: 'error', limit: atOnce })])
      return rows.map((row) => ({ number: row.row_number, line: csvLine([...headings.map((_, column) => openCells(sealer, row)[column] ?? ''), reasons(row, headings)]) }))
    })
    const last = page.at(-1)
    if (!last) return
    yield page.map(({ line }) => line).join('')
    after = last.number
  }
}

const reasons = (row: ImportRowRow, headings: readonly string[]): string =>
  problemsOf(row).map(({ column, code }) => (column === null ? code : `${headings[column] ?? ''}: ${code}`)).join(' · ')

/** RFC 4180, and no cell that a spreadsheet would run. */
export const csvLine = (cells: readonly string[]): string => `${cells.map((cell) => quoted(formulaSafe(cell))).join(',')}\r\n`

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
