import type { formRoutes } from '@yoman/contract/forms'
import { composeFormMessage } from '@yoman/messaging/forms/compose'
import { readReported, settleReported } from '@yoman/use-cases/forms/alerts'
import { changeForm, createForm, readForms } from '@yoman/use-cases/forms/define'
import { keepAnswers, openForm, readFormPage, signForm } from '@yoman/use-cases/forms/fill'
import { giveForm, patientForms, withdrawForm } from '@yoman/use-cases/forms/give'
import { formLink } from '@yoman/use-cases/forms/link'
import { readResponse } from '@yoman/use-cases/forms/read'
import type { Handlers, Http, PublicContext } from '../http/handler.ts'
import { refuseOtherSites } from '../sessions/same-site.ts'

export const formHandlers = {
  'GET /forms': async (ctx) => ({ items: await readForms(ctx) }),
  'POST /forms': (ctx, { body }) => createForm(ctx, body),
  'PUT /forms/:id': (ctx, { params, body }) => changeForm(ctx, params.id, body),

  'GET /patients/:id/forms': async (ctx, { params }) => {
    ctx.reading({ name: 'patient.read', subject: { type: 'patient', id: params.id }, patientId: params.id, details: { part: 'forms' } })
    return { items: await patientForms(ctx, params.id) }
  },
  'POST /patients/:id/forms': async (ctx, { params, body }) => {
    const { response } = await giveForm(ctx, params.id, body, composeFormMessage)
    return { response, link: body.by === 'here' ? formLink(ctx.vault, ctx.services.publicUrl, ctx.clinicId, response.id) : null }
  },
  'GET /form-responses/:id': async (ctx, { params }) => {
    const record = await readResponse(ctx, params.id)
    ctx.reading({ name: 'form_response.read', subject: { type: 'form_response', id: params.id }, patientId: record.response.patientId })
    return record
  },
  'POST /form-responses/:id/withdrawal': (ctx, { params }) => withdrawForm(ctx, params.id),

  'GET /patients/:id/reported-alerts': async (ctx, { params }) => {
    ctx.reading({ name: 'patient.read', subject: { type: 'patient', id: params.id }, patientId: params.id, details: { part: 'reported alerts' } })
    return { items: await readReported(ctx, params.id) }
  },
  'POST /reported-alerts/:id/settlement': (ctx, { params, body }) => settleReported(ctx, params.id, body.as),

  'POST /form-views': async (ctx, { body }, http) => {
    const { ctx: mine, responseId } = await open(ctx, body.token, http)
    return readFormPage(mine, responseId, body.device)
  },
  'PUT /form-answers': async (ctx, { body }, http) => {
    const { ctx: mine, responseId } = await open(ctx, body.token, http)
    return keepAnswers(mine, responseId, body)
  },
  'POST /form-submissions': async (ctx, { body }, http) => {
    const { ctx: mine, responseId } = await open(ctx, body.token, http)
    return signForm(mine, responseId, body)
  },
} satisfies Handlers<keyof typeof formRoutes>

/** A patient's own door: no session, a token alone. Refuses pages of other sites, as everything does that carries its own secret. */
async function open({ services, origin }: PublicContext, token: string, { request }: Http) {
  refuseOtherSites(request, services.publicUrl)
  const { ctx, responseId } = await openForm(services, token, services.clock.now(), { ip: origin.ip, machineNow: services.securityClock.now() })
  return { ctx: { ...ctx, requestId: origin.requestId }, responseId }
}
