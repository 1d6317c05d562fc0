import type { ImportJobRow, ImportRowRow } from '@yoman/db/imports/queries'
import type { Place, Sealer } from '@yoman/db/keys/vault'
import type { Field } from '@yoman/domain/fields/field'
import { type ColumnMeaning, fieldsOf } from '@yoman/domain/imports/fields'
import { fieldOfColumn, isOwnColumn, ownColumn } from '@yoman/domain/imports/own-column'
import type { RowProblem } from '@yoman/domain/imports/patient-row'

// jsonb columns hold what this folder wrote into them and nothing else.
export const headingsOf = (job: ImportJobRow) => job.headings as string[]
export const mappingOf = (job: ImportJobRow) => job.mapping as (ColumnMeaning | null)[]
const countsOf = (job: ImportJobRow) => job.counts as { new?: number; partial?: number; same?: number; duplicate?: number; error?: number }

/** `own`: the clinic's own fields that the asking person may fill; a column that means another one reads as left alone. */
export const jobView = (job: ImportJobRow, own: readonly Field[]) => ({
  id: job.id,
  kind: job.kind,
  fileName: job.file_name,
  status: job.status,
  headings: headingsOf(job),
  mapping: mappingOf(job).map((meaning) => (isOwnColumn(meaning) && !fieldOfColumn(own, meaning) ? null : meaning)),
  leaveWrong: job.leave_wrong,
  fields: [...fieldsOf(job.kind), ...(job.kind === 'patients' ? own.map(({ id }) => ownColumn(id)) : [])],
  totalRows: job.total_rows,
  checkedRows: job.checked_rows,
  doneRows: job.done_rows,
  counts: { new: 0, partial: 0, same: 0, duplicate: 0, error: 0, ...countsOf(job) },
  problem: job.problem,
  createdAt: job.created_at.toString(),
  version: job.version,
})

export type JobView = ReturnType<typeof jobView>

const cellsPlace = (jobId: string, row: number): Place => ({ table: 'import_row', column: 'cells_sealed', rowId: `${jobId}/${row}` })

export const sealCells = (sealer: Sealer, jobId: string, row: number, cells: readonly string[]): Buffer => sealer.seal(cellsPlace(jobId, row), JSON.stringify(cells))

export const openCells = (sealer: Sealer, row: ImportRowRow): string[] => JSON.parse(sealer.open(cellsPlace(row.job_id, row.row_number), row.cells_sealed)) as string[] // sealed by sealCells

export const problemsOf = (row: ImportRowRow) => row.problems as unknown as RowProblem[] // jsonb written by check.ts
