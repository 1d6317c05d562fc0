import type { ImportJobRow, ImportRowRow } from '@yoman/db/imports/queries'
import type { Place, Sealer } from '@yoman/db/keys/vault'
import { fieldsOf, type ImportField } from '@yoman/domain/imports/fields'
import type { RowProblem } from '@yoman/domain/imports/patient-row'

// jsonb columns hold what this folder wrote into them and nothing else.
export const headingsOf = (job: ImportJobRow) => job.headings as string[]
export const mappingOf = (job: ImportJobRow) => job.mapping as (ImportField | null)[]
const countsOf = (job: ImportJobRow) => job.counts as { new?: number; same?: number; duplicate?: number; error?: number }

export const jobView = (job: ImportJobRow) => ({
  id: job.id,
  kind: job.kind,
  fileName: job.file_name,
  status: job.status,
  headings: headingsOf(job),
  mapping: mappingOf(job),
  fields: [...fieldsOf(job.kind)],
  totalRows: job.total_rows,
  checkedRows: job.checked_rows,
  doneRows: job.done_rows,
  counts: { new: 0, same: 0, duplicate: 0, error: 0, ...countsOf(job) },
  problem: job.problem,
  createdAt: job.created_at.toString(),
  version: job.version,
})

export type JobView = ReturnType<typeof jobView>

const cellsPlace = (jobId: string, row: number): Place => ({ table: 'import_row', column: 'cells_sealed', rowId: `${jobId}/${row}` })

export const sealCells = (sealer: Sealer, jobId: string, row: number, cells: readonly string[]): Buffer => sealer.seal(cellsPlace(jobId, row), JSON.stringify(cells))

export const openCells = (sealer: Sealer, row: ImportRowRow): string[] => JSON.parse(sealer.open(cellsPlace(row.job_id, row.row_number), row.cells_sealed)) as string[] // sealed by sealCells

export const problemsOf = (row: ImportRowRow) => row.problems as unknown as RowProblem[] // jsonb written by check.ts
