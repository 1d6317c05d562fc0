import { type Static, Type } from 'typebox'
import { linkProblems, linkStates } from '@yoman/domain/payment-links/link'
import { ById, Choice, Exact, InstantText, Line, Nothing, Nullable, Uuid } from './common.ts'
import { messageStates } from './messages.ts'
import { routeTable } from './route.ts'

const Amount = Type.Integer({ description: 'agorot' })
const Key = Type.String({ minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' })

/** The clinic's account at its payment provider; its keys are never shown. */
export const PaymentProvider = Exact({
  state: Choice(['off', 'checking', 'connected', 'refused']),
  problem: Nullable(Choice(['refused', 'unauthorised', 'unreachable'])),
  connectedAt: Nullable(InstantText),
})
export type PaymentProvider = Static<typeof PaymentProvider>

export const linkWays = ['sms', 'email'] as const

export const PaymentLink = Exact({
  id: Uuid,
  invoiceId: Uuid,
  documentNumber: Type.Integer(),
  patientId: Uuid,
  amountAgorot: Amount,
  ways: Type.Array(Choice(linkWays)),
  state: Choice(linkStates),
  problem: Nullable(Choice(linkProblems)),
  /** The provider's page, while it can be paid on. */
  url: Nullable(Type.String()),
  requestedAt: InstantText,
  /** The last moment at which it may be paid. */
  expiresAt: InstantText,
  settledAt: Nullable(InstantText),
  /** Where its messages stand. */
  messages: Type.Array(Exact({ channel: Choice(linkWays), state: Choice(messageStates), errorCode: Nullable(Type.String()) })),
  /** The document that receipts what came by it. */
  receiptId: Nullable(Uuid),
})
export type PaymentLink = Static<typeof PaymentLink>

/** `sentBy`: ways by which this request has the link sent. Of a link that could bring money already, those by which it was not yet on its way to where it goes now. */
const RequestedLink = Exact({ ...PaymentLink.properties, sentBy: Type.Array(Choice(linkWays)) })

/** Money that came by a link and is not what was asked for: nothing is booked of it before somebody decides. */
export const LinkMoney = Exact({
  id: Uuid,
  linkId: Uuid,
  invoiceId: Uuid,
  documentNumber: Type.Integer(),
  branchId: Uuid,
  patient: Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() }),
  why: Nullable(Choice(linkProblems)),
  askedAgorot: Amount,
  /** Null where the provider told no sum that can be read. */
  amountAgorot: Nullable(Amount),
  /** ISO 4217 */
  currency: Type.String(),
  method: Choice(['card', 'bit']),
  approval: Type.String(),
  transactionId: Type.String(),
  cameAt: InstantText,
})
export type LinkMoney = Static<typeof LinkMoney>

/** A visit that such money can be taken for. */
const VisitToPay = Exact({ appointmentId: Uuid, branchId: Uuid, visitTypeId: Nullable(Uuid), startsAt: InstantText, /** Still to come for it. */ dueAgorot: Amount })

const LinkMoneyList = Exact({ items: Type.Array(LinkMoney) })

/** A transaction that a callback named and the provider has not told of. `left`: nobody is asked about it, since its payment page is not connected any more. */
const UnsettledMoney = Exact({ id: Uuid, transactionId: Type.String(), invoiceId: Uuid, documentNumber: Type.Integer(), heardAt: InstantText, left: Type.Boolean() })

export const paymentLinkRoutes = routeTable({
  'GET /payment-provider': { permission: 'settings.read', audit: 'none', summary: 'Whether patients can be sent links to pay by.', status: 200, response: PaymentProvider },
  'PUT /payment-provider': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Connect the clinic with its keys at PayPlus. They are kept sealed, tried by a harmless question, and never shown again.',
    body: Exact({ apiKey: Key, secretKey: Key, pageUid: Key }),
    status: 200,
    response: PaymentProvider,
    problems: ['payment_links_open'],
  },
  'DELETE /payment-provider': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Forget the keys; no link may be under way. Money that callbacks named and that the provider has not told of is left behind only where its number is said: it is kept, and asked about when the same payment page is connected again.',
    query: Exact({ leaving: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })) }),
    status: 204,
    response: Nothing,
    problems: ['payment_links_open', 'link_money_unsettled'],
  },
  'GET /payment-provider/unsettled': {
    permission: 'settings.write',
    audit: 'none', // as the list of documents
    summary: 'Money that callbacks named and that the provider has not told of, the first heard of first: its sums are not known.',
    status: 200,
    response: Exact({ items: Type.Array(UnsettledMoney) }),
  },
  'GET /invoices/:id/payment-links': {
    permission: 'invoice.read',
    audit: 'none', // as the list of documents
    summary: 'Links that were sent for a document, the newest first.',
    params: ById,
    status: 200,
    response: Exact({ items: Type.Array(PaymentLink) }),
  },
  'POST /invoices/:id/payment-links': {
    permission: 'payment_link.write',
    audit: 'write',
    summary: 'Send a link to pay what is owed on a transaction invoice (300), or on the voucher of a cheque that is gone, to whoever pays for the patient. A document has one link that can bring money: asked again, that one comes back, and is sent where it was not on its way already: by another way, to another address, or where its message failed.',
    params: ById,
    body: Exact({ id: Uuid, ways: Type.Array(Choice(linkWays), { minItems: 1, maxItems: 2 }) }),
    status: 201,
    response: RequestedLink,
    problems: ['payment_provider_not_connected', 'nothing_owed', 'payment_link_for_organisation', 'nothing_to_send_to', 'payment_link_settled', 'id_taken'],
  },
  'POST /payment-links/:id/cancellation': {
    permission: 'payment_link.write',
    audit: 'write',
    summary: 'Let nobody pay by a link any more: its page is closed at the provider.',
    params: ById,
    status: 200,
    response: PaymentLink,
    problems: ['payment_link_settled'],
  },
  'GET /payment-link-money': {
    permission: 'invoice.read',
    audit: 'none', // as the list of documents
    summary: 'Money that came by links and is not what was asked for, the first that came first.',
    status: 200,
    response: LinkMoneyList,
  },
  'GET /payment-link-money/:id/visits': {
    permission: 'payment_link.write',
    audit: 'none', // as the list of documents
    summary: 'Visits of the patient that have no document yet, and for which as much is still to come as came: money for one of them is an advance, and before its day has its receipt at once.',
    params: ById,
    status: 200,
    response: Exact({ items: Type.Array(VisitToPay) }),
  },
  'POST /payment-link-money/:id/decision': {
    permission: 'payment_link.write',
    audit: 'write',
    summary: 'Take such money for a document or a visit of the patient, or write down that it was given back by hand at the provider.',
    params: ById,
    body: Type.Union([
      Exact({ decision: Type.Literal('document'), invoiceId: Uuid }),
      Exact({ decision: Type.Literal('visit'), appointmentId: Uuid }),
      Exact({ decision: Type.Literal('returned'), reason: Line(300, 1) }),
    ]),
    status: 200,
    response: LinkMoneyList,
    problems: ['link_money_settled', 'link_money_not_shekels', 'reference_unknown', 'already_paid', 'payment_exceeds_balance', 'nothing_to_bill', 'month_closed'],
  },
})
