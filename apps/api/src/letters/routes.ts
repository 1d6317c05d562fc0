import type { letterRoutes } from '@yoman/contract/letters'
import { letterSheet } from '@yoman/documents/letters/model'
import { letterTexts } from '@yoman/documents/letters/texts'
import { drawSheet } from '@yoman/documents/sheets/draw'
import { plainDate } from '@yoman/domain/time'
import { fileAttachment } from '@yoman/use-cases/attachments/file'
import { beginLetter, patientLetters, previewLetter, readLetter, type Shipped, signLetter } from '@yoman/use-cases/letters/letters'
import { letterTemplates, writeLetterTemplate } from '@yoman/use-cases/letters/templates'
import type { Handlers, RequestContext } from '../http/handler.ts'

const shipped: Shipped = (kind, language) => letterTexts[language][kind]

export const letterHandlers = {
  'GET /letters': async (ctx, { query }) => {
    const items = await patientLetters(ctx, query.patientId)
    ctx.reading({ name: 'letter.read', subject: { type: 'patient', id: query.patientId }, patientId: query.patientId, details: { listed: items.length } })
    return { items }
  },

  'GET /letter-drafts': async (ctx, { query }) => {
    const draft = await beginLetter(ctx, query, shipped)
    ctx.reading({ name: 'letter.read', subject: { type: 'patient', id: query.patientId }, patientId: query.patientId, details: { part: 'draft', kind: query.kind } })
    return draft
  },

  'POST /letter-previews': async (ctx, { body }) => {
    const content = await previewLetter(ctx, body)
    ctx.reading({ name: 'letter.read', subject: { type: 'patient', id: body.patientId }, patientId: body.patientId, details: { part: 'preview', kind: body.kind } })
    return { name: `${body.kind}.pdf`, body: await drawSheet(letterSheet(content, { hash: null, atMs: ctx.now.epochMilliseconds })) }
  },

  'POST /letters': async (ctx, { body }) => {
    await signLetter(ctx, body)
    await fileSigned(ctx, body.id)
    return (await readLetter(ctx, body.id)).view
  },

  'GET /letters/:id/pdf': async (ctx, { params }) => {
    const { view, content, atMs } = await readLetter(ctx, params.id)
    ctx.reading({ name: 'letter.read', subject: { type: 'letter', id: params.id }, patientId: view.patientId })
    return { name: `${view.kind}.pdf`, body: await drawSheet(letterSheet(content, { hash: view.hash, atMs })) }
  },

  'GET /letter-templates': async (ctx) => ({ items: await letterTemplates(ctx, shipped) }),

  'PUT /letter-templates/:kind/:language': (ctx, { params, body }) => writeLetterTemplate(ctx, params.kind, params.language, body, shipped),
} satisfies Handlers<keyof typeof letterRoutes>

/** The document of a signature, under the id that was given for it: what is filed already is found, not filed twice. */
async function fileSigned(ctx: RequestContext, id: string): Promise<void> {
  const { view, content, atMs } = await readLetter(ctx, id)
  if (view.filed) return
  const bytes = await drawSheet(letterSheet(content, { hash: view.hash, atMs }))
  const filing = { ...ctx, files: ctx.services.files, attachmentLimits: ctx.services.attachmentLimits }
  await fileAttachment(filing, { id: view.attachmentId, patientId: view.patientId, kind: view.kind === 'referral' ? 'referral' : 'letter', takenOn: plainDate(content.signedOn), appointmentId: null, fileName: `${content.title}.pdf`, bytes })
}
