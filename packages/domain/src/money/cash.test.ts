import fc from 'fast-check'
import { expect, it } from 'vitest'
import { divideRounding } from './agorot.ts'
import { mostInCash, roundCash } from './cash.ts'
import { distribute } from './distribute.ts'

it('rounds cash to ten agorot: 1-4 down, 5-9 up', () => {
  expect([10_001, 10_004, 10_005, 10_009, 10_010].map(roundCash)).toEqual([10_000, 10_000, 10_010, 10_010, 10_010])
})

it('allows cash up to 6,000 shekels, and above that price only a tenth of it', () => {
  expect(mostInCash(600_000)).toBe(600_000)
  expect(mostInCash(600_001)).toBe(60_000)
  expect(mostInCash(6_000_000)).toBe(600_000)
  expect(mostInCash(60_000_000)).toBe(600_000)
})

it('rounds a half away from zero', () => {
  expect([5, -5, 4, -4, 0].map((n) => divideRounding(n, 10))).toEqual([1, -1, 0, 0, 0])
})

it('shares a remainder out one agora at a time', () => {
  expect(distribute(100, [1, 1, 1])).toEqual([33, 34, 33])
  expect(distribute(5, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1])).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0])
  expect(distribute(-100, [1, 1, 1])).toEqual([-33, -34, -33])
})

it('shares out exactly the total, each part within an agora of fair', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 40 }).filter((all) => all.some((weight) => weight > 0))
  fc.assert(fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), weights, (total, all) => {
    const shares = distribute(total, all)
    const whole = all.reduce((sum, weight) => sum + weight, 0)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total)
    shares.forEach((share, index) => expect(Math.abs(share - (total * (all[index] ?? 0)) / whole)).toBeLessThanOrEqual(1))
  }))
})

it('refuses to share among nobody', () => {
  expect(() => distribute(100, [])).toThrow(RangeError)
  expect(() => distribute(100, [0, 0])).toThrow(RangeError)
  expect(() => distribute(100, [1, -1])).toThrow(RangeError)
})
