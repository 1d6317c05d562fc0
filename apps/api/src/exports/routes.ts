import type { exportRoutes } from '@yoman/contract/imports'
import type { Json } from '@yoman/db/json'
import { type ExportPart, exportClinic } from '@yoman/use-cases/exports/export'
import { csvLine } from '@yoman/use-cases/imports/read'
import type { Handlers, RequestContext } from '../http/handler.ts'
import { type ZipEntry, zipped } from './zip.ts'

export const exportHandlers = {
  'GET /exports/json': (ctx) => exported(ctx, 'json', 'jsonl', jsonLines),
  'GET /exports/csv': (ctx) => exported(ctx, 'csv', 'csv', csvLines),
} satisfies Handlers<keyof typeof exportRoutes>

type Write = (part: ExportPart, count: (rows: number) => void) => AsyncGenerator<string>

async function exported(ctx: RequestContext, format: string, ending: string, write: Write) {
  const { parts, leftOut } = await exportClinic(ctx)
  ctx.reading({ name: 'data.exported', subject: { type: 'clinic', id: ctx.clinicId }, details: { format, leftOut } })
  return { name: `yoman ${ctx.now.toString().slice(0, 10)} ${format}.zip`, body: zipped(entries(ctx, parts, leftOut, ending, write)) }
}

/** One file a table, and last the list of them: how many rows each has, and what is not there. */
async function* entries(ctx: RequestContext, parts: readonly ExportPart[], leftOut: readonly string[], ending: string, write: Write): AsyncGenerator<ZipEntry> {
  const files: { file: string; rows: number }[] = []
  for (const part of parts) {
    const entry = { file: `${part.name}.${ending}`, rows: 0 }
    yield { name: entry.file, chunks: write(part, (rows) => (entry.rows += rows)) }
    files.push(entry)
  }
  const manifest = { format: 1, clinic: ctx.clinicId, exportedAt: ctx.now.toString(), files, leftOut }
  yield { name: 'manifest.json', chunks: once(`${JSON.stringify(manifest, null, 2)}\n`) }
}

async function* jsonLines(part: ExportPart, count: (rows: number) => void): AsyncGenerator<string> {
  for await (const rows of part.pages()) {
    count(rows.length)
    yield rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  }
}

async function* csvLines(part: ExportPart, count: (rows: number) => void): AsyncGenerator<string> {
  yield `\ufeff${csvLine(part.columns)}` // the mark tells Excel that it is UTF-8
  for await (const rows of part.pages()) {
    count(rows.length)
    yield rows.map((row) => csvLine(part.columns.map((column) => cellText(row[column] ?? null)))).join('')
  }
}

const cellText = (value: Json): string => (value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value))

async function* once(text: string): AsyncGenerator<string> {
  yield text
}
