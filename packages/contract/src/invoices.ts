import { type Static, Type } from 'typebox'
import { allocationProblems, allocationStates } from '@yoman/domain/allocation-numbers/state'
import { ById, Choice, DateText, Exact, InstantText, Line, Nullable, Page, PageQuery, Uuid } from './common.ts'
import { Amount, BillLine } from './discounts.ts'
import { Means, Payment, refundMethods, RefundRequest } from './means.ts'
import { messageStates } from './messages.ts'
import { PayerPart } from './payer-parts.ts'
import { file, routeTable } from './route.ts'

/** Codes of the tax authority's uniform file: invoice to be paid, tax invoice, tax invoice-receipt, credit, receipt, refund. */
export const invoiceKinds = ['300', '305', '320', '330', '400', '410'] as const
const Who = Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() })

/** What became of the e-mail: `no_address` and `no_consent` are told, so that the desk prints it instead. */
export const mailingStates = [...messageStates, 'no_address', 'no_consent', 'allocation_awaited'] as const

export const InvoiceSummary = Exact({
  id: Uuid,
  kind: Choice(invoiceKinds),
  number: Type.Integer(),
  branchId: Uuid,
  patient: Who,
  /** Who pays where it is not the patient, as it was called when the document was issued. */
  organisation: Nullable(Exact({ id: Uuid, name: Type.String(), dealerNumber: Type.String() })),
  appointmentId: Nullable(Uuid),
  basedOnId: Nullable(Uuid),
  issuedAt: InstantText,
  issuedOn: DateText,
  totalAgorot: Amount,
  /** What is still to be paid: the total of an unsettled 300, else 0. */
  balanceAgorot: Amount,
  /** What credit notes took back of it. */
  creditedAgorot: Amount,
  /** Of a credit note: what may still be given back, no more than was paid. */
  refundableAgorot: Amount,
  /** Whether it receipts money that came before its visit's document; such a document declares its VAT, and the visit's deducts it. */
  advance: Type.Boolean(),
  /** Of such a document: what no bill deducted and no credit note took back. */
  unusedAgorot: Amount,
  mailing: Choice(mailingStates),
  /** Where its allocation number stands; null where it needs none. While it waits or was refused, no file of it leaves. */
  allocationState: Nullable(Choice(allocationStates)),
})
export type InvoiceSummary = Static<typeof InvoiceSummary>

const InvoiceLine = Exact({ line: Type.Integer(), description: Type.String(), quantity: Type.Integer(), unitPriceAgorot: Amount, /** Off the whole line. */ discountAgorot: Amount, totalAgorot: Amount, /** Pieces that credit notes named. */ creditedQuantity: Type.Integer() })
const Follower = Exact({ id: Uuid, kind: Choice(invoiceKinds), number: Type.Integer(), issuedOn: DateText, totalAgorot: Amount })

/** The Tax Authority's number of a tax invoice to a dealer, and what came back about it, newest first. */
const Allocation = Exact({
  problem: Nullable(Choice(allocationProblems)),
  number: Nullable(Type.String()),
  /** What is printed of it: nine digits. */
  printed: Nullable(Type.String()),
  reason: Type.String(),
  answers: Type.Array(Exact({ id: Uuid, answeredAt: InstantText, outcome: Choice(['approved', 'refused', 'unauthorised', 'unreachable', 'typed', 'continued', 'cancelled']), code: Nullable(Type.Integer()), message: Type.String(), byHand: Type.Boolean() })),
})
export type Allocation = Static<typeof Allocation>

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
  /** Only on a refund: what was given back, and by what. */
  refunds: Type.Array(Exact({ id: Uuid, branchId: Uuid, method: Choice(refundMethods), amountAgorot: Amount, reference: Type.String(), givenAt: InstantText })),
  /** Of a tax invoice: the money that came in for it, and what was given back of that. */
  paidAgorot: Amount,
  refundedAgorot: Amount,
  /** The same by the means it went back by. */
  refundedBy: Type.Array(Exact({ method: Choice(refundMethods), amountAgorot: Amount })),
  /** Only on a credit note. */
  reason: Type.String(),
  basedOn: Nullable(Exact({ id: Uuid, kind: Choice(invoiceKinds), number: Type.Integer(), issuedOn: DateText })),
  /** Of a transaction invoice: advances that it deducted when it was issued. */
  deducted: Type.Array(Exact({ kind: Choice(invoiceKinds), number: Type.Integer(), issuedOn: DateText, amountAgorot: Amount })),
  allocation: Nullable(Allocation),
  /** Whether a number may be asked for: a tax invoice to a dealer that did not leave yet. */
  allocatable: Type.Boolean(),
  /** Documents that settle, correct or pay back this one. */
  /** Of a transaction invoice for a visit: what of it somebody else may be asked for. */
  reassignableAgorot: Amount,
  followers: Type.Array(Follower),
})
export type Invoice = Static<typeof Invoice>

/** What a visit costs so far, for the desk at check-out. */
export const Bill = Exact({
  appointmentId: Uuid,
  patientId: Uuid,
  lines: Type.Array(BillLine),
  totalAgorot: Amount,
  /** Who else pays a part of it. */
  parts: Type.Array(PayerPart),
  /** What its payer is asked for: all of it less the parts of others. */
  ownAgorot: Amount,
  paidAgorot: Amount,
  balanceAgorot: Amount,
  payments: Type.Array(Payment),
  /** What somebody else was asked for instead of whom it was billed to first; a name of null is the patient. */
  reassigned: Type.Array(Exact({ id: Uuid, number: Type.Integer(), totalAgorot: Amount, balanceAgorot: Amount, organisationName: Nullable(Type.String()) })),
  invoice: Nullable(InvoiceSummary),
  /** Whom its document is for: null is the patient. `fixed` where it has one already, or money was receipted in advance. */
  payer: Exact({ organisationId: Nullable(Uuid), name: Type.String(), fixed: Type.Boolean() }),
  /** Whether its documents were credited whole, so that it can be billed a second time. */
  billableAnew: Type.Boolean(),
})
export type Bill = Static<typeof Bill>

/** Money of a patient that stayed with the clinic: an advance, or a credit note that was not given back. */
export const PatientCredit = Exact({ id: Uuid, kind: Choice(invoiceKinds), number: Type.Integer(), issuedOn: DateText, appointmentId: Nullable(Uuid), organisationId: Nullable(Uuid), leftAgorot: Amount })
export type PatientCredit = Static<typeof PatientCredit>

const pdf = file('application/pdf')
/** The branch at whose desk the money lies now; without it the visit's. */
const TakenAt = Type.String({ ...Uuid, description: "the branch whose desk took the money; without it the visit's" })
const refundProblems = ['nothing_to_refund', 'refund_exceeds_credit', 'refund_exceeds_paid', 'refund_needs_reference', 'cash_not_in_tens', 'cash_over_legal_limit', 'reference_unknown', 'id_taken'] as const
const paymentProblems = [
  'payment_exceeds_balance', 'already_paid', 'cash_over_legal_limit', 'cheque_facts_missing', 'cheque_date_wrong', 'means_facts_wrong', 'cash_not_in_tens', 'reference_unknown', 'nothing_to_bill', 'id_taken',
] as const

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
    problems: ['allocation_awaited'],
  },
  'POST /invoices/:id/original': {
    permission: 'invoice.write',
    audit: 'write',
    summary: 'The document as a PDF marked "original", to hand over on paper: made once, never again.',
    params: ById,
    status: 200,
    response: pdf,
    problems: ['original_already_made', 'allocation_awaited'],
  },
  'POST /invoices/:id/mailings': {
    permission: 'invoice.write',
    audit: 'write',
    summary: 'Send the document to the patient by e-mail, as a new message of the given id: the original where none was made, else a copy.',
    params: ById,
    body: Exact({ id: Uuid }),
    status: 201,
    response: Invoice,
    problems: ['nothing_to_send_to', 'no_consent', 'allocation_awaited', 'id_taken'],
  },
  'POST /invoices/:id/credits': {
    permission: 'invoice.credit',
    audit: 'write',
    summary: 'Credit a tax invoice, or a part of it, by a credit note (330) of the given id; with `refund`, which wants its own right, the money is given back at once.',
    params: ById,
    body: Exact({
      id: Uuid,
      reason: Line(300, 1),
      /** All that is left of it, a part of its sum, or pieces of its lines. */
      part: Type.Union([
        Exact({ rest: Type.Literal(true) }),
        Exact({ amountAgorot: Type.Integer({ minimum: 1, maximum: 100_000_000_000 }) }),
        Exact({ lines: Type.Array(Exact({ line: Type.Integer({ minimum: 1, maximum: 32_767 }), quantity: Type.Integer({ minimum: 1, maximum: 999 }) }), { minItems: 1, maxItems: 200 }) }),
      ]),
      refund: Type.Optional(RefundRequest),
    }),
    status: 201,
    response: Invoice,
    problems: ['not_creditable', 'credit_exceeds_invoice', 'credit_needs_reason', 'nothing_to_bill', ...refundProblems],
  },
  'POST /invoices/:id/refunds': {
    permission: 'refund.give',
    audit: 'write',
    summary: 'Give money back for a credit note: a voucher (410) of the given id, from the desk of a branch, no more than was paid.',
    params: ById,
    body: RefundRequest,
    status: 201,
    response: Invoice,
    problems: ['not_creditable', ...refundProblems],
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
    problems: ['nothing_to_bill', 'payer_parts_too_large', 'status_change_not_allowed'],
  },
  'POST /appointments/:id/billings': {
    permission: 'invoice.write',
    audit: 'write',
    summary: 'Bill a visit anew whose documents were credited whole: a transaction invoice of the given id, based on the last credit note.',
    params: ById,
    body: Exact({ id: Uuid }),
    status: 201,
    response: Invoice,
    problems: ['not_credited_whole', 'nothing_to_bill', 'payer_parts_too_large', 'already_billed', 'id_taken'],
  },
  'POST /invoices/:id/deductions': {
    permission: 'invoice.write',
    audit: 'write',
    summary: "Settle a transaction invoice by the patient's money that stayed with the clinic, as much as both have: an advance, or a credit note, which a tax invoice of the given id uses.",
    params: ById,
    body: Exact({ id: Uuid, sourceId: Uuid }),
    status: 201,
    response: Invoice,
    problems: ['already_paid', 'nothing_to_deduct', 'id_taken'],
  },
  'GET /patients/:id/credits': {
    permission: 'invoice.read',
    audit: 'read',
    summary: "A patient's money that stayed with the clinic, the oldest first: advances, and credit notes that were not given back.",
    params: ById,
    status: 200,
    response: Exact({ items: Type.Array(PatientCredit) }),
  },
  'POST /payments': {
    permission: 'invoice.write',
    audit: 'write',
    summary: 'Money received for a visit, or for an invoice that waits for it; the payment that settles an invoice issues its invoice-receipt.',
    body: Exact({ ...Means.properties, appointmentId: Type.Optional(Uuid), invoiceId: Type.Optional(Uuid), branchId: Type.Optional(TakenAt) }),
    status: 201,
    response: Exact({ payment: Payment, receipt: Nullable(InvoiceSummary) }),
    problems: paymentProblems,
  },
  'POST /split-payments': {
    permission: 'invoice.write',
    audit: 'write',
    summary: 'Money received at once by several means, all of them or none. Documents: an invoice-receipt for what is there, a receipt for cheques of later days.',
    body: Exact({ appointmentId: Type.Optional(Uuid), invoiceId: Type.Optional(Uuid), branchId: Type.Optional(TakenAt), means: Type.Array(Means, { minItems: 1, maxItems: 36 }) }),
    status: 201,
    response: Exact({ payments: Type.Array(Payment), receipts: Type.Array(InvoiceSummary) }),
    problems: paymentProblems,
  },
})
