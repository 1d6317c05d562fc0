import { divideRounding, requireAgorot, type Agorot } from './agorot.ts'

/** Since the 5-agorot coin went, cash is paid in tens of agorot: 1-4 down, 5-9 up (Bank of Israel). Only cash; prices, cards and books stay exact. */
export const roundCash = (sum: Agorot): Agorot => divideRounding(requireAgorot(sum), 10) * 10

/** 6,000 shekels: up to this price a deal may be paid wholly in cash. */
export const cashFreePrice: Agorot = 600_000

/**
 * The most that may be taken in cash for a deal of this price, VAT included: all of it up to 6,000 shekels; above, a
 * tenth of the price and never more than 6,000 (Law for Reducing the Use of Cash, §2 and first schedule). The deal is the whole treatment plan.
 */
export function mostInCash(price: Agorot): Agorot {
  requireAgorot(price)
  return price <= cashFreePrice ? price : Math.min(Math.floor(price / 10), cashFreePrice)
}
