import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sumOf } from '../money/agorot.ts'
import { refusal } from '../refusal.fixture.ts'
import { costOf, costOfAll } from './discount.ts'
import { amountOf, ownCost, partBill, type PayerPart, requireOwnPart } from './payer-parts.ts'

const line = (procedureId: string, unitPrice: number, more: { quantity?: number; discount?: number } = {}) => ({ procedureId, quantity: 1, unitPrice, ...more })
const part = (organisationId: string, measure: PayerPart['part'], more: Partial<PayerPart> = {}): PayerPart => ({ organisationId, part: measure, procedureIds: null, billed: null, ...more })
const sums = (lines: readonly { amount: number }[]) => lines.map(({ amount }) => amount)

describe('a bill of which others pay a part', () => {
  const lines = [line('crown', 100_000), line('filling', 30_000, { quantity: 2, discount: 10_000 })]

  it('is divided by their part of what is done, after discounts', () => {
    const { own, parts } = partBill(lines, [part('fund', { basisPoints: 8_000 })])
    expect([sums(own), parts.map((one) => sums(one.lines))]).toEqual([[20_000, 10_000], [[80_000, 40_000]]])
  })

  it('gives a sum to its lines in proportion, and no more than they cost', () => {
    expect(sums(partBill(lines, [part('fund', { agorot: 30_000 })]).own)).toEqual([80_000, 40_000])
    expect(sums(partBill(lines, [part('fund', { agorot: 900_000 })]).own)).toEqual([0, 0])
  })

  it('is paid for those treatments alone that somebody pays for; one that is gone from the bill counts for nothing', () => {
    const { own, parts } = partBill(lines, [part('fund', { basisPoints: 5_000 }, { procedureIds: ['crown', 'gone'] })])
    expect([sums(own), sums(parts[0]?.lines ?? [])]).toEqual([[50_000, 50_000], [50_000, 0]])
    expect(sums(partBill(lines, [part('fund', { agorot: 500 }, { procedureIds: ['gone'] })]).own)).toEqual([100_000, 50_000])
    expect(sums(partBill([{ procedureId: null, quantity: 1, unitPrice: 500 }], [part('fund', { agorot: 100 }, { procedureIds: ['crown'] })]).own)).toEqual([500])
  })

  it('gives the first what two want of one line', () => {
    const { own, parts } = partBill(lines, [part('fund', { basisPoints: 7_000 }, { procedureIds: ['crown'] }), part('employer', { basisPoints: 7_000 })])
    expect([sums(own), parts.map((one) => amountOf(one.lines))]).toEqual([[0, 0], [70_000, 80_000]])
  })

  it('keeps what a document asked for, whatever the lines are now', () => {
    const asked = part('fund', { basisPoints: 8_000 }, { billed: 40_000, procedureIds: ['gone'] })
    expect(ownCost(lines, [asked])).toBe(110_000)
    expect(ownCost([line('crown', 30_000)], [asked])).toBe(0)
  })

  it('adds up to itself, line by line and to the agora, whoever pays what', () => {
    const someLine = fc.record({ quantity: fc.integer({ min: 1, max: 9 }), unitPrice: fc.integer({ min: 0, max: 900_000 }), off: fc.integer({ min: 0, max: 100 }) })
    const someMeasure = fc.oneof(fc.record({ basisPoints: fc.integer({ min: 1, max: 10_000 }) }), fc.record({ agorot: fc.integer({ min: 1, max: 2_000_000 }) }))
    const somePart = fc.record({ measure: someMeasure, of: fc.option(fc.subarray(['0', '1', '2', '3'], { minLength: 1 })), billed: fc.option(fc.integer({ min: 1, max: 2_000_000 }), { freq: 4 }) })
    fc.assert(fc.property(fc.array(someLine, { minLength: 1, maxLength: 4 }), fc.array(somePart, { maxLength: 3 }), (some, others) => {
      const bill = some.map(({ quantity, unitPrice, off }, at) => line(String(at), unitPrice, { quantity, discount: Math.floor((quantity * unitPrice * off) / 100) }))
      const payers = others.map(({ measure, of, billed }, at) => part(String(at), measure, { procedureIds: of, billed }))
      const { own, parts } = partBill(bill, payers)
      for (const [at, each] of bill.entries()) {
        const pieces = [own[at]?.amount ?? -1, ...parts.map((one) => one.lines[at]?.amount ?? -1)]
        expect(Math.min(...pieces)).toBeGreaterThanOrEqual(0)
        expect(sumOf(pieces)).toBe(costOf(each))
      }
      expect(ownCost(bill, payers)).toBe(costOfAll(bill) - sumOf(parts.map((one) => amountOf(one.lines))))
    }))
  })
})

describe('the payer of the visit', () => {
  const lines = [line('crown', 100_000)]
  const asked = (measure: PayerPart['part'], paid = 0, of = lines) => refusal(() => requireOwnPart(of, [part('fund', measure)], paid))

  it('is asked for something, and for no less than was paid', () => {
    expect([asked({ basisPoints: 10_000 }), asked({ agorot: 100_000 }), asked({ agorot: 99_999 })]).toEqual(['payer_parts_too_large', 'payer_parts_too_large', 'not refused'])
    expect([asked({ agorot: 50_000 }, 50_000), asked({ agorot: 50_001 }, 50_000)]).toEqual(['not refused', 'payer_parts_too_large'])
  })

  it('is not asked where nothing costs anything yet', () => {
    expect(asked({ basisPoints: 10_000 }, 0, [])).toBe('not refused')
  })
})
