import type { planRoutes } from '@yoman/contract/plans'
import { planSheet } from '@yoman/documents/plans/model'
import { planDeclaration, planWords } from '@yoman/documents/plans/words'
import { drawSheet } from '@yoman/documents/sheets/draw'
import { fileAttachment } from '@yoman/use-cases/attachments/file'
import { acceptPlan, readSigned, type SignedPlan } from '@yoman/use-cases/plans/accept'
import { listAgreed, orderPhase, returnPhase, setPhaseAside } from '@yoman/use-cases/plans/agreed'
import { patientPlans, readPlan } from '@yoman/use-cases/plans/read'
import { showPlan } from '@yoman/use-cases/plans/shown'
import { beginPlan, revisePlan, stepPlan, writePlan } from '@yoman/use-cases/plans/write'
import type { Handlers, RequestContext } from '../http/handler.ts'

export const planHandlers = {
  'GET /treatment-plans': async (ctx, { query }) => {
    const items = await patientPlans(ctx, query.patientId)
    ctx.reading({ name: 'plan.read', subject: { type: 'patient', id: query.patientId }, patientId: query.patientId, details: { listed: items.length } })
    return { items }
  },

  'GET /treatment-plans/:id': async (ctx, { params }) => {
    const plan = await readPlan(ctx, params.id)
    reading(ctx, plan.id, plan.patientId)
    return plan
  },

  'POST /treatment-plans': (ctx, { body }) => beginPlan(ctx, body),

  'PUT /treatment-plans/:id': (ctx, { params, body }) => writePlan(ctx, params.id, body),

  'POST /treatment-plans/:id/steps': (ctx, { params, body }) => stepPlan(ctx, params.id, body),

  'GET /treatment-plans/:id/shown': async (ctx, { params, query }) => {
    const { shown, hash, patientId } = await showPlan(ctx, params.id, query.language, planDeclaration)
    reading(ctx, params.id, patientId)
    const { phase, total, withVat } = planWords[query.language]
    return { shown, hash, words: { phase, total, withVat } }
  },

  'POST /treatment-plans/:id/acceptance': async (ctx, { params, body: { id, attachmentId, language, hash, name, signer, strokes } }) => {
    const drawn = strokes?.map((stroke) => stroke.map(([x = 0, y = 0]) => [x, y] as const)) ?? null
    await acceptPlan(ctx, params.id, { id, attachmentId, language, hash, signature: { name: name.trim(), signer, strokes: drawn } }, planDeclaration)
    await fileSigned(ctx, await readSigned(ctx, params.id))
    return readPlan(ctx, params.id)
  },

  'POST /treatment-plans/:id/revision': (ctx, { params, body }) => revisePlan(ctx, params.id, body.id),

  'GET /treatment-plans/:id/pdf': async (ctx, { params, query }) => {
    const signed = await readSigned(ctx, params.id)
    if (signed) {
      reading(ctx, params.id, signed.patientId)
      return { name: `treatment-plan-${signed.shown.edition}.pdf`, body: await drawSheet(planSheet(signed.shown, signed.signature)) }
    }
    const { shown, patientId, today } = await showPlan(ctx, params.id, query.language ?? 'he', planDeclaration)
    reading(ctx, params.id, patientId)
    return { name: `treatment-plan-${shown.edition}.pdf`, body: await drawSheet(planSheet(shown, { on: today, atMs: ctx.now.epochMilliseconds })) }
  },

  'GET /agreed-phases': (ctx, { query }) => listAgreed(ctx, query.branchId),

  'POST /agreed-phases/:id/order': (ctx, { params, body }) => orderPhase(ctx, params.id, body),

  'POST /agreed-phases/:id/setting-aside': (ctx, { params, body }) => setPhaseAside(ctx, params.id, body.reason),

  'POST /agreed-phases/:id/return': (ctx, { params }) => returnPhase(ctx, params.id),
} satisfies Handlers<keyof typeof planRoutes>

const reading = (ctx: RequestContext, id: string, patientId: string): void => ctx.reading({ name: 'plan.read', subject: { type: 'treatment_plan', id }, patientId })

/** The document of a signature, under the id that was given for it: what is filed already is found, not filed twice. */
async function fileSigned(ctx: RequestContext, signed: SignedPlan | null): Promise<void> {
  if (!signed || signed.filed) return
  const { shown, signature, patientId, attachmentId } = signed
  const bytes = await drawSheet(planSheet(shown, signature))
  const filing = { ...ctx, files: ctx.services.files, attachmentLimits: ctx.services.attachmentLimits }
  await fileAttachment(filing, { id: attachmentId, patientId, kind: 'form', takenOn: signature.signedOn, appointmentId: null, fileName: `${shown.title}.pdf`, bytes })
}
