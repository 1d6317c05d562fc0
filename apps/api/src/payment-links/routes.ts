import type { LinkMoney, PaymentLink, paymentLinkRoutes, PaymentProvider } from '@yoman/contract/payment-links'
import type { ShownLink } from '@yoman/db/payment-links/links'
import type { UndecidedMoney } from '@yoman/db/payment-links/money'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { composeLinkMessage } from '@yoman/messaging/payment-links/compose'
import { connectProvider, disconnectProvider, paymentProvider, unsettledMoney } from '@yoman/use-cases/payment-links/connect'
import { decideOnMoney } from '@yoman/use-cases/payment-links/decide'
import { linksOf, oneLink, undecidedMoney } from '@yoman/use-cases/payment-links/read'
import { cancelLink, requestLink } from '@yoman/use-cases/payment-links/request'
import { visitsForMoney } from '@yoman/use-cases/payment-links/visits'
import type { Handlers, RequestContext } from '../http/handler.ts'

export const paymentLinkHandlers = {
  'GET /payment-provider': (ctx) => provider(ctx),

  'PUT /payment-provider': async (ctx, { body }) => {
    await connectProvider(ctx, body)
    return provider(ctx)
  },

  'DELETE /payment-provider': async (ctx, { query }) => {
    await disconnectProvider(ctx, query.leaving)
    return null
  },

  'GET /payment-provider/unsettled': async (ctx) => ({
    items: (await unsettledMoney(ctx)).map((row) => ({ id: row.id, transactionId: row.transaction_id, invoiceId: row.invoice_id, documentNumber: row.document_number, heardAt: row.heard_at.toString(), left: row.left })),
  }),

  'GET /invoices/:id/payment-links': async (ctx, { params }) => ({ items: (await linksOf(ctx, params.id)).map(present) }),

  'POST /invoices/:id/payment-links': async (ctx, { params, body }) => {
    const { id, sentBy } = await requestLink(ctx, params.id, body, composeLinkMessage)
    return { ...present(await oneLink(ctx, id)), sentBy: [...sentBy] }
  },

  'POST /payment-links/:id/cancellation': async (ctx, { params }) => {
    await cancelLink(ctx, params.id, ctx.services.securityClock.now())
    return present(await oneLink(ctx, params.id))
  },

  'GET /payment-link-money': (ctx) => money(ctx),

  'GET /payment-link-money/:id/visits': async (ctx, { params }) => ({
    items: (await visitsForMoney(ctx, params.id)).map(({ startsAt, due, ...visit }) => ({ ...visit, startsAt: startsAt.toString(), dueAgorot: due })),
  }),

  'POST /payment-link-money/:id/decision': async (ctx, { params, body }) => {
    await decideOnMoney(ctx, params.id, body, moneyText)
    return money(ctx)
  },
} satisfies Handlers<keyof typeof paymentLinkRoutes>

async function provider(ctx: RequestContext): Promise<PaymentProvider> {
  const { state, problem, connected_at: at } = await paymentProvider(ctx)
  return { state, problem, connectedAt: at?.toString() ?? null }
}

const money = async (ctx: RequestContext): Promise<{ items: LinkMoney[] }> => ({ items: (await undecidedMoney(ctx)).map(presentMoney) })

const present = (row: ShownLink): PaymentLink => ({
  id: row.id, invoiceId: row.invoice_id, documentNumber: row.document_number, patientId: row.patient_id, amountAgorot: row.amount_agorot, ways: row.ways, state: row.state, problem: row.problem,
  url: row.state === 'open' ? row.url : null, requestedAt: row.requested_at.toString(), expiresAt: row.expires_at.toString(), settledAt: row.settled_at?.toString() ?? null,
  messages: row.messages, receiptId: row.receipt_id,
})

const presentMoney = (row: UndecidedMoney): LinkMoney => ({
  id: row.id, linkId: row.link_id, invoiceId: row.invoice_id, documentNumber: row.document_number, branchId: row.branch_id, why: row.why, askedAgorot: row.asked_agorot, amountAgorot: row.amount_agorot, currency: row.currency,
  patient: { id: row.patient_id, givenName: row.given_name, familyName: row.family_name, givenNameLatin: row.given_name_latin, familyNameLatin: row.family_name_latin },
  method: row.method ?? 'card', approval: row.approval, transactionId: row.transaction_id, cameAt: (row.known_at ?? row.heard_at).toString(),
})
