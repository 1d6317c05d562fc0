import { type Static, Type } from 'typebox'
import { ById, Choice, DateText, Exact, InstantText, Line, Nullable, Uuid } from './common.ts'
import { PriceBy } from './prices.ts'
import { file, routeTable } from './route.ts'

export const Amount = Type.Integer({ description: 'agorot' })
const BasisPoints = (least: number) => Type.Integer({ minimum: least, maximum: 10_000, description: '1000 is 10 %' })

/** A part of what something costs, or a sum. */
export const Measure = Type.Union([Exact({ basisPoints: BasisPoints(1) }), Exact({ agorot: Type.Integer({ minimum: 1, maximum: 100_000_000 }) })])
export type Measure = Static<typeof Measure>

/** A discount as it was given: a part of the line, or (`basisPoints` null) a sum; why, by whom and when. */
export const GivenDiscount = Exact({ basisPoints: Nullable(BasisPoints(1)), reason: Type.String(), by: Type.String(), byEn: Type.String(), at: InstantText })

/** A line of a visit's bill. */
export const BillLine = Exact({
  /** What was done; null for the one line of a visit that nobody wrote about, which costs the price of its kind. */
  procedureId: Nullable(Uuid),
  description: Type.String(),
  quantity: Type.Integer(),
  unitPriceAgorot: Amount,
  /** Off the whole line. */
  discountAgorot: Amount,
  totalAgorot: Amount,
  priceBy: PriceBy,
  discount: Nullable(GivenDiscount),
})
export type BillLine = Static<typeof BillLine>

const limits = {
  receptionist: Type.Optional(BasisPoints(0)),
  doctor: Type.Optional(BasisPoints(0)),
  hygienist: Type.Optional(BasisPoints(0)),
  accountant: Type.Optional(BasisPoints(0)),
}

export const DiscountRules = Exact({
  /** The most that a role takes off a line; what is not said is nothing. Owners have no limit. */
  limits: Exact(limits),
  /** What the clinic gives discounts for: offered, and any other may be typed. */
  reasons: Type.Array(Line(120, 1), { maxItems: 20 }),
  /** 0 until the clinic sets something of its own. */
  version: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
})
export type DiscountRules = Static<typeof DiscountRules>

/** Who gave how much. */
export const DiscountRegister = Exact({
  givers: Type.Array(Exact({ staffId: Uuid, name: Type.String(), nameEn: Type.String(), lines: Type.Integer(), grossAgorot: Amount, discountAgorot: Amount })),
})
export type DiscountRegister = Static<typeof DiscountRegister>

const days = { from: DateText, to: DateText, /** Without it all branches. */ branchId: Type.Optional(Uuid) }

export const discountRoutes = routeTable({
  'PUT /appointments/:id/discount': {
    permission: 'discount.give',
    audit: 'write',
    summary: "Give a discount on a line of a visit's bill, up to one's limit, or take it away (`discount` null), until a document tells the line. Answers with the lines.",
    params: ById,
    body: Exact({
      procedureId: Nullable(Uuid),
      discount: Nullable(Exact({ off: Measure, reason: Line(120, 1) })),
    }),
    status: 200,
    response: Exact({ lines: Type.Array(BillLine), totalAgorot: Amount }),
    problems: ['discount_exceeds_line', 'discount_over_limit', 'discount_needs_reason', 'nothing_to_discount', 'discount_below_paid', 'already_billed', 'reference_unknown', 'month_closed'],
  },
  'GET /discount-settings': { permission: 'settings.read', audit: 'none', summary: 'How much each role may take off a line, and the reasons that are offered.', status: 200, response: DiscountRules },
  'PUT /discount-settings': { permission: 'settings.write', audit: 'write', summary: 'Set the limits of roles, and the reasons that are offered.', body: DiscountRules, status: 200, response: DiscountRules, problems: ['stale_version'] },
  'GET /registers/discounts': {
    permission: 'report.read',
    audit: 'none', // sums, of no patient
    summary: "Who gave how much in a period of a year at most: discounts that stand, by the day on which they were given. Days are the branch's, both included.",
    query: Exact(days),
    status: 200,
    response: DiscountRegister,
    problems: ['report_period_invalid'],
  },
  'GET /registers/discounts/csv': {
    permission: 'report.read',
    audit: 'read',
    summary: 'The discounts themselves as a CSV file for a spreadsheet; sums in shekels.',
    query: Exact({ ...days, language: Choice(['he', 'en']) }),
    status: 200,
    response: file('text/csv'),
    problems: ['report_period_invalid'],
  },
})
