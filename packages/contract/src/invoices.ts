import { type Static, Type } from 'typebox'
import { ById, Choice, DateText, Exact, InstantText, Line, Nullable, Page, PageQuery, Uuid } from './common.ts'
import { messageStates } from './messages.ts'
import { file, routeTable } from './route.ts'

/** Codes of the tax authority's uniform file: invoice to be paid, tax invoice, tax invoice-receipt, credit, receipt. */
export const invoiceKinds = ['300', '305', '320', '330', '400'] as const
export const paymentMethods = ['cash', 'card', 'transfer', 'bit', 'cheque'] as const

const Amount = Type.Integer({ description: 'agorot' })

const Who = Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() })

/** What became of the e-mail: `no_address` and `no_consent` are told, so that the desk prints it instead. */
export const mailingStates = [...messageStates, 'no_address', 'no_consent'] as const

export const InvoiceSummary = Exact({
  id: Uuid,
  kind: Choice(invoiceKinds),
  number: Type.Integer(),
  branchId: Uuid,
  patient: Who,
  appointmentId: Nullable(Uuid),
  basedOnId: Nullable(Uuid),
  issuedAt: InstantText,
  issuedOn: DateText,
  totalAgorot: Amount,
  /** What is still to be paid: the total of an unsettled 300, else 0. */
  balanceAgorot: Amount,
  mailing: Choice(mailingStates),
})
export type InvoiceSummary = Static<typeof InvoiceSummary>

export const Payment = Exact({
  id: Uuid,
  patientId: Uuid,
  appointmentId: Nullable(Uuid),
  /** The document that receipts it; null until that is issued. */
  invoiceId: Nullable(Uuid),
  method: Choice(paymentMethods),
  amountAgorot: Amount,
  reference: Type.String(),
  receivedAt: InstantText,
})
export type Payment = Static<typeof Payment>

const InvoiceLine = Exact({ line: Type.Integer(), description: Type.String(), quantity: Type.Integer(), unitPriceAgorot: Amount, totalAgorot: Amount })

export const Invoice = Exact({
  ...InvoiceSummary.properties,
  language: Choice(['he', 'ar', 'ru', 'en']),
  vatBasisPoints: Type.Integer(),
  netAgorot: Amount,
  vatAgorot: Amount,
  /** Whether the one copy marked "original" has been made. */
  originalMade: Type.Boolean(),
  lines: Type.Array(InvoiceLine),
  payments: Type.Array(Payment),
})
export type Invoice = Static<typeof Invoice>

/** What a visit costs so far, for the desk at check-out. */
export const Bill = Exact({
  appointmentId: Uuid,
  patientId: Uuid,
  lines: Type.Array(Exact({ description: Type.String(), quantity: Type.Integer(), unitPriceAgorot: Amount, totalAgorot: Amount })),
  totalAgorot: Amount,
  paidAgorot: Amount,
  balanceAgorot: Amount,
  payments: Type.Array(Payment),
  invoice: Nullable(InvoiceSummary),
})
export type Bill = Static<typeof Bill>

const pdf = file('application/pdf')

export const invoiceRoutes = routeTable({
  'GET /invoices': {
    permission: 'invoice.read',
    audit: 'none', // the books; opening one document is what leaves an event
    summary: 'Issued documents, newest first; dates are those printed on them, `to` included.',
    query: Exact({
      ...PageQuery,
      from: Type.Optional(DateText),
      to: Type.Optional(DateText),
      patientId: Type.Optional(Uuid),
      kind: Type.Optional(Choice(invoiceKinds)),
      /** Only documents that still wait for money. */
      unpaid: Type.Optional(Type.Boolean()),
    }),
    status: 200,
    response: Page(InvoiceSummary),
  },
  'GET /invoices/:id': { permission: 'invoice.read', audit: 'read', summary: 'One document with its lines and payments.', params: ById, status: 200, response: Invoice },
  'GET /invoices/:id/pdf': {
    permission: 'invoice.read',
    audit: 'read',
    summary: 'The document as a PDF marked "copy".',
    params: ById,
    status: 200,
    response: pdf,
  },
  'POST /invoices/:id/original': {
    permission: 'invoice.write',
    audit: 'write',
    summary: 'The document as a PDF marked "original", to hand over on paper: made once, never again.',
    params: ById,
    status: 200,
    response: pdf,
    problems: ['original_already_made'],
  },
  'POST /invoices/:id/mailings': {
    permission: 'invoice.write',
    audit: 'write',
    summary: 'Send the document to the patient by e-mail, as a new message of the given id: the original where none was made, else a copy.',
    params: ById,
    body: Exact({ id: Uuid }),
    status: 201,
    response: Invoice,
    problems: ['nothing_to_send_to', 'no_consent', 'id_taken'],
  },
  'GET /appointments/:id/bill': {
    permission: 'invoice.read',
    audit: 'read',
    summary: 'What a visit costs, what was paid for it, and its document where there is one.',
    params: ById,
    status: 200,
    response: Bill,
  },
  'POST /appointments/:id/invoice': {
    permission: 'invoice.write',
    audit: 'write',
    summary: "Issue the visit's document now: an invoice-receipt where it is paid, else an invoice to be paid. The visit's own where it has one.",
    params: ById,
    status: 201,
    response: Invoice,
    problems: ['nothing_to_bill', 'status_change_not_allowed'],
  },
  'POST /payments': {
    permission: 'invoice.write',
    audit: 'write',
    summary: 'Money received for a visit, or for an invoice that waits for it; the payment that settles an invoice issues its invoice-receipt.',
    body: Exact({
      id: Uuid,
      appointmentId: Type.Optional(Uuid),
      invoiceId: Type.Optional(Uuid),
      method: Choice(paymentMethods),
      amountAgorot: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
      reference: Type.Optional(Line(120)),
    }),
    status: 201,
    response: Exact({ payment: Payment, receipt: Nullable(InvoiceSummary) }),
    problems: ['payment_exceeds_balance', 'already_paid', 'cash_over_legal_limit', 'reference_unknown', 'nothing_to_bill', 'id_taken'],
  },
})
