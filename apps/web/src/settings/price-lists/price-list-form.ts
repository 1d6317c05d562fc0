import type { PriceList } from '@yoman/contract/price-lists'
import { largestShare, priceSteps } from '@yoman/domain/prices/price-list'
import { readPrice, typedPrice } from '../prices/read-price.ts'
import { readPercent, typedPercent } from './read-percent.ts'

/** The choice that stands for "any". */
export const any = 'any'
export type RoundWord = `${(typeof priceSteps)[number]}`
export const roundWords = priceSteps.map((step) => `${step}` as RoundWord) // a template of a number says no more than string

/** A price list as its form holds it; prices as typed, by item. */
export const priceListForm = (of: PriceList | null) => ({
  name: of?.name ?? '',
  nameEn: of?.nameEn ?? '',
  branchId: (of?.branchId ?? any) as string | null,
  healthFund: (of?.healthFund ?? any) as NonNullable<PriceList['healthFund']> | typeof any | null,
  practitionerIds: of?.practitionerIds ?? [],
  validFrom: of?.validFrom ?? null,
  validUntil: of?.validUntil ?? null,
  share: of?.shareBasisPoints == null ? '' : typedPercent(of.shareBasisPoints),
  round: `${of?.roundToAgorot ?? 100}` as RoundWord | null, // as above
  prices: Object.fromEntries((of?.prices ?? []).map(({ priceItemId, priceAgorot }) => [priceItemId, typedPrice(priceAgorot)])) as Record<string, string>,
  active: of?.active ?? true,
})
export type PriceListForm = ReturnType<typeof priceListForm>

type Body = Omit<PriceList, 'id' | 'active' | 'version'>

/** What the contract takes, or what is wrong: `name`, `share`, or the id of the item whose price cannot be read. */
export function priceListBody(form: PriceListForm): { body: Body } | { wrong: 'name' | 'share' } | { wrongItem: string } {
  if (form.name.trim() === '') return { wrong: 'name' }
  const share = form.share.trim() === '' ? null : readPercent(form.share)
  if (share === undefined || (share !== null && (share < 0 || share > largestShare))) return { wrong: 'share' }
  const prices: Body['prices'] = []
  for (const [priceItemId, typed] of Object.entries(form.prices)) {
    if (typed.trim() === '') continue
    const priceAgorot = readPrice(typed)
    if (priceAgorot === null) return { wrongItem: priceItemId }
    prices.push({ priceItemId, priceAgorot })
  }
  return {
    body: {
      name: form.name.trim(), nameEn: form.nameEn.trim(), branchId: chosen(form.branchId), practitionerIds: form.practitionerIds, healthFund: chosen(form.healthFund),
      validFrom: form.validFrom, validUntil: form.validUntil, shareBasisPoints: share, roundToAgorot: priceSteps.find((step) => `${step}` === form.round) ?? 1, prices,
    },
  }
}

const chosen = <T extends string>(value: T | typeof any | null): Exclude<T, typeof any> | null => (value === any || value === null ? null : (value as Exclude<T, typeof any>)) // `any` is gone
