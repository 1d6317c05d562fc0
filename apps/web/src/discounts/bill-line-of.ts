import type { BillLine } from '@yoman/contract/discounts'
import type { Encounter } from '@yoman/contract/encounters'

/** A procedure as the line of the bill that it is; the room is not told who gave its discount. */
export const billLineOf = (one: Encounter['procedures'][number]): BillLine => ({
  procedureId: one.id, description: one.description, quantity: one.quantity, unitPriceAgorot: one.unitPriceAgorot, discountAgorot: one.discountAgorot,
  totalAgorot: one.quantity * one.unitPriceAgorot - one.discountAgorot, priceBy: one.priceBy,
  discount: one.discountAgorot > 0 ? { basisPoints: one.discountBasisPoints, reason: one.discountReason, by: '', byEn: '', at: '' } : null,
})
