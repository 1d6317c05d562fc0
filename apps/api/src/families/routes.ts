import type { familyRoutes } from '@yoman/contract/families'
import { comingOfAge, familyPage } from '@yoman/use-cases/families/read'
import { reviewOfAge, sayWhatIsTold, unreviewOfAge } from '@yoman/use-cases/families/tell'
import type { Handlers } from '../http/handler.ts'

export const familyHandlers = {
  'GET /patients/:id/family': async (ctx, { params }) => {
    const family = await familyPage(ctx, params.id)
    ctx.reading({ name: 'patient.read', subject: { type: 'patient', id: family.patientId }, patientId: family.patientId, details: { part: 'family' } })
    return family
  },

  'PUT /patients/:id/relations/:relationId/told': (ctx, { params, body }) => sayWhatIsTold(ctx, params.id, params.relationId, body.told),

  'GET /coming-of-age': async (ctx) => ({ items: await comingOfAge(ctx) }),

  'POST /patients/:id/of-age-review': async (ctx, { params }) => {
    await reviewOfAge(ctx, params.id)
    return null
  },

  'DELETE /patients/:id/of-age-review': async (ctx, { params }) => {
    await unreviewOfAge(ctx, params.id)
    return null
  },
} satisfies Handlers<keyof typeof familyRoutes>
