import { type Agorot, divideRounding } from '../money/agorot.ts'
import type { HealthFund } from '../patients/details.ts'

/** A price that holds from a day on; the day is the branch's, as ISO (`2026-12-01`). */
export interface PriceChange {
  from: string
  /** VAT included. */
  priceAgorot: Agorot
}

/** An item of the base list: its price until the first change, and the changes. */
export interface PricedItem {
  id: string
  priceAgorot: Agorot
  changes: readonly PriceChange[]
}

/** To which whole agorot a share of a price is rounded: an agora, ten of them, a shekel, five, ten. */
export const priceSteps = [1, 10, 100, 500, 1_000] as const
export type PriceStep = (typeof priceSteps)[number]

/** The dearest that one item may be, in agorot, and the largest share, in basis points of the base price. */
export const dearest: Agorot = 100_000_000
export const largestShare = 30_000

/** Prices that differ from the base list for some visits. What is not named (null, no practitioner) is any. */
export interface PriceList {
  id: string
  name: string
  nameEn: string
  branchId: string | null
  practitionerIds: readonly string[]
  /** The patient's. */
  healthFund: HealthFund | null
  /** First and last day of visits that it holds for, as ISO; both belong to it. */
  validFrom: string | null
  validUntil: string | null
  active: boolean
  /** Of the base price, for items that have no price of their own here: 8000 is four fifths. Null leaves them to other lists. */
  shareBasisPoints: number | null
  roundToAgorot: PriceStep
  prices: readonly { priceItemId: string; priceAgorot: Agorot }[]
}

/** What a price hangs on. `on` is the day of the visit on the branch's wall, as ISO. */
export interface PriceFacts {
  branchId: string
  practitionerId: string | null
  healthFund: HealthFund | null
  on: string
}

/** Why a price is what it is: a list, or a dated change of the base list (`listId` null). */
export interface PriceReason {
  listId: string | null
  name: string
  nameEn: string
  from: string | null
}

export interface ProposedPrice {
  priceAgorot: Agorot
  /** Null: the base list, unchanged. */
  by: PriceReason | null
}

/** A share of a price to the nearest `step` of agorot, halves up; never above `dearest`. @param basisPoints 0 to `largestShare`; 10000 is the price itself. */
export const shareOf = (price: Agorot, basisPoints: number, step: number): Agorot =>
  Math.min(dearest, divideRounding(price * basisPoints, 10_000 * step) * step)
