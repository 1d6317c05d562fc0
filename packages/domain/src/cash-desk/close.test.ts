import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paymentMethods } from '../invoices/invoice.ts'
import { refusal } from '../refusal.fixture.ts'
import { closeDesk, expectedOf } from './close.ts'

const taken = [{ method: 'cash' as const, amount: 18_000 }, { method: 'card' as const, amount: 5_000 }, { method: 'cash' as const, amount: 2_000 }]
const expected = expectedOf(taken, 30_000)
const all = expected.map((means) => ({ ...means, counted: means.expected, reason: '' }))

describe('the closing of the cash desk', () => {
  it('expects by each means what came in, and in cash also what was left in the drawer', () => {
    expect(expected.map(({ method, payments, expected: sum }) => [method, payments, sum])).toEqual([['cash', 2, 50_000], ['card', 1, 5_000], ['transfer', 0, 0], ['bit', 0, 0], ['cheque', 0, 0]])
  })

  it('expects less what was given back, by card also below nothing', () => {
    const [cash, card] = expectedOf([...taken, { method: 'cash', amount: -7_000 }, { method: 'card', amount: -6_000 }], 30_000)
    expect([cash, card]).toEqual([{ method: 'cash', payments: 2, refunds: 1, refunded: 7_000, expected: 43_000 }, { method: 'card', payments: 1, refunds: 1, refunded: 6_000, expected: -1_000 }])
  })

  it('keeps what was counted, and a reason where it differs', () => {
    const short = all.map((means) => (means.method === 'cash' ? { ...means, counted: 49_000, reason: ' עודף שניתן פעמיים ' } : means))
    expect(closeDesk(expected, short, 49_000)[0]).toEqual({ method: 'cash', payments: 2, refunds: 0, refunded: 0, expected: 50_000, counted: 49_000, reason: 'עודף שניתן פעמיים' })
    expect(closeDesk(expected, all, 0).every(({ reason }) => reason === '')).toBe(true)
    expect(refusal(() => closeDesk(expected, all.map((means) => ({ ...means, counted: means.expected + 10 })), 0))).toBe('difference_needs_reason')
  })

  it('is of what was seen: money that came in meanwhile is counted anew', () => {
    expect(refusal(() => closeDesk(expectedOf([...taken, { method: 'bit', amount: 1 }], 30_000), all, 0))).toBe('cash_desk_moved')
    expect(refusal(() => closeDesk(expected, all.filter(({ method }) => method !== 'card'), 0))).toBe('cash_desk_moved')
    expect(refusal(() => closeDesk(expected, all.filter(({ method }) => method !== 'bit'), 0))).toBe('not refused')
  })

  it('leaves no more in the drawer than there was', () => {
    expect(refusal(() => closeDesk(expected, all, 50_000))).toBe('not refused')
    expect(refusal(() => closeDesk(expected, all, 50_001))).toBe('more_left_than_counted')
  })

  it('adds up, day after day: what came in is what was banked and what is left', () => {
    const day = fc.record({ taken: fc.array(fc.record({ method: fc.constantFrom(...paymentMethods), amount: fc.integer({ min: 1, max: 1_000_000 }) })), keep: fc.double({ min: 0, max: 1, noNaN: true }) })
    fc.assert(fc.property(fc.array(day, { maxLength: 8 }), (days) => {
      let [left, banked, came] = [0, 0, 0]
      for (const one of days) {
        const should = expectedOf(one.taken, left)
        const cash = should[0]?.expected ?? 0
        const stays = Math.floor(cash * one.keep)
        const means = closeDesk(should, should.map((each) => ({ ...each, counted: each.expected, reason: '' })), stays)
        banked += means.reduce((sum, { counted }) => sum + counted, 0) - stays
        came += one.taken.reduce((sum, { amount }) => sum + amount, 0)
        left = stays
      }
      expect(banked + left).toBe(came)
    }))
  })
})
