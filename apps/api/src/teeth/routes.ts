import type { teethRoutes } from '@yoman/contract/teeth'
import { endFinding, noteFinding, readTeeth, reopenFinding } from '@yoman/use-cases/teeth/teeth'
import type { Handlers } from '../http/handler.ts'

export const teethHandlers = {
  'GET /patients/:id/teeth': async (ctx, { params }) => {
    ctx.reading({ name: 'patient.read', subject: { type: 'patient', id: params.id }, patientId: params.id, details: { part: 'teeth' } })
    return readTeeth(ctx, params.id)
  },

  'POST /patients/:id/tooth-findings': (ctx, { params, body }) => noteFinding(ctx, params.id, body),

  'POST /tooth-findings/:id/ending': (ctx, { params, body }) => endFinding(ctx, params.id, body.as),

  'POST /tooth-findings/:id/reopening': (ctx, { params }) => reopenFinding(ctx, params.id),
} satisfies Handlers<keyof typeof teethRoutes>
