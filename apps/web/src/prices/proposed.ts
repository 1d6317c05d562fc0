import type { PriceBy } from '@yoman/contract/prices'
import type { ProposedPrices } from '@yoman/contract/price-lists'

/** A price as it is proposed; while it is not known yet, the base list's. */
export interface Proposal {
  priceAgorot: number
  by: PriceBy
}

/** What an item costs here, and why. */
export const proposalOf = (prices: ProposedPrices | undefined, item: { id: string; priceAgorot: number }): Proposal =>
  prices?.items.find(({ priceItemId }) => priceItemId === item.id) ?? { priceAgorot: item.priceAgorot, by: null }
