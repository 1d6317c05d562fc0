import type { organisationRoutes } from '@yoman/contract/organisations'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { choosePatientPayer, chooseVisitPayer, payerFor } from '@yoman/use-cases/organisations/choose-payer'
import { addOrganisation, changeOrganisation, readOrganisations } from '@yoman/use-cases/organisations/organisations'
import { setPayerPart, takePayerPartAway } from '@yoman/use-cases/organisations/payer-parts'
import { oneInvoice, visitBill } from '@yoman/use-cases/invoices/read-invoices'
import { reassign } from '@yoman/use-cases/invoices/reassign'
import type { Handlers } from '../http/handler.ts'
import { presentBill, presentInvoice } from '../invoices/present.ts'

export const organisationHandlers = {
  'GET /organisations': async (ctx) => ({ items: await readOrganisations(ctx) }),
  'POST /organisations': (ctx, { body }) => addOrganisation(ctx, body),
  'PUT /organisations/:id': (ctx, { params, body }) => changeOrganisation(ctx, params.id, body),
  'GET /patients/:id/payer': async (ctx, { params }) => {
    const organisationId = await payerFor(ctx, params.id)
    ctx.reading({ name: 'patient.read', subject: { type: 'patient', id: params.id }, patientId: params.id, details: { part: 'payer' } })
    return { organisationId }
  },
  'PUT /patients/:id/payer': async (ctx, { params, body }) => {
    await choosePatientPayer(ctx, params.id, body.organisationId)
    return body
  },
  'PUT /appointments/:id/payer': async (ctx, { params, body }) => {
    await chooseVisitPayer(ctx, params.id, body.organisationId)
    return presentBill(await visitBill(ctx, params.id))
  },
  'PUT /appointments/:id/payer-parts/:organisationId': async (ctx, { params: { id, organisationId }, body }) => {
    await setPayerPart(ctx, id, { organisationId, ...body })
    return presentBill(await visitBill(ctx, id))
  },
  'DELETE /appointments/:id/payer-parts/:organisationId': async (ctx, { params: { id, organisationId } }) => {
    await takePayerPartAway(ctx, id, organisationId)
    return presentBill(await visitBill(ctx, id))
  },
  'POST /invoices/:id/reassignments': async (ctx, { params, body }) => {
    await reassign(ctx, { invoiceId: params.id, ...body }, moneyText)
    return presentInvoice(await oneInvoice(ctx, body.id))
  },
} satisfies Handlers<keyof typeof organisationRoutes>
