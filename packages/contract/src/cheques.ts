import { type Static, Type } from 'typebox'
import { ById, Choice, DateText, Exact, InstantText, Line, Nullable, Page, PageQuery, Uuid } from './common.ts'
import { routeTable } from './route.ts'

export const chequeStates = ['held', 'deposited', 'cleared', 'returned', 'withdrawn'] as const

const Amount = Type.Integer({ description: 'agorot' })
const Who = Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() })

export const ChequeInHand = Exact({
  /** That of its payment. */
  id: Uuid,
  /** `returned` by the bank, `withdrawn` where it was given back to the patient; what is neither is money. */
  state: Choice(chequeStates),
  amountAgorot: Amount,
  dueOn: DateText,
  /** Null for cheques of before their facts were asked for; then they stand in the reference. */
  facts: Nullable(Exact({ number: Type.String(), bank: Type.String(), branch: Type.String(), account: Type.String() })),
  reference: Type.String(),
  branchId: Uuid,
  patient: Who,
  /** The document that receipts it; null while it waits for its visit's. */
  receiptId: Nullable(Uuid),
  depositId: Nullable(Uuid),
  /** The voucher (410) of one that is gone. */
  voucherId: Nullable(Uuid),
  /** The document on which the sum of one that is gone is owed. */
  owedOnId: Nullable(Uuid),
  /** The day of its latest step; null while it is held. */
  movedOn: Nullable(DateText),
  reason: Type.String(),
  /** What the bank took for one that it returned. */
  feeAgorot: Amount,
})
export type ChequeInHand = Static<typeof ChequeInHand>

export const ChequeDeposit = Exact({
  id: Uuid,
  branchId: Uuid,
  /** Of the branch's slips. */
  number: Type.Integer(),
  account: Type.String(),
  on: DateText,
  madeAt: InstantText,
  madeBy: Exact({ id: Uuid, name: Type.String() }),
  count: Type.Integer(),
  totalAgorot: Amount,
})
export type ChequeDeposit = Static<typeof ChequeDeposit>

export const WholeChequeDeposit = Exact({ ...ChequeDeposit.properties, cheques: Type.Array(ChequeInHand) })
export type WholeChequeDeposit = Static<typeof WholeChequeDeposit>

const gone = ['cheque_moved', 'cheque_waits', 'cheque_day_ahead', 'cheque_day_before', 'month_closed', 'id_taken'] as const

export const chequeRoutes = routeTable({
  'GET /cheques': {
    permission: 'cash.read',
    audit: 'none', // as the desk's payments are listed
    summary: 'Cheques that a branch took, by the days on which they are due, the earliest first.',
    query: Exact({ ...PageQuery, branchId: Uuid, state: Type.Optional(Choice(chequeStates)) }),
    status: 200,
    response: Page(ChequeInHand),
  },
  'POST /cheques/:id/clearing': {
    permission: 'cash.close',
    audit: 'write',
    summary: 'The bank paid a cheque that was deposited.',
    params: ById,
    body: Exact({ on: DateText }),
    status: 201,
    response: ChequeInHand,
    problems: ['cheque_moved', 'cheque_day_ahead', 'cheque_day_before', 'month_closed'],
  },
  'POST /cheques/:id/return': {
    permission: 'refund.give',
    audit: 'write',
    summary: 'The bank returned a cheque: a voucher (410) of the given id, and its sum is owed again; no tax invoice follows it.',
    params: ById,
    body: Exact({ id: Uuid, on: DateText, reason: Line(120, 1), feeAgorot: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })) }),
    status: 201,
    response: ChequeInHand,
    problems: gone,
  },
  'POST /cheques/:id/withdrawal': {
    permission: 'refund.give',
    audit: 'write',
    summary: 'A cheque that is held was given back to the patient: a voucher (410) of the given id, and its sum is owed again, to be paid by other money.',
    params: ById,
    body: Exact({ id: Uuid, on: DateText, reason: Line(120, 1) }),
    status: 201,
    response: ChequeInHand,
    problems: gone,
  },
  'GET /cheque-deposits': {
    permission: 'cash.read',
    audit: 'none', // sums
    summary: "Slips of a branch's deposits of cheques, newest first.",
    query: Exact({ ...PageQuery, branchId: Uuid }),
    status: 200,
    response: Page(ChequeDeposit),
  },
  'GET /cheque-deposits/:id': { permission: 'cash.read', audit: 'none', summary: 'One slip with its cheques.', params: ById, status: 200, response: WholeChequeDeposit },
  'POST /cheque-deposits/:id/clearing': {
    permission: 'cash.close',
    audit: 'write',
    summary: 'The bank paid a slip: all cheques of it that did not come back.',
    params: ById,
    body: Exact({ on: DateText }),
    status: 201,
    response: WholeChequeDeposit,
    problems: ['cheque_day_ahead', 'cheque_day_before', 'month_closed'],
  },
  'POST /cheque-deposits': {
    permission: 'cash.close',
    audit: 'write',
    summary: 'Bring cheques of a branch to the bank, on a numbered slip: all of them, or none.',
    body: Exact({ id: Uuid, branchId: Uuid, account: Line(80, 1), on: DateText, chequeIds: Type.Array(Uuid, { minItems: 1, maxItems: 200, uniqueItems: true }) }),
    status: 201,
    response: WholeChequeDeposit,
    problems: ['cheque_moved', 'cheque_not_due', 'cheque_day_ahead', 'cheque_day_before', 'month_closed', 'reference_unknown', 'id_taken'],
  },
})
