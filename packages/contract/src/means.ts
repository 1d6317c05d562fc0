import { type Static, Type } from 'typebox'
import { Choice, DateText, Exact, InstantText, Line, Nullable, Uuid } from './common.ts'
import { Amount } from './discounts.ts'

export const paymentMethods = ['cash', 'card', 'transfer', 'bit', 'cheque'] as const

export const refundMethods = ['cash', 'card', 'transfer', 'bit'] as const

export const cardBrands = ['visa', 'mastercard', 'isracard', 'amex', 'diners', 'other'] as const

const Digits = (least: number, most: number) => Type.String({ pattern: `^[0-9]{${least},${most}}$` })

/** What the law wants written down of a cheque. One for a later day is receipted now, and its tax invoice follows on that day. */
const Cheque = Exact({ number: Digits(1, 10), bank: Digits(1, 3), branch: Digits(1, 4), account: Digits(2, 15), dueOn: DateText })
/** What the card terminal's slip says. */
const CardSlip = Exact({ brand: Nullable(Choice(cardBrands)), lastFour: Nullable(Digits(4, 4)), instalments: Type.Integer({ minimum: 1, maximum: 36 }) })

export const Means = Exact({
  id: Uuid,
  method: Choice(paymentMethods),
  amountAgorot: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
  /** The terminal's approval, the transfer's or the app's number. */
  reference: Type.Optional(Line(120)),
  /** Of a cheque, and of nothing else. */
  cheque: Type.Optional(Cheque),
  /** Of a card, and of nothing else. */
  card: Type.Optional(CardSlip),
})
export type Means = Static<typeof Means>

/** Money that is given back by one means. */
const MoneyBack = Exact({
  method: Choice(refundMethods),
  amountAgorot: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
  /** The terminal's approval, which a card must have; the transfer's or the app's number. */
  reference: Type.Optional(Line(120)),
})
export type MoneyBack = Static<typeof MoneyBack>

/** Given back at once, on one voucher (410) of the given id. */
export const RefundRequest = Exact({
  id: Uuid,
  branchId: Type.Optional(Type.String({ ...Uuid, description: "the branch whose desk gives the money; without it the document's" })),
  means: Type.Array(MoneyBack, { minItems: 1, maxItems: 8 }),
})

/** Money that came. */
export const Payment = Exact({
  id: Uuid,
  patientId: Uuid,
  appointmentId: Nullable(Uuid),
  /** The document that receipts it; null until that is issued. */
  invoiceId: Nullable(Uuid),
  method: Choice(paymentMethods),
  amountAgorot: Amount,
  reference: Type.String(),
  cheque: Nullable(Cheque),
  card: Nullable(CardSlip),
  receivedAt: InstantText,
  /** Whether it came by a payment link: at the provider, not at a desk. */
  byLink: Type.Boolean(),
})
export type Payment = Static<typeof Payment>
