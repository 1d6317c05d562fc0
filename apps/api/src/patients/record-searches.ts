import type { recordSearchRoutes } from '@yoman/contract/record-searches'
import { searchRecord } from '@yoman/use-cases/patients/search-record'
import type { Handlers } from '../http/handler.ts'

export const recordSearchHandlers = {
  'POST /patients/:id/record-searches': async (ctx, { params, body }) => {
    const { patientId, ...found } = await searchRecord(ctx, params.id, body.text, body.kind)
    ctx.reading({ name: 'patient.read', subject: { type: 'patient', id: patientId }, patientId, details: { part: 'search' } })
    return found
  },
} satisfies Handlers<keyof typeof recordSearchRoutes>
