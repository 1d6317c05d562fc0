import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainDate } from '../time.ts'
import { largestSum } from './agorot.ts'
import { vatOfGross, vatRateOn } from './vat.ts'

const rates = [
  { validFrom: plainDate('2025-01-01'), basisPoints: 1800 },
  { validFrom: plainDate('2015-10-01'), basisPoints: 1700 },
]
const sums = fc.integer({ min: -largestSum, max: largestSum })
const anyRate = fc.integer({ min: 0, max: 5000 })

describe('the VAT inside a price', () => {
  it('is 18/118 of it, half an agora up', () => {
    expect(vatOfGross(11_800, 1800)).toEqual({ net: 10_000, vat: 1_800 })
    expect(vatOfGross(100, 1800)).toEqual({ net: 85, vat: 15 }) // 15.25
    expect(vatOfGross(59, 1800)).toEqual({ net: 50, vat: 9 })
    expect(vatOfGross(23, 1800)).toEqual({ net: 19, vat: 4 }) // 3.508
    expect(vatOfGross(3, 2000)).toEqual({ net: 2, vat: 1 }) // exactly one half
  })

  it('adds up with the net to the price, whatever the price and the rate', () => {
    fc.assert(fc.property(sums, anyRate, (gross, rate) => {
      const { net, vat } = vatOfGross(gross, rate)
      expect(net + vat).toBe(gross)
      expect(Number.isSafeInteger(vat)).toBe(true)
    }))
  })

  it('is never more than half an agora from the exact part', () => {
    fc.assert(fc.property(sums, anyRate, (gross, rate) => {
      const twiceError = 2n * (BigInt(vatOfGross(gross, rate).vat) * BigInt(10_000 + rate) - BigInt(gross) * BigInt(rate))
      expect(twiceError <= BigInt(10_000 + rate) && -twiceError <= BigInt(10_000 + rate)).toBe(true)
    }))
  })

  it('of a credit mirrors that of the charge', () => {
    fc.assert(fc.property(sums, anyRate, (gross, rate) => {
      expect(vatOfGross(-gross, rate).vat + vatOfGross(gross, rate).vat).toBe(0)
    }))
  })

  it('refuses a broken sum and a rate that cannot be', () => {
    expect(() => vatOfGross(10.5, 1800)).toThrow(RangeError)
    expect(() => vatOfGross(Number.NaN, 1800)).toThrow(RangeError)
    expect(() => vatOfGross(100, 0.18)).toThrow(RangeError)
    expect(() => vatOfGross(100, -1)).toThrow(RangeError)
  })
})

describe('the rate of a day', () => {
  it('changes on the first day of the new one', () => {
    expect(vatRateOn(rates, plainDate('2024-12-31'))).toBe(1700)
    expect(vatRateOn(rates, plainDate('2025-01-01'))).toBe(1800)
    expect(vatRateOn(rates, plainDate('2026-11-22'))).toBe(1800)
  })

  it('is an error before the table begins, not zero', () => {
    expect(() => vatRateOn(rates, plainDate('2015-09-30'))).toThrow(RangeError)
    expect(() => vatRateOn([], plainDate('2026-01-01'))).toThrow(RangeError)
  })
})
