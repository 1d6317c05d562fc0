import type { attachmentRoutes } from '@yoman/contract/attachments'
import type { FileAnswer } from '@yoman/contract/routes'
import { plainDate } from '@yoman/domain/time'
import { changeAttachment, restoreAttachment, withdrawAttachment } from '@yoman/use-cases/attachments/change'
import type { FilingContext } from '@yoman/use-cases/attachments/context'
import { fileAttachment } from '@yoman/use-cases/attachments/file'
import { openAttachment, type OpenedFile, openPreview, patientAttachments } from '@yoman/use-cases/attachments/read'
import type { Handlers, RequestContext } from '../http/handler.ts'

export const attachmentHandlers = {
  'GET /patients/:id/attachments': async (ctx, { params }) => {
    const list = await patientAttachments(filing(ctx), params.id)
    ctx.reading({ name: 'attachment.read', subject: { type: 'patient', id: params.id }, patientId: params.id, details: { listed: list.items.length } })
    return list
  },

  'POST /attachments': (ctx, { query: { takenOn, appointmentId = null, ...given } }, { request }) =>
    ctx.services.receiveFile(request, ({ name, bytes }) => fileAttachment(filing(ctx), { ...given, takenOn: plainDate(takenOn), appointmentId, fileName: name, bytes })),

  'PATCH /attachments/:id': (ctx, { params, body: { takenOn, ...change } }) => changeAttachment(ctx, params.id, { ...change, ...(takenOn && { takenOn: plainDate(takenOn) }) }),

  'GET /attachments/:id/content': async (ctx, { params }) => {
    const opened = await openAttachment(filing(ctx), params.id)
    ctx.reading({ name: 'attachment.read', subject: { type: 'attachment', id: params.id }, patientId: opened.patientId })
    return answer(opened)
  },

  'GET /attachments/:id/preview': async (ctx, { params }) => answer(await openPreview(filing(ctx), params.id)),

  'POST /attachments/:id/withdrawal': (ctx, { params, body }) => withdrawAttachment(ctx, params.id, body),

  'POST /attachments/:id/restoration': (ctx, { params, body }) => restoreAttachment(ctx, params.id, body.version),
} satisfies Handlers<keyof typeof attachmentRoutes>

const filing = (ctx: RequestContext): FilingContext => ({ ...ctx, files: ctx.services.files, attachmentLimits: ctx.services.attachmentLimits })

const answer = ({ name, mediaType, length, body }: OpenedFile): FileAnswer => ({ name, body, mediaType, ...(length !== null && { length }) })
