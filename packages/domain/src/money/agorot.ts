/** A sum of money in agorot, the hundredth part of a shekel: always a whole number, up to a milliard shekels either way. */
export type Agorot = number

export const largestSum: Agorot = 100_000_000_000

/** Throws RangeError unless `sum` is a whole number of agorot within `largestSum`: beyond it products would lose digits. */
export function requireAgorot(sum: Agorot): Agorot {
  if (!Number.isSafeInteger(sum) || Math.abs(sum) > largestSum) throw new RangeError(`not a sum in agorot: ${sum}`)
  return sum
}

/** `numerator / denominator` to the nearest whole number, halves away from zero, so that a credit mirrors its charge. */
export function divideRounding(numerator: number, denominator: number): number {
  const size = Math.abs(numerator)
  const rest = size % denominator
  const whole = (size - rest) / denominator + (rest * 2 >= denominator ? 1 : 0)
  return numerator < 0 && whole > 0 ? -whole : whole
}

export const sumOf = (sums: readonly Agorot[]): Agorot => requireAgorot(sums.reduce((total, sum) => total + sum, 0))
