import fc from 'fast-check'
import { expect, it } from 'vitest'
import { divideRounding } from './agorot.ts'
import { Refusal } from '../refusal.ts'
import { plainDate } from '../time.ts'
import { cashLimitOn, mostInCash, requireLawfulCash, roundCash } from './cash.ts'
import { distribute } from './distribute.ts'

it('rounds cash to ten agorot: 1-4 down, 5-9 up', () => {
  expect([10_001, 10_004, 10_005, 10_009, 10_010].map(roundCash)).toEqual([10_000, 10_000, 10_010, 10_010, 10_010])
})

const limits = [
  { validFrom: plainDate('2022-08-01'), freePrice: 600_000, shareBasisPoints: 1_000, most: 600_000 },
  { validFrom: plainDate('2019-01-01'), freePrice: 1_100_000, shareBasisPoints: 1_000, most: 1_100_000 },
]
const limit = cashLimitOn(limits, plainDate('2026-11-22'))

it('allows cash up to 6,000 shekels, and above that price only a tenth of it', () => {
  expect(mostInCash(600_000, limit)).toBe(600_000)
  expect(mostInCash(600_001, limit)).toBe(60_000)
  expect(mostInCash(6_000_000, limit)).toBe(600_000)
  expect(mostInCash(60_000_000, limit)).toBe(600_000)
})

it('takes the limit of the day, and none from before the law', () => {
  expect(mostInCash(1_000_000, cashLimitOn(limits, plainDate('2022-07-31')))).toBe(1_000_000)
  expect(mostInCash(1_000_000, cashLimitOn(limits, plainDate('2022-08-01')))).toBe(100_000)
  expect(() => cashLimitOn(limits, plainDate('2018-12-31'))).toThrow(RangeError)
})

it('counts the cash of the whole deal, not of one payment', () => {
  const most = (deal: Parameters<typeof requireLawfulCash>[0], cash: number): unknown => {
    try {
      requireLawfulCash(deal, cash, limit)
      return 'allowed'
    } catch (error) {
      if (error instanceof Refusal) return error.params['most']
      throw error
    }
  }
  expect(most({ least: 2_000_000, most: 2_000_000, cashBefore: 150_000 }, 50_000)).toBe('allowed')
  expect(most({ least: 2_000_000, most: 2_000_000, cashBefore: 150_000 }, 50_010)).toBe(50_000)
  expect(most({ least: 500_000, most: 700_000, cashBefore: 0 }, 70_010)).toBe(70_000)
  expect(most({ least: 10_006, most: 10_006, cashBefore: 0 }, 10_010)).toBe('allowed')
  expect(most({ least: 700_000, most: 700_000, cashBefore: 90_000 }, 10)).toBe(0)
  expect(most({ least: 700_000, most: 700_000, cashBefore: 90_000 }, 0)).toBe('allowed')
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
