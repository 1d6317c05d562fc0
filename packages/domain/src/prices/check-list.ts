import { Refusal } from '../refusal.ts'
import type { PriceChange, PriceList } from './price-list.ts'

/** Throws `price_list_dates_wrong` where the list ends before it begins, `price_twice` where an item has two prices in it. */
export function checkPriceList({ validFrom, validUntil, prices }: Pick<PriceList, 'validFrom' | 'validUntil' | 'prices'>): void {
  if (validFrom !== null && validUntil !== null && validUntil < validFrom) throw new Refusal('price_list_dates_wrong')
  if (new Set(prices.map(({ priceItemId }) => priceItemId)).size < prices.length) throw new Refusal('price_twice')
}

/** Throws `price_twice` where a base price changes twice on one day. */
export function checkPriceChanges(changes: readonly PriceChange[]): void {
  if (new Set(changes.map(({ from }) => from)).size < changes.length) throw new Refusal('price_twice')
}
