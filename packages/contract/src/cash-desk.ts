import { type Static, Type } from 'typebox'
import { ById, Choice, DateText, Exact, InstantText, Line, Nullable, Page, PageQuery, Uuid } from './common.ts'
import { invoiceKinds } from './invoices.ts'
import { paymentMethods } from './means.ts'
import { routeTable } from './route.ts'

const Amount = Type.Integer({ description: 'agorot' })
const Count = Type.Integer({ minimum: 0 })
const Who = Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() })

export const DeskPayment = Exact({
  id: Uuid,
  method: Choice(paymentMethods),
  amountAgorot: Type.Integer({ description: 'agorot; below nothing where it was given back' }),
  receivedAt: InstantText,
  patient: Who,
  /** The document that receipts it; null while it waits for its visit's. */
  receipt: Nullable(Exact({ id: Uuid, kind: Choice(invoiceKinds), number: Type.Integer() })),
})
export type DeskPayment = Static<typeof DeskPayment>

export const CashDesk = Exact({
  /** The day to close next: the oldest with money in it that is not closed; today where there is none. */
  day: DateText,
  /** The closing of today, where there is one. */
  closedId: Nullable(Uuid),
  /** What the last closing left in the drawer; part of the cash that should be there. */
  leftBeforeAgorot: Amount,
  /** What should be there: what came in less what was given back. */
  means: Type.Array(Exact({ method: Choice(paymentMethods), payments: Count, refunds: Count, refundedAgorot: Amount, expectedAgorot: Amount })),
  payments: Type.Array(DeskPayment),
  /** What came by payment links on the day: it lies with the provider, and is not counted at the desk. */
  byLink: Type.Array(DeskPayment),
})
export type CashDesk = Static<typeof CashDesk>

export const CashClosing = Exact({
  id: Uuid,
  branchId: Uuid,
  day: DateText,
  closedAt: InstantText,
  closedBy: Exact({ id: Uuid, name: Type.String() }),
  leftAgorot: Amount,
  means: Type.Array(Exact({ method: Choice(paymentMethods), payments: Count, refunds: Count, refundedAgorot: Amount, expectedAgorot: Amount, countedAgorot: Amount, reason: Type.String() })),
})
export type CashClosing = Static<typeof CashClosing>

export const WholeCashClosing = Exact({ ...CashClosing.properties, payments: Type.Array(DeskPayment) })
export type WholeCashClosing = Static<typeof WholeCashClosing>

export const cashDeskRoutes = routeTable({
  'GET /cash-desk': {
    permission: 'cash.read',
    audit: 'none', // sums, and the payments of the day as the list of documents has them
    summary: "What should be at a branch's cash desk now, by each means: the money that no closing holds yet.",
    query: Exact({ branchId: Uuid }),
    status: 200,
    response: CashDesk,
  },
  'GET /cash-closings': {
    permission: 'cash.read',
    audit: 'none', // sums
    summary: "Closings of a branch's cash desk, newest first.",
    query: Exact({ ...PageQuery, branchId: Uuid }),
    status: 200,
    response: Page(CashClosing),
  },
  'GET /cash-closings/:id': { permission: 'cash.read', audit: 'none', summary: 'One closing with the payments that it holds.', params: ById, status: 200, response: WholeCashClosing },
  'POST /cash-closings': {
    permission: 'cash.close',
    audit: 'write',
    summary: "Close a branch's cash desk for a day, once, that evening or later: what was counted by each means, a reason where it differs, and what stays in the drawer.",
    body: Exact({
      id: Uuid,
      branchId: Uuid,
      /** On the branch's wall: after the last closing's, today at the latest. It holds the open money of this day and of before. */
      day: DateText,
      leftAgorot: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
      means: Type.Array(
        Exact({
          method: Choice(paymentMethods),
          /** As the desk told it: where money came in since, the closing is refused. */
          expectedAgorot: Type.Integer({ minimum: -10_000_000_000, maximum: 10_000_000_000 }),
          /** Below nothing where more went back by card, transfer or app than came in. */
          countedAgorot: Type.Integer({ minimum: -10_000_000_000, maximum: 10_000_000_000 }),
          reason: Type.Optional(Line(300)),
        }),
        { maxItems: 5 },
      ),
    }),
    status: 201,
    response: WholeCashClosing,
    problems: ['cash_desk_closed', 'month_closed', 'cash_day_ahead', 'cash_desk_moved', 'difference_needs_reason', 'more_left_than_counted', 'id_taken'],
  },
})
