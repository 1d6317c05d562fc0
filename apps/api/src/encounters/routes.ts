import type { encounterRoutes } from '@yoman/contract/encounters'
import { plainDate } from '@yoman/domain/time'
import { openEncounter } from '@yoman/use-cases/encounters/open'
import { readEncounter, roomDay } from '@yoman/use-cases/encounters/read'
import { amend, recordProcedures, saveDraft, sign } from '@yoman/use-cases/encounters/write'
import type { Handlers } from '../http/handler.ts'

export const encounterHandlers = {
  'GET /room-days': async (ctx, { query }) => ({ items: await roomDay(ctx, { ...query, date: plainDate(query.date) }) }),

  'POST /encounters': (ctx, { body }) => openEncounter(ctx, body),

  'GET /encounters/:id': async (ctx, { params }) => {
    const encounter = await readEncounter(ctx, params.id)
    ctx.reading({ name: 'encounter.read', subject: { type: 'encounter', id: params.id }, patientId: encounter.patientId, branchId: encounter.branchId })
    return encounter
  },

  'PUT /encounters/:id/draft': (ctx, { params, body }) => saveDraft(ctx, params.id, body),

  'PUT /encounters/:id/procedures': (ctx, { params, body }) => recordProcedures(ctx, params.id, body.version, body.procedures),

  'POST /encounters/:id/signature': (ctx, { params, body }) => sign(ctx, params.id, body.seq),

  'POST /encounters/:id/amendments': (ctx, { params, body }) => amend(ctx, params.id, body),
} satisfies Handlers<keyof typeof encounterRoutes>
