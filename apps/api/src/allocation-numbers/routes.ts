import type { allocationRoutes, TaxAuthorityConnection } from '@yoman/contract/allocation-numbers'
import { creditText } from '@yoman/documents/invoices/on-account'
import { Refusal } from '@yoman/domain/refusal'
import { consentPage, consentUrl, type RegisteredClient } from '@yoman/messaging/tax-authority/consent-url'
import { beginConsent, disconnect, keepConsent, taxAuthorityConnection } from '@yoman/use-cases/allocation-numbers/connect'
import { askAgain, cancelDocument, continueWithout, typeNumber } from '@yoman/use-cases/allocation-numbers/decide'
import { waitingNumbers } from '@yoman/use-cases/allocation-numbers/read'
import { oneInvoice } from '@yoman/use-cases/invoices/read-invoices'
import type { Handlers, RequestContext } from '../http/handler.ts'
import { presentInvoice, presentSummary } from '../invoices/present.ts'

export const allocationHandlers = {
  'GET /tax-authority-connection': (ctx) => connection(ctx),

  'POST /tax-authority-connection/consents': async (ctx) => {
    const client = registered(ctx)
    const state = await beginConsent(ctx, ctx.services.securityClock.now())
    return { url: consentUrl(client, { state, redirectUri: consentPage(ctx.services.publicUrl) }) }
  },

  'PUT /tax-authority-connection/consents': async (ctx, { body }) => {
    registered(ctx)
    await keepConsent(ctx, { code: body.code, word: body.state }, ctx.services.securityClock.now())
    return connection(ctx)
  },

  'DELETE /tax-authority-connection': async (ctx) => {
    await disconnect(ctx)
    return null
  },

  'GET /allocation-numbers': async (ctx) => ({ items: (await waitingNumbers(ctx)).map(({ invoice, problem }) => ({ invoice: presentSummary(invoice), problem })) }),

  'POST /invoices/:id/allocation-requests': async (ctx, { params }) => {
    await askAgain(ctx, params.id)
    return presentInvoice(await oneInvoice(ctx, params.id))
  },

  'PUT /invoices/:id/allocation-number': async (ctx, { params, body }) => {
    await typeNumber(ctx, params.id, body.number)
    return presentInvoice(await oneInvoice(ctx, params.id))
  },

  'POST /invoices/:id/allocation-decisions': async (ctx, { params, body }) => {
    if (body.decision === 'continue') await continueWithout(ctx, params.id, body.reason)
    else await cancelDocument(ctx, params.id, body, creditText)
    return presentInvoice(await oneInvoice(ctx, params.id))
  },
} satisfies Handlers<keyof typeof allocationRoutes>

function registered({ services }: RequestContext): RegisteredClient {
  if (!services.taxAuthority) throw new Refusal('tax_authority_unavailable')
  return services.taxAuthority
}

async function connection(ctx: RequestContext): Promise<TaxAuthorityConnection> {
  const { state, connected_at: at, refresh_until: until } = await taxAuthorityConnection(ctx)
  return { available: ctx.services.taxAuthority != null, state, connectedAt: state === 'connected' ? (at?.toString() ?? null) : null, lastsUntil: until?.toString() ?? null }
}
