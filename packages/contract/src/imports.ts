import { type Static, Type } from 'typebox'
import { appointmentFields, patientFields } from '@yoman/domain/imports/fields'
import type { OwnColumn } from '@yoman/domain/imports/own-column'
import { ById, Choice, Exact, InstantText, Nullable, Page, PageQuery, Uuid, Version } from './common.ts'
import { file, routeTable } from './route.ts'

const Verdict = Choice(['new', 'same', 'duplicate', 'error'])
const Count = Type.Integer({ minimum: 0 })

/** A file on its way into the record. Nothing of it is there before `running` ended well. */
export const ImportJob = Exact({
  id: Uuid,
  kind: Choice(['patients', 'appointments']),
  fileName: Type.String(),
  status: Choice(['uploaded', 'checking', 'checked', 'running', 'done', 'failed']),
  headings: Type.Array(Type.String()),
  /** What each column means, in the order of `headings`; null is left alone. Guessed after the upload. */
  mapping: Type.Array(Nullable(Type.String())),
  /** Rows with a wrong value of one of the clinic's own fields are taken over without it. */
  leaveWrong: Type.Boolean(),
  /** All meanings that a column of this kind of file may have; `field:` and an id is one of the clinic's own fields. */
  fields: Type.Array(Type.String()),
  totalRows: Count,
  checkedRows: Count,
  doneRows: Count,
  /** `partial` of the new are taken over without a wrong value. `same` is in the record already; `duplicate` stands earlier in this file. Only `new` rows are taken over. */
  counts: Exact({ new: Count, partial: Count, same: Count, duplicate: Count, error: Count }),
  /** Why it failed: a code of the list of problems. */
  problem: Nullable(Type.String()),
  createdAt: InstantText,
  version: Version,
})
export type ImportJob = Static<typeof ImportJob>

/** One row as the file has it, and what would become of it. `row` counts from 1 below the headings. */
export const ImportRow = Exact({
  row: Type.Integer(),
  cells: Type.Array(Type.String()),
  verdict: Nullable(Verdict),
  /** `column` counts from 0; null where the whole row is meant. */
  problems: Type.Array(Exact({ column: Nullable(Type.Integer()), code: Type.String() })),
  /** The patient or appointment that it is, or will be. */
  subjectId: Nullable(Uuid),
})
export type ImportRow = Static<typeof ImportRow>

const Meaning = Type.Union([Choice([...new Set([...patientFields, ...appointmentFields])]), Type.Unsafe<OwnColumn>({ type: 'string', pattern: '^field:[0-9a-f-]{36}$', description: "one of the clinic's own fields of patients, by its id" })])

export const importRoutes = routeTable({
  'GET /imports': { permission: 'data.import', audit: 'none', summary: 'The newest imports.', status: 200, response: Exact({ items: Type.Array(ImportJob) }) },
  'POST /imports': {
    permission: 'data.import',
    audit: 'write',
    summary: 'Upload a CSV or XLSX file (multipart/form-data, one part, at most 50 MB). Its meaning is guessed and nothing is imported yet.',
    query: Exact({ id: Uuid, kind: Choice(['patients', 'appointments']) }),
    status: 201,
    response: ImportJob,
    bodyLimit: 52 * 1024 * 1024,
    problems: ['file_unreadable', 'file_empty', 'file_too_large', 'id_taken'],
  },
  'GET /imports/:id': { permission: 'data.import', audit: 'none', summary: 'How far an import is.', params: ById, status: 200, response: ImportJob },
  'GET /imports/:id/rows': {
    permission: 'data.import',
    audit: 'none', // the uploader's own file
    summary: 'Rows with their verdicts, in the order of the file.',
    params: ById,
    query: Exact({ ...PageQuery, verdict: Type.Optional(Verdict) }),
    status: 200,
    response: Page(ImportRow),
  },
  'POST /imports/:id/check': {
    permission: 'data.import',
    audit: 'write',
    summary: 'Dry run with this meaning of the columns: tells row by row what would happen. Goes on after the answer; see its progress.',
    params: ById,
    body: Exact({ version: Version, mapping: Type.Array(Nullable(Meaning), { maxItems: 200 }), leaveWrong: Type.Optional(Type.Boolean()) }),
    status: 202,
    response: ImportJob,
    problems: ['column_missing', 'import_not_ready', 'import_already_run', 'stale_version'],
  },
  'POST /imports/:id/run': {
    permission: 'data.import',
    audit: 'write',
    summary: 'Take over all rows that are new, or none. Goes on after the answer; see its progress.',
    params: ById,
    body: Exact({ version: Version }),
    status: 202,
    response: ImportJob,
    problems: ['import_not_ready', 'import_already_run', 'stale_version'],
  },
  'GET /imports/:id/errors': {
    permission: 'data.import',
    audit: 'none', // the uploader's own file
    summary: 'The rows that could not be read, as a CSV to correct and feed again.',
    params: ById,
    status: 200,
    response: file('text/csv; charset=utf-8'),
  },
})

export const exportRoutes = routeTable({
  'GET /exports/json': { permission: 'data.export', audit: 'read', summary: 'Everything that the clinic owns: a zip with one JSON Lines file for each kind of thing.', status: 200, response: file('application/zip') },
  'GET /exports/csv': { permission: 'data.export', audit: 'read', summary: 'The same as CSV, safe to open in a spreadsheet.', status: 200, response: file('application/zip') },
})
