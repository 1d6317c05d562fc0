import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../refusal.ts'
import type { PlainDate } from '../time.ts'
import { divideRounding, requireAgorot, type Agorot } from './agorot.ts'

/** Since the 5-agorot coin went, cash is paid in tens of agorot: 1-4 down, 5-9 up (Bank of Israel). Only cash; prices, cards and books stay exact. */
export const roundCash = (sum: Agorot): Agorot => divideRounding(requireAgorot(sum), 10) * 10

/** What the law allows in cash from a day on (Law for Reducing the Use of Cash, §2 and first schedule). */
export interface CashLimit {
  validFrom: PlainDate
  /** Up to this price, VAT included, a deal may be paid wholly in cash. */
  freePrice: Agorot
  /** Above it, this part of the price: 1000 is a tenth. */
  shareBasisPoints: number
  /** And never more than this. */
  most: Agorot
}

/** Throws RangeError where no limit of that day is known and there should be one: the table begins with the law. */
export function cashLimitOn(limits: readonly CashLimit[], day: PlainDate): CashLimit {
  const begun = limits.filter(({ validFrom }) => Temporal.PlainDate.compare(validFrom, day) <= 0)
  const latest = begun.toSorted((a, b) => Temporal.PlainDate.compare(b.validFrom, a.validFrom))[0]
  if (!latest) throw new RangeError(`no limit on cash known for ${day.toString()}`)
  return latest
}

/** The most that may be taken in cash for a deal of this price, VAT included. The deal is the whole treatment plan, not the visit. */
export function mostInCash(price: Agorot, { freePrice, shareBasisPoints, most }: CashLimit): Agorot {
  requireAgorot(price)
  return price <= freePrice ? price : Math.min(Math.floor((price * shareBasisPoints) / 10_000), most)
}

/** What a patient and a clinic agreed on: a treatment plan with its visits, or the one visit where there is no plan. */
export interface Deal {
  /** Prices may be told as a range; both ends are the same where they are not. */
  least: Agorot
  most: Agorot
  /** What was taken in cash for it so far. */
  cashBefore: Agorot
}

/**
 * Refuses `cash_over_legal_limit` when `cash` more would be above what the law allows for the deal on that day. Of a price in a range the
 * stricter end counts. `cash` is what changes hands, in tens of agorot, so the limit is rounded as cash is.
 */
export function requireLawfulCash(deal: Deal, cash: Agorot, limit: CashLimit): void {
  if (cash === 0) return
  const most = Math.min(mostInCash(deal.least, limit), mostInCash(deal.most, limit))
  if (deal.cashBefore + cash > roundCash(most)) throw new Refusal('cash_over_legal_limit', { most: Math.max(most - deal.cashBefore, 0) })
}
