import { type Static, Type } from 'typebox'
import { allocationProblems } from '@yoman/domain/allocation-numbers/state'
import { ById, Choice, Exact, InstantText, Line, Nothing, Nullable, Uuid } from './common.ts'
import { Invoice, InvoiceSummary } from './invoices.ts'
import { routeTable } from './route.ts'

/** The clinic's leave to ask the Tax Authority. `available`: whether this installation is registered with it at all. */
export const TaxAuthorityConnection = Exact({
  available: Type.Boolean(),
  state: Choice(['off', 'connecting', 'connected', 'expired']),
  connectedAt: Nullable(InstantText),
  /** Until when it lasts where nothing is asked meanwhile; each asking makes it longer. */
  lastsUntil: Nullable(InstantText),
})
export type TaxAuthorityConnection = Static<typeof TaxAuthorityConnection>

const settledProblems = ['allocation_settled', 'allocation_asked_now', 'allocation_not_applicable'] as const

export const allocationRoutes = routeTable({
  'GET /tax-authority-connection': { permission: 'settings.read', audit: 'none', summary: 'Whether allocation numbers are asked for by themselves.', status: 200, response: TaxAuthorityConnection },
  'POST /tax-authority-connection/consents': {
    permission: 'settings.write',
    audit: 'write',
    summary: "Connect: the address where somebody signs in at the Tax Authority's. What it sends back belongs to `PUT` of the same.",
    status: 201,
    response: Exact({ url: Type.String() }),
    problems: ['tax_authority_unavailable'],
  },
  'PUT /tax-authority-connection/consents': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'The consent that came back: the worker exchanges its code. `state` is the word of the address, used once.',
    body: Exact({ code: Type.String({ minLength: 1, maxLength: 4_000, pattern: '^[\\x21-\\x7e]+$' }), state: Type.String({ minLength: 20, maxLength: 100, pattern: '^[A-Za-z0-9_-]+$' }) }),
    status: 200,
    response: TaxAuthorityConnection,
    problems: ['consent_not_known', 'tax_authority_unavailable'],
  },
  'DELETE /tax-authority-connection': { permission: 'settings.write', audit: 'write', summary: 'Ask no more; numbers are typed by hand.', status: 204, response: Nothing },
  'GET /allocation-numbers': {
    permission: 'invoice.read',
    audit: 'none', // the books; opening one document is what leaves an event
    summary: 'Documents that must not leave yet, since their number is awaited or was refused; the first asked for first.',
    status: 200,
    response: Exact({ items: Type.Array(Exact({ invoice: InvoiceSummary, problem: Nullable(Choice(allocationProblems)) })) }),
  },
  'POST /invoices/:id/allocation-requests': {
    permission: 'invoice.write',
    audit: 'write',
    summary: 'Ask for the number of a document again, or for the first time where its sum needs none and its payer wants one.',
    params: ById,
    status: 200,
    response: Invoice,
    problems: settledProblems,
  },
  'PUT /invoices/:id/allocation-number': {
    permission: 'allocation.decide',
    audit: 'write',
    summary: "The number as the Tax Authority's own site gave it: nine digits or more.",
    params: ById,
    body: Exact({ number: Line(60, 1) }),
    status: 200,
    response: Invoice,
    problems: ['allocation_number_invalid', ...settledProblems],
  },
  'POST /invoices/:id/allocation-decisions': {
    permission: 'allocation.decide',
    audit: 'write',
    summary: 'Let the document leave without a number, which it then says, or credit it whole by a credit note of the given id.',
    params: ById,
    body: Type.Union([Exact({ decision: Type.Literal('continue'), reason: Line(300, 1) }), Exact({ decision: Type.Literal('cancel'), reason: Line(300, 1), creditId: Uuid })]),
    status: 200,
    response: Invoice,
    problems: [...settledProblems, 'not_creditable', 'credit_needs_reason', 'id_taken'],
  },
})
