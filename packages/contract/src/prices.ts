import { type Static, Type } from 'typebox'
import { Agorot, DateText, Exact, Nullable, Uuid } from './common.ts'

/** Why a price is what it is: a list, or (`listId` null) a dated change of the base list; null where the base list never changed. */
export const PriceBy = Nullable(Exact({ listId: Nullable(Uuid), name: Type.String(), nameEn: Type.String(), from: Nullable(DateText) }))
export type PriceBy = Static<typeof PriceBy>

/** The base price from a day on. */
export const PriceChange = Exact({ from: DateText, priceAgorot: Agorot })
