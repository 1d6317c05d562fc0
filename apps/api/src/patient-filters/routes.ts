import type { patientFilterRoutes } from '@yoman/contract/patient-filters'
import { countByConditions, listByConditions } from '@yoman/use-cases/patient-filters/list'
import { changePatientFilter, forgetPatientFilter, keepPatientFilter, readPatientFilters } from '@yoman/use-cases/patient-filters/saved'
import type { Handlers } from '../http/handler.ts'

export const patientFilterHandlers = {
  'POST /patient-lists': (ctx, { body }) => listByConditions(ctx, body),
  'POST /patient-counts': async (ctx, { body }) => ({ count: await countByConditions(ctx, body.conditions) }),
  'GET /patient-filters': async (ctx) => ({ items: await readPatientFilters(ctx) }),
  'POST /patient-filters': (ctx, { body }) => keepPatientFilter(ctx, body),
  'PUT /patient-filters/:id': (ctx, { params, body }) => changePatientFilter(ctx, params.id, body),
  'DELETE /patient-filters/:id': async (ctx, { params }) => {
    await forgetPatientFilter(ctx, params.id)
    return null
  },
} satisfies Handlers<keyof typeof patientFilterRoutes>
