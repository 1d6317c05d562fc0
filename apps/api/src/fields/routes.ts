import type { fieldRoutes } from '@yoman/contract/fields'
import type { FieldSubject } from '@yoman/domain/fields/field'
import { changeField, defineField, orderTheFields, readFields } from '@yoman/use-cases/fields/define'
import { readHistory, readValues, writeValues } from '@yoman/use-cases/fields/values'
import type { Handlers, RequestContext } from '../http/handler.ts'

export const fieldHandlers = {
  'GET /fields': async (ctx) => ({ items: await readFields(ctx) }),

  'POST /fields': (ctx, { body }) => defineField(ctx, body),

  'PUT /fields/:id': (ctx, { params, body }) => changeField(ctx, params.id, body),

  'PUT /field-order': async (ctx, { body }) => {
    await orderTheFields(ctx, body.subject, body.ids)
    return null
  },

  'GET /patients/:id/fields': (ctx, { params }) => valuesOf(ctx, 'patient', params.id),
  'GET /appointments/:id/fields': (ctx, { params }) => valuesOf(ctx, 'visit', params.id),
  'GET /encounters/:id/fields': (ctx, { params }) => valuesOf(ctx, 'note', params.id),

  'PUT /patients/:id/fields': (ctx, { params, body }) => writeValues(ctx, 'patient', params.id, body.values),
  'PUT /appointments/:id/fields': (ctx, { params, body }) => writeValues(ctx, 'visit', params.id, body.values),
  'PUT /encounters/:id/fields': (ctx, { params, body }) => writeValues(ctx, 'note', params.id, body.values),

  'GET /patients/:id/field-history': async (ctx, { params, query }) => {
    ctx.reading({ name: 'patient.read', subject: { type: 'patient', id: params.id }, patientId: params.id, details: { part: 'field history', field: query.fieldId } })
    return readHistory(ctx, params.id, query.fieldId)
  },
} satisfies Handlers<keyof typeof fieldRoutes>

async function valuesOf(ctx: RequestContext, subject: FieldSubject, id: string) {
  const { patientId, ...values } = await readValues(ctx, subject, id)
  ctx.reading({ name: 'patient.read', subject: { type: 'patient', id: patientId }, patientId, details: { part: 'fields', of: subject } })
  return values
}
