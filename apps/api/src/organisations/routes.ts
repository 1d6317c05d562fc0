import type { organisationRoutes } from '@yoman/contract/organisations'
import { choosePatientPayer, chooseVisitPayer, payerFor } from '@yoman/use-cases/organisations/choose-payer'
import { addOrganisation, changeOrganisation, readOrganisations } from '@yoman/use-cases/organisations/organisations'
import { visitBill } from '@yoman/use-cases/invoices/read-invoices'
import type { Handlers } from '../http/handler.ts'
import { presentBill } from '../invoices/present.ts'

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
    const { bill, invoice, billableAnew } = await visitBill(ctx, params.id)
    return presentBill(bill, invoice, billableAnew)
  },
} satisfies Handlers<keyof typeof organisationRoutes>
