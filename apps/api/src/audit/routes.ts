import type { auditRoutes } from '@yoman/contract/audit'
import { listEvents } from '@yoman/db/audit/list'
import { decodeCursor, encodeCursor } from '@yoman/use-cases/cursor'
import { read } from '@yoman/use-cases/transact'
import type { Handlers } from '../http/handler.ts'

const usualPage = 50

export const auditHandlers = {
  'GET /events': async (ctx, { query }) => {
    const limit = query.limit ?? usualPage
    const [before] = query.cursor === undefined ? [] : decodeCursor(query.cursor, [(key) => /^\d{1,15}$/.test(key)])
    const search = { beforeSeq: before === undefined ? null : Number(before), limit: limit + 1, patientId: query.patientId ?? null, actorId: query.actorId ?? null, name: query.name ?? null }
    const rows = await read(ctx, (db) => listEvents(db, search))
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return { items: page.map(({ seq: _seq, ...event }) => event), next: rows.length > limit && last ? encodeCursor([String(last.seq)]) : null }
  },
} satisfies Handlers<keyof typeof auditRoutes>
