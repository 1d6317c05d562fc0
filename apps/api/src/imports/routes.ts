import type { FastifyBaseLogger } from 'fastify'
import type { importRoutes } from '@yoman/contract/imports'
import { Refusal } from '@yoman/domain/refusal'
import { beginCheck, beginRun } from '@yoman/use-cases/imports/begin'
import { checkImport } from '@yoman/use-cases/imports/check'
import { errorLines, importRows, listImports, readImport } from '@yoman/use-cases/imports/read'
import { runImport } from '@yoman/use-cases/imports/run'
import { uploadImport } from '@yoman/use-cases/imports/upload'
import type { Handlers, RequestContext } from '../http/handler.ts'
import { uploadedFile } from '../http/uploaded-file.ts'
import { readRows } from './read-file.ts'

const mostBytes = 50 * 1024 * 1024

export const importHandlers = {
  'GET /imports': async (ctx) => ({ items: await listImports(ctx) }),

  'POST /imports': async (ctx, { query }, { request }) => {
    const { name, bytes } = await uploadedFile(request, mostBytes)
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

async function* encoded(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield Buffer.from(line, 'utf8')
}
