import type { tagRoutes } from '@yoman/contract/tags'
import { addTag, changeTag, readTags, readTagsOf, tagPatient, untagPatient } from '@yoman/use-cases/tags/tags'
import type { Handlers } from '../http/handler.ts'

export const tagHandlers = {
  'GET /tags': async (ctx) => ({ items: await readTags(ctx) }),
  'POST /tags': (ctx, { body }) => addTag(ctx, body),
  'PUT /tags/:id': (ctx, { params, body }) => changeTag(ctx, params.id, body),
  'GET /patients/:id/tags': async (ctx, { params }) => {
    const tagIds = await readTagsOf(ctx, params.id)
    ctx.reading({ name: 'patient.read', subject: { type: 'patient', id: params.id }, patientId: params.id, details: { part: 'tags' } })
    return { tagIds }
  },
  'PUT /patients/:id/tags/:tagId': async (ctx, { params }) => {
    await tagPatient(ctx, params.id, params.tagId)
    return null
  },
  'DELETE /patients/:id/tags/:tagId': async (ctx, { params }) => {
    await untagPatient(ctx, params.id, params.tagId)
    return null
  },
} satisfies Handlers<keyof typeof tagRoutes>
