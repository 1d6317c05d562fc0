import { Temporal } from 'temporal-polyfill'
import type { PlainDate } from '../time.ts'
import { divideRounding, requireAgorot, type Agorot } from './agorot.ts'

/** A rate of value added tax and the day it began. Basis points: 1800 is 18 %. */
export interface VatRate {
  validFrom: PlainDate
  basisPoints: number
}

/** A sum taken apart: `net + vat` is the sum again, to the agora. */
export interface VatSplit {
  net: Agorot
  vat: Agorot
}

const wholeInBasisPoints = 10_000

/**
 * The rate of the tax point, in basis points. For services that is the day the money is received (VAT Law §24, §29),
 * not the day of the visit. Throws RangeError when the table begins later: a missing rate must never look like 0 %.
 */
export function vatRateOn(rates: readonly VatRate[], taxPoint: PlainDate): number {
  const begun = rates.filter((rate) => Temporal.PlainDate.compare(rate.validFrom, taxPoint) <= 0)
  const latest = begun.toSorted((a, b) => Temporal.PlainDate.compare(b.validFrom, a.validFrom))[0]
  if (!latest) throw new RangeError(`no VAT rate known for ${taxPoint.toString()}`)
  return latest.basisPoints
}

/** The VAT inside a sum that includes it: half an agora goes up, a negative sum mirrors the positive one. */
export function vatOfGross(gross: Agorot, basisPoints: number): VatSplit {
  const vat = divideRounding(requireAgorot(gross) * requireRate(basisPoints), wholeInBasisPoints + basisPoints)
  return { net: gross - vat, vat }
}

/** Above 50 % it is a typing mistake, and the product with the largest sum would no longer be exact. */
function requireRate(basisPoints: number): number {
  if (!Number.isInteger(basisPoints) || basisPoints < 0 || basisPoints > 5_000) throw new RangeError(`not a VAT rate: ${basisPoints}`)
  return basisPoints
}
