import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Role } from '../access.ts'
import { sumOf } from '../money/agorot.ts'
import { refusal } from '../refusal.fixture.ts'
import { costOf, costOfAll, discountCounted, discountKept, discountOn, giveDiscount, grossOf, mostOff, type Off, piecesOf } from './discount.ts'

const off: fc.Arbitrary<Off> = fc.oneof(fc.record({ basisPoints: fc.integer({ min: 1, max: 10_000 }) }), fc.record({ agorot: fc.integer({ min: 1, max: 100_000_000 }) }))
const priced = fc.record({ quantity: fc.integer({ min: 1, max: 99 }), unitPrice: fc.integer({ min: 0, max: 100_000_000 }) })
const as = (...roles: Role[]) => ({ roles })
const limits = { receptionist: 1_000, doctor: 2_000 }

describe('what a line costs', () => {
  it('is its pieces less what is off them, half an agora in favour of the payer', () => {
    expect([discountOn(18_000, { basisPoints: 1_000 }), discountOn(5, { basisPoints: 1_000 }), discountOn(4, { basisPoints: 1_000 }), discountOn(100, { agorot: 30 })]).toEqual([1_800, 1, 0, 30])
    expect(costOf({ quantity: 3, unitPrice: 100, discount: 30 })).toBe(270)
    expect(costOf({ quantity: 3, unitPrice: 100 })).toBe(300)
    for (const discount of [-1, 301, 0.5]) expect(() => costOf({ quantity: 3, unitPrice: 100, discount })).toThrow(RangeError)
  })

  it('is never below nothing nor above its price, whatever is taken off, and all lines are the sum of them', () => {
    fc.assert(fc.property(fc.array(fc.tuple(priced, off), { minLength: 1, maxLength: 5 }), (all) => {
      const lines = all.map(([line, by]) => ({ ...line, discount: discountOn(grossOf(line), by) }))
      for (const line of lines) {
        expect(line.discount).toBeGreaterThanOrEqual(0)
        expect(line.discount).toBeLessThanOrEqual(grossOf(line))
        expect(costOf(line) + line.discount).toBe(grossOf(line))
      }
      expect(costOfAll(lines)).toBe(sumOf(lines.map(grossOf)) - sumOf(lines.map(({ discount }) => discount)))
    }))
  })
})

describe('whoever gives a discount', () => {
  const give = (by: Off, who: { roles: Role[] }, reason = 'קרוב משפחה') => refusal(() => giveDiscount(18_000, { off: by, reason }, who, limits))

  it('gives up to the highest limit of what they are; an owner any', () => {
    expect([mostOff(['receptionist'], limits), mostOff(['receptionist', 'doctor'], limits), mostOff(['hygienist'], limits), mostOff(['assistant'], limits), mostOff(['owner', 'receptionist'], limits)]).toEqual([1_000, 2_000, 0, 0, 10_000])
    expect(giveDiscount(18_000, { off: { basisPoints: 1_000 }, reason: 'r' }, as('receptionist'), limits)).toBe(1_800)
    expect(give({ basisPoints: 1_001 }, as('receptionist'))).toBe('discount_over_limit')
    expect([give({ agorot: 1_800 }, as('receptionist')), give({ agorot: 1_801 }, as('receptionist'))]).toEqual(['not refused', 'discount_over_limit'])
    expect([give({ basisPoints: 1_001 }, as('receptionist', 'doctor')), give({ basisPoints: 10_000 }, as('owner')), give({ agorot: 18_000 }, as('owner'))]).toEqual(['not refused', 'not refused', 'not refused'])
    expect(give({ basisPoints: 1 }, as('hygienist'))).toBe('discount_over_limit')
  })

  it('says why, takes no more than the line, and something', () => {
    expect(give({ basisPoints: 100 }, as('owner'), ' ')).toBe('discount_needs_reason')
    expect(give({ agorot: 18_001 }, as('owner'))).toBe('discount_exceeds_line')
    expect(refusal(() => giveDiscount(0, { off: { basisPoints: 1_000 }, reason: 'r' }, as('owner'), {}))).toBe('nothing_to_discount')
    expect(refusal(() => giveDiscount(4, { off: { basisPoints: 1_000 }, reason: 'r' }, as('owner'), {}))).toBe('nothing_to_discount')
  })
})

describe('a discount on a line that costs otherwise now', () => {
  it('is no larger part than was given, and no more agorot', () => {
    const tenth = { basisPoints: 1_000 }
    expect([discountKept(30_000, { off: tenth, was: 10_000 }), discountKept(5_000, { off: tenth, was: 10_000 }), discountKept(30_000, { off: tenth, was: null })]).toEqual([1_000, 500, 3_000])
    expect([discountKept(30_000, { off: { agorot: 500 }, was: 10_000 }), discountKept(2_000, { off: { agorot: 500 }, was: 10_000 })]).toEqual([500, 100])
    expect([discountKept(2_000, { off: { agorot: 500 }, was: null }), discountKept(300, { off: { agorot: 500 }, was: null })]).toEqual([500, 300])
  })

  it('grows with the pieces in the name of whoever may give the part, and of others is a sum', () => {
    const given = { off: { basisPoints: 2_000 }, was: 45_000 }
    expect(discountCounted(900_000, given, 2_000)).toEqual({ agorot: 180_000, off: { basisPoints: 2_000 }, anew: true })
    expect(discountCounted(900_000, given, 1_999)).toEqual({ agorot: 9_000, off: { agorot: 9_000 }, anew: false })
    expect(discountCounted(22_500, given, 0)).toEqual({ agorot: 4_500, off: { basisPoints: 2_000 }, anew: false })
    expect(discountCounted(45_000, given, 10_000)).toEqual({ agorot: 9_000, off: { basisPoints: 2_000 }, anew: false })
    expect(discountCounted(900_000, { off: { agorot: 45_000 }, was: 45_000 }, 10_000)).toEqual({ agorot: 45_000, off: { agorot: 45_000 }, anew: false })
  })

  it('is never a larger part of the line than was given, but for the half agora of a percentage, nor more', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }), off, (unitPrice, before, after, by) => {
      const [was, now] = [unitPrice * before, unitPrice * after]
      fc.pre('basisPoints' in by || by.agorot <= was)
      const kept = discountKept(now, { off: by, was })
      expect(kept).toBeGreaterThanOrEqual(0)
      if ('agorot' in by) expect(BigInt(kept) * BigInt(was) <= BigInt(by.agorot) * BigInt(now) && kept <= now).toBe(true)
      else expect(kept).toBe(Math.min(discountOn(now, by), discountOn(was, by)))
    }))
  })
})

it('gives back a discounted line piece by piece, to the agora, in whatever portions', () => {
  expect([piecesOf({ total: 100, quantity: 3 }, 0, 1), piecesOf({ total: 100, quantity: 3 }, 1, 1), piecesOf({ total: 100, quantity: 3 }, 2, 1)]).toEqual([33, 34, 33])
  fc.assert(fc.property(priced, off, fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 99 }), (line, by, portions) => {
    const total = costOf({ ...line, discount: discountOn(grossOf(line), by) })
    let [before, given] = [0, 0]
    for (const portion of [...portions, line.quantity]) {
      const pieces = Math.min(portion, line.quantity - before)
      const sum = piecesOf({ total, quantity: line.quantity }, before, pieces)
      expect(sum).toBeGreaterThanOrEqual(0)
      expect(sum).toBeLessThanOrEqual(pieces * line.unitPrice)
      before += pieces
      given += sum
    }
    expect(given).toBe(total)
  }))
  expect(() => piecesOf({ total: 100, quantity: 3 }, 2, 2)).toThrow(RangeError)
})
