import { describe, expect, it } from 'vitest'
import { afterOf, type DiscountTyped, otherReason, readDiscount, reasonOf } from './discount-typed.ts'
import { readRules } from './rules-typed.ts'

const typed = (over: Partial<DiscountTyped>): DiscountTyped => ({ how: 'percent', amount: '10', chosen: 'פיצוי', words: '', ...over })

describe('a discount as it is typed', () => {
  it('is a part of the line, or a sum up to it', () => {
    expect(readDiscount(typed({}), 18_000)).toEqual({ off: { basisPoints: 1_000 }, reason: 'פיצוי' })
    expect(readDiscount(typed({ amount: '7.5%' }), 18_000)).toMatchObject({ off: { basisPoints: 750 } })
    expect(readDiscount(typed({ how: 'sum', amount: '180' }), 18_000)).toMatchObject({ off: { agorot: 18_000 } })
    for (const amount of ['', '0', '-5', '100.01', 'x']) expect(readDiscount(typed({ amount }), 18_000)).toBe('discounts.percentWrong')
    for (const amount of ['', '0', '180.01', 'x']) expect(readDiscount(typed({ how: 'sum', amount }), 18_000)).toBe('discounts.sumWrong')
    expect([afterOf(typed({}), 18_000), afterOf(typed({ how: 'sum', amount: '50' }), 18_000), afterOf(typed({ amount: '' }), 18_000)]).toEqual([16_200, 13_000, null])
  })

  it('has a reason: one of the clinic, or words', () => {
    expect(reasonOf({ chosen: otherReason, words: ' ותיק ' })).toBe('ותיק')
    expect(reasonOf({ chosen: null, words: 'ותיק' })).toBe('ותיק')
    expect(readDiscount(typed({ chosen: null }), 18_000)).toBe('discounts.reasonMissing')
    expect(readDiscount(typed({ chosen: otherReason, words: '  ' }), 18_000)).toBe('discounts.reasonMissing')
  })
})

it('the rules are percentages by role and a reason a line', () => {
  const limits = { receptionist: '10', doctor: ' 12.5 ', hygienist: '', accountant: '0' }
  expect(readRules({ limits, reasons: ' פיצוי \n\nותיק\n' })).toEqual({ limits: { receptionist: 1_000, doctor: 1_250, hygienist: 0, accountant: 0 }, reasons: ['פיצוי', 'ותיק'] })
  for (const wrong of ['101', '-1', 'x']) expect(readRules({ limits: { ...limits, doctor: wrong }, reasons: '' })).toBeNull()
  expect(readRules({ limits, reasons: 'x'.repeat(121) })).toBeNull()
  expect(readRules({ limits, reasons: Array.from({ length: 21 }, (_, index) => String(index)).join('\n') })).toBeNull()
})
