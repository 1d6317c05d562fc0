import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import type { importRoutes } from '@yoman/contract/imports'
import { Refusal } from '@yoman/domain/refusal'
import { beginCheck, beginRun } from '@yoman/use-cases/imports/begin'
import { checkImport } from '@yoman/use-cases/imports/check'
import { errorLines, importRows, listImports, readImport } from '@yoman/use-cases/imports/read'
import { runImport } from '@yoman/use-cases/imports/run'
import { uploadImport } from '@yoman/use-cases/imports/upload'
import type { Handlers, RequestContext } from '../http/handler.ts'
import { readRows } from './read-file.ts'

const mostBytes = 50 * 1024 * 1024

export const importHandlers = {
  'GET /imports': async (ctx) => ({ items: await listImports(ctx) }),

  'POST /imports': async (ctx, { query }, { request }) => {
    const { name, bytes } = await uploadedFile(request)
    return uploadImport(ctx, { ...query, fileName: name, rows: readRows(bytes) })
  },

  'GET /imports/:id': (ctx, { params }) => readImport(ctx, params.id),

  'GET /imports/:id/rows': (ctx, { params, query }) => importRows(ctx, params.id, query),

  'POST /imports/:id/check': async (ctx, { params, body }, { request }) => {
    const job = await beginCheck(ctx, params.id, body)
    goOn(ctx, request.log, checkImport, params.id)
    return job
  },

  'POST /imports/:id/run': async (ctx, { params, body }, { request }) => {
    const job = await beginRun(ctx, params.id, body.version)
    goOn(ctx, request.log, runImport, params.id)
    return job
  },

  'GET /imports/:id/errors': async (ctx, { params }) => {
    const job = await readImport(ctx, params.id)
    return { name: `${job.fileName.replace(/\.\w+$/, '')} - errors.csv`, body: encoded(errorLines(ctx, params.id)) }
  },
} satisfies Handlers<keyof typeof importRoutes>

/** Works on after the answer. What goes wrong is told in the job; here it is logged for whoever runs the system. */
function goOn(ctx: RequestContext, log: FastifyBaseLogger, work: (ctx: RequestContext, id: string) => Promise<void>, id: string): void {
  work(ctx, id).catch((error: unknown) => {
    if (error instanceof Refusal) log.info({ importId: id, code: error.code }, 'import refused')
    else log.error({ importId: id, err: error }, 'import failed')
  })
}

/** The one file of a multipart body, whole in memory: reading it must not depend on how fast it comes. */
async function uploadedFile(request: FastifyRequest): Promise<{ name: string; bytes: Buffer }> {
  if (!request.isMultipart()) throw new Refusal('file_unreadable')
  const part = await receive(request)
  if (!part) throw new Refusal('file_empty')
  if (part.truncated) throw new Refusal('file_too_large', { megabytes: mostBytes / 1024 / 1024 })
  return { name: part.name.normalize('NFC').replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069/\\]/gu, '_'), bytes: part.bytes }
}

async function receive(request: FastifyRequest): Promise<{ name: string; bytes: Buffer; truncated: boolean } | null> {
  try {
    const part = await request.file({ limits: { files: 1, fields: 0, fileSize: mostBytes }, throwFileSizeLimit: false })
    return part ? { name: part.filename, bytes: await part.toBuffer(), truncated: part.file.truncated } : null
  } catch (error) {
    request.log.info({ err: error }, 'upload not understood')
    throw new Refusal('file_unreadable') // a body that breaks off, has no boundary or too many parts
  }
}

async function* encoded(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield Buffer.from(line, 'utf8')
}
