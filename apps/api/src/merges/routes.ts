import type { mergeRoutes } from '@yoman/contract/merges'
import { Refusal } from '@yoman/domain/refusal'
import { approveMerge, declineMerge, undoMerge } from '@yoman/use-cases/merges/decide'
import { proposeMerge } from '@yoman/use-cases/merges/propose'
import { openMerges, previewMerge, showMerge } from '@yoman/use-cases/merges/read'
import type { Handlers } from '../http/handler.ts'

const readingOf = (id: string) => ({ name: 'patient.read', subject: { type: 'patient', id }, patientId: id, details: { part: 'merge' } }) as const

export const mergeHandlers = {
  'POST /patient-merge-previews': async (ctx, { body }) => {
    if (body.survivorId === body.mergedId) throw new Refusal('merge_of_one')
    const preview = await previewMerge(ctx, body.survivorId, body.mergedId)
    for (const { id } of [preview.survivor, preview.merged]) ctx.reading(readingOf(id))
    return preview
  },

  'GET /patient-merges': async (ctx, { query }) => ({ items: await openMerges(ctx, query.patientId) }),

  'GET /patient-merges/:id': async (ctx, { params }) => {
    const shown = await showMerge(ctx, params.id)
    for (const { id } of [shown.merge.survivor, shown.merge.merged]) ctx.reading(readingOf(id))
    return shown
  },

  'POST /patient-merges': (ctx, { body: { reason = '', ...merge } }) => proposeMerge(ctx, { reason, ...merge }),

  'POST /patient-merges/:id/approval': (ctx, { params }) => approveMerge(ctx, params.id),

  'POST /patient-merges/:id/refusal': (ctx, { params }) => declineMerge(ctx, params.id),

  'POST /patient-merges/:id/undo': (ctx, { params }) => undoMerge(ctx, params.id),
} satisfies Handlers<keyof typeof mergeRoutes>
