import type { encounterRoutes } from '@yoman/contract/encounters'
import { plainDate } from '@yoman/domain/time'
import { openEncounter } from '@yoman/use-cases/encounters/open'
import { draftKeys } from '@yoman/use-cases/encounters/draft-keys'
import { tellThatHere } from '@yoman/use-cases/encounters/presence'
import { readEncounter, roomDay } from '@yoman/use-cases/encounters/read'
import { noteVersion, noteVersions } from '@yoman/use-cases/encounters/versions'
import { amend, recordProcedures, saveDraft, setAside, sign } from '@yoman/use-cases/encounters/write'
import type { DomainEvent } from '@yoman/domain/events'
import type { Handlers } from '../http/handler.ts'

const readingOf = (id: string, patientId: string, branchId: string): DomainEvent => ({ name: 'encounter.read', subject: { type: 'encounter', id }, patientId, branchId })

export const encounterHandlers = {
  'GET /room-days': async (ctx, { query }) => ({ items: await roomDay(ctx, { ...query, date: plainDate(query.date) }) }),

  'POST /encounters': (ctx, { body }) => openEncounter(ctx, body),

  'GET /encounters/:id': async (ctx, { params }) => {
    const encounter = await readEncounter(ctx, params.id)
    ctx.reading(readingOf(params.id, encounter.patientId, encounter.branchId))
    return encounter
  },

  'PUT /encounters/:id/draft': (ctx, { params, body }) => saveDraft(ctx, params.id, body),

  'POST /encounters/:id/asides': (ctx, { params, body }) => setAside(ctx, params.id, body),

  'GET /encounters/:id/versions': async (ctx, { params }) => {
    const { encounter, items } = await noteVersions(ctx, params.id)
    ctx.reading(readingOf(params.id, encounter.patient_id, encounter.branch_id))
    return { items }
  },

  'GET /encounters/:id/version': async (ctx, { params, query }) => {
    const { encounter, version } = await noteVersion(ctx, params.id, query.seq)
    ctx.reading(readingOf(params.id, encounter.patient_id, encounter.branch_id))
    return version
  },

  'PUT /encounters/:id/presence': async (ctx, { params, body }) => {
    await tellThatHere(ctx, params.id, body)
    return null
  },

  'GET /draft-keys': async (ctx) => ({ items: await draftKeys(ctx) }),

  'PUT /encounters/:id/procedures': (ctx, { params, body }) => recordProcedures(ctx, params.id, body.version, body.procedures),

  'POST /encounters/:id/signature': (ctx, { params, body }) => sign(ctx, params.id, body.seq),

  'POST /encounters/:id/amendments': (ctx, { params, body }) => amend(ctx, params.id, body),
} satisfies Handlers<keyof typeof encounterRoutes>
