import type { patientRoutes } from '@yoman/contract/patients'
import { recordConsent } from '@yoman/use-cases/consents/record'
import { changePatient } from '@yoman/use-cases/patients/change'
import { createPatient } from '@yoman/use-cases/patients/create'
import { findPatients, pageOfPatients, readIdentifier } from '@yoman/use-cases/patients/find'
import { likelyDuplicates } from '@yoman/use-cases/patients/likely'
import { patientPage, patientTimeline } from '@yoman/use-cases/patients/page'
import { relatePatients, unrelatePatients } from '@yoman/use-cases/patients/relate'
import type { Handlers } from '../http/handler.ts'

export const patientHandlers = {
  'POST /patient-searches': async (ctx, { body }) => ({ items: await findPatients(ctx, body.text) }),

  'POST /patient-likenesses': async (ctx, { body }) => ({ items: await likelyDuplicates(ctx, body) }),

  'GET /patients': (ctx, { query }) => pageOfPatients(ctx, query),

  'POST /patients': (ctx, { body }) => createPatient(ctx, body),

  'GET /patients/:id': async (ctx, { params }) => {
    const page = await patientPage(ctx, params.id)
    const { id } = page.patient // the one it goes on in, where the asked one was merged
    ctx.reading({ name: 'patient.read', subject: { type: 'patient', id }, patientId: id })
    return page
  },

  'GET /patients/:id/timeline': async (ctx, { params, query }) => {
    const { patientId, ...older } = await patientTimeline(ctx, params.id, query)
    ctx.reading({ name: 'patient.read', subject: { type: 'patient', id: patientId }, patientId, details: { part: 'timeline' } })
    return older
  },

  'PATCH /patients/:id': (ctx, { params, body: { version, ...typed } }) => changePatient(ctx, params.id, version, typed),

  'POST /patients/:id/identifier-reading': async (ctx, { params }) => {
    const identifier = await readIdentifier(ctx, params.id)
    ctx.reading({ name: 'patient.read', subject: { type: 'patient', id: params.id }, patientId: params.id, details: { part: 'identifier' } })
    return identifier
  },

  'POST /patients/:id/consents': async (ctx, { params, body }) => ({ items: await recordConsent(ctx, params.id, body) }),

  'POST /patients/:id/relations': async (ctx, { params, body }) => ({ items: await relatePatients(ctx, params.id, body) }),

  'DELETE /patients/:id/relations/:relationId': async (ctx, { params }) => {
    await unrelatePatients(ctx, params.id, params.relationId)
    return null
  },
} satisfies Handlers<keyof typeof patientRoutes>
