import { sql } from 'kysely'
import { costOf, discountKept, type OffPrice } from '@yoman/domain/invoices/discount'
import type { PriceFacts, PriceReason } from '@yoman/domain/prices/price-list'
import { proposePrice } from '@yoman/domain/prices/propose'
import type { Db } from '../database.ts'
import { loadPriceBook } from './proposals.ts'

/** The price of its kind, that a visit without an encounter costs: which item, and what its price hangs on. */
export interface Usual extends PriceFacts {
  priceItemId: string
}

/** The same as Postgres reads it from `a`, the visit, and `p`, its patient; null where its kind has no price. */
export const usualJson = sql`(select jsonb_build_object('priceItemId', t.price_item_id, 'branchId', a.branch_id, 'practitionerId', a.practitioner_id, 'healthFund', p.health_fund,
    'on', to_char(a.starts_at at time zone z.time_zone, 'YYYY-MM-DD'))
  from visit_type t join branch z on z.clinic_id = t.clinic_id and z.id = a.branch_id
  where t.clinic_id = a.clinic_id and t.id = a.visit_type_id and t.price_item_id is not null)`

export interface UsualPrice {
  priceAgorot: number
  by: PriceReason | null
}

/** What each costs, in the order of `usuals`; nothing where there is no price. */
export async function usualPrices(db: Db, usuals: readonly (Usual | null)[]): Promise<UsualPrice[]> {
  const ids = [...new Set(usuals.flatMap((usual) => usual?.priceItemId ?? []))]
  if (ids.length === 0) return usuals.map(() => ({ priceAgorot: 0, by: null }))
  const { items, lists } = await loadPriceBook(db, ids)
  return usuals.map((usual) => {
    const item = items.find(({ id }) => id === usual?.priceItemId)
    return usual && item ? proposePrice(item, lists, usual) : { priceAgorot: 0, by: null }
  })
}

/** What such a visit costs by its price and what was taken off it; nothing where its kind has no price. */
export const costOfUsual = (price: Pick<UsualPrice, 'priceAgorot'> | undefined, off: OffPrice | null): number => {
  const unitPrice = price?.priceAgorot ?? 0
  return costOf({ quantity: 1, unitPrice, discount: off === null ? 0 : discountKept(unitPrice, off) })
}
