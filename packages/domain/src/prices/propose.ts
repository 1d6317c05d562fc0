import type { Agorot } from '../money/agorot.ts'
import { type PricedItem, type PriceFacts, type PriceList, type PriceReason, type ProposedPrice, shareOf } from './price-list.ts'

/**
 * The price of an item for a visit (R20; docs/adr/0044). Of the lists that hold for the visit and say something of the item the most
 * specific decides; where none does, the base list as it stands on the visit's day.
 */
export function proposePrice(item: PricedItem, lists: readonly PriceList[], facts: PriceFacts): ProposedPrice {
  const base = basePrice(item, facts.on)
  let best: { list: PriceList; priceAgorot: Agorot } | undefined
  for (const list of lists) {
    const priceAgorot = holdsFor(list, facts) ? priceIn(list, item, base.priceAgorot) : null
    if (priceAgorot !== null && (!best || comesBefore({ list, priceAgorot }, best))) best = { list, priceAgorot }
  }
  return best ? { priceAgorot: best.priceAgorot, by: reasonOf(best.list) } : base
}

/** The base list's price on a day (ISO): that of the last change whose day has come. */
export function basePrice({ priceAgorot, changes }: Pick<PricedItem, 'priceAgorot' | 'changes'>, on: string): ProposedPrice {
  let last: PricedItem['changes'][number] | undefined
  for (const change of changes) if (change.from <= on && (!last || change.from > last.from)) last = change
  return last ? { priceAgorot: last.priceAgorot, by: { listId: null, name: '', nameEn: '', from: last.from } } : { priceAgorot, by: null }
}

/** Whether a list is meant for a visit: it is in use, the day is one of its days, and whatever it names is the visit's. */
export const holdsFor = (list: PriceList, { branchId, practitionerId, healthFund, on }: PriceFacts): boolean =>
  list.active &&
  (list.validFrom === null || list.validFrom <= on) &&
  (list.validUntil === null || on <= list.validUntil) &&
  (list.branchId === null || list.branchId === branchId) &&
  (list.healthFund === null || list.healthFund === healthFund) &&
  (list.practitionerIds.length === 0 || (practitionerId !== null && list.practitionerIds.includes(practitionerId)))

/** What a list says of an item: its own price there, else a share of the base price; null where it says nothing. @param base of the visit's day */
export function priceIn(list: Pick<PriceList, 'prices' | 'shareBasisPoints' | 'roundToAgorot'>, { id }: Pick<PricedItem, 'id'>, base: Agorot): Agorot | null {
  const own = list.prices.find(({ priceItemId }) => priceItemId === id)
  if (own) return own.priceAgorot
  return list.shareBasisPoints === null ? null : shareOf(base, list.shareBasisPoints, list.roundToAgorot)
}

/** How much a list names: the health fund counts for more than the practitioner, and they for more than the branch. */
export const weightOf = (list: Pick<PriceList, 'healthFund' | 'practitionerIds' | 'branchId'>): number =>
  (list.healthFund === null ? 0 : 4) + (list.practitionerIds.length === 0 ? 0 : 2) + (list.branchId === null ? 0 : 1)

interface Candidate {
  list: PriceList
  priceAgorot: Agorot
}

/** Names more; else begins later; else is cheaper for the patient; else by id, so that two lists never take turns. */
function comesBefore(a: Candidate, b: Candidate): boolean {
  const byWeight = weightOf(b.list) - weightOf(a.list)
  if (byWeight !== 0) return byWeight < 0
  const [fromA, fromB] = [a.list.validFrom ?? '', b.list.validFrom ?? '']
  if (fromA !== fromB) return fromA > fromB
  if (a.priceAgorot !== b.priceAgorot) return a.priceAgorot < b.priceAgorot
  return a.list.id < b.list.id
}

const reasonOf = ({ id, name, nameEn, validFrom }: PriceList): PriceReason => ({ listId: id, name, nameEn, from: validFrom })
