import { replacePriceChanges } from '@yoman/db/prices/lists'
import { loadPriceBook } from '@yoman/db/prices/proposals'
import { saveVersion } from '@yoman/db/save-version'
import { findPriceItem } from '@yoman/db/settings/queries'
import { allow } from '@yoman/domain/access'
import { type PriceStep, shareOf } from '@yoman/domain/prices/price-list'
import { basePrice } from '@yoman/domain/prices/propose'
import { plainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

/**
 * A new base price for every item in use, from a day (ISO) on: that of the day before and so many basis points more (or, below nothing,
 * less), rounded. Asked for twice it is raised once, for a change of that day gives way. What was done and agreed keeps its price.
 * @returns of how many items the price is another now
 */
export function raisePrices(ctx: Context, { from, basisPoints, roundToAgorot }: { from: string; basisPoints: number; roundToAgorot: PriceStep }): Promise<number> {
  allow(ctx.actor, 'settings.write')
  const before = plainDate(from).subtract({ days: 1 }).toString()
  return transact(ctx, async (tx) => {
    const { items } = await loadPriceBook(tx, null)
    let raised = 0
    for (const item of items.filter(({ active }) => active)) {
      const old = basePrice(item, before).priceAgorot
      const priceAgorot = shareOf(old, 10_000 + basisPoints, roundToAgorot)
      const others = item.changes.filter((change) => change.from !== from)
      const same = item.changes.some((change) => change.from === from && change.priceAgorot === priceAgorot)
      if (same || (priceAgorot === old && others.length === item.changes.length)) continue
      await saveVersion(tx, 'price_item', item.id, (await findPriceItem(tx, item.id))?.version ?? 0, {})
      await replacePriceChanges(tx, ctx.clinicId, item.id, priceAgorot === old ? others : [...others, { from, priceAgorot }])
      await recordEvents(tx, ctx, [{ name: 'price_item.changed', subject: { type: 'price_item', id: item.id }, details: { from } }])
      raised += 1
    }
    return raised
  })
}
