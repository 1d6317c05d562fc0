import { divideRounding, requireAgorot, type Agorot } from './agorot.ts'

/**
 * Shares `total` out in proportion to `weights` (whole, not negative, not all zero). The shares add up to the total
 * exactly and none is more than one agora from its fair part: each is cut from the running sum, so remainders do not pile up on the last line.
 * Throws RangeError for weights that cannot carry it.
 */
export function distribute(total: Agorot, weights: readonly number[]): Agorot[] {
  requireAgorot(total)
  if (weights.some((weight) => !Number.isInteger(weight) || weight < 0)) throw new RangeError('weights must be whole and not negative')
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  if (whole === 0 || !Number.isSafeInteger(total * whole)) throw new RangeError('weights must add up to something small enough to multiply')
  let weightSoFar = 0
  let givenSoFar = 0
  return weights.map((weight) => {
    weightSoFar += weight
    const share = divideRounding(total * weightSoFar, whole) - givenSoFar
    givenSoFar += share
    return share
  })
}
