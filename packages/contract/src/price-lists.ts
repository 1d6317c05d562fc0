import { type Static, Type } from 'typebox'
import { dearest, largestShare } from '@yoman/domain/prices/price-list'
import { Agorot, ById, Choice, DateText, Exact, Line, Nullable, Uuid, Version } from './common.ts'
import { healthFunds } from './patients.ts'
import { PriceBy } from './prices.ts'
import { routeTable } from './route.ts'

const Rounding = Type.Union([Type.Literal(1), Type.Literal(10), Type.Literal(100), Type.Literal(500), Type.Literal(1_000)])

const fields = {
  name: Line(120, 1),
  nameEn: Line(120),
  /** What is null or empty is any. */
  branchId: Nullable(Uuid),
  practitionerIds: Type.Array(Uuid, { maxItems: 200, uniqueItems: true }),
  healthFund: Nullable(Choice(healthFunds)),
  /** First and last day of visits that it holds for, on the branch's wall. */
  validFrom: Nullable(DateText),
  validUntil: Nullable(DateText),
  shareBasisPoints: Nullable(Type.Integer({ minimum: 0, maximum: largestShare, description: 'of the base price, for items without a price of their own: 8000 is 80 %; null leaves them to other lists' })),
  roundToAgorot: Rounding,
  prices: Type.Array(Exact({ priceItemId: Uuid, priceAgorot: Type.Integer({ minimum: 0, maximum: dearest }) }), { maxItems: 2_000 }),
}
/** Prices that differ from the base list for some visits. */
export const PriceList = Exact({ id: Uuid, ...fields, active: Type.Boolean(), version: Version })
export type PriceList = Static<typeof PriceList>

export const ProposedPrices = Exact({
  /** The day that they are meant for. */
  on: DateText,
  items: Type.Array(Exact({ priceItemId: Uuid, priceAgorot: Agorot, by: PriceBy })),
})
export type ProposedPrices = Static<typeof ProposedPrices>

const listProblems = ['price_list_dates_wrong', 'price_twice', 'reference_unknown'] as const
const listLimit = 512 * 1024

export const priceListRoutes = routeTable({
  'GET /price-lists': { permission: 'settings.read', audit: 'none', summary: 'All price lists beside the base list, those out of use too.', status: 200, response: Exact({ items: Type.Array(PriceList) }) },
  'POST /price-lists': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Add a price list: by branch, practitioners, health fund and days; what it names decides which list wins.',
    body: Exact({ id: Uuid, ...fields }),
    bodyLimit: listLimit,
    status: 201,
    response: PriceList,
    problems: [...listProblems, 'id_taken'],
  },
  'PUT /price-lists/:id': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Write a price list anew, or put it out of use. What was done and what was agreed keep their prices.',
    params: ById,
    body: Exact({ version: Version, ...fields, active: Type.Boolean() }),
    bodyLimit: listLimit,
    status: 200,
    response: PriceList,
    problems: [...listProblems, 'stale_version'],
  },
  'POST /price-raises': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'A new base price for every item in use, from a day on: so many basis points more than the day before (or less), rounded. Again for the same day: the same, once.',
    body: Exact({ from: DateText, basisPoints: Type.Integer({ minimum: -9_000, maximum: 10_000 }), roundToAgorot: Rounding }),
    status: 201,
    response: Exact({ items: Type.Integer({ description: 'whose price is another from that day on' }) }),
  },
  'GET /encounters/:id/prices': {
    permission: 'note.read',
    audit: 'read', // prices tell the patient's health fund
    summary: "What each item in use costs in this encounter, by the lists that hold on its visit's day, and why.",
    params: ById,
    status: 200,
    response: ProposedPrices,
  },
  'GET /patients/:id/prices': {
    permission: 'plan.read',
    audit: 'read',
    summary: 'What each item in use costs this patient today, at a branch and with a practitioner where one is named, and why.',
    params: ById,
    query: Exact({ branchId: Uuid, practitionerId: Type.Optional(Uuid) }),
    status: 200,
    response: ProposedPrices,
  },
})
