import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainDate } from '../time.ts'
import { bornOf, type Piece, ruleFor, shareOf, type ShareRule, shareSums } from './share.ts'

const rule = (over: Partial<ShareRule>): ShareRule => ({ id: 'r', practitionerId: 'doctor', priceItemId: null, from: plainDate('2026-01-01'), shareBasisPoints: 4_000, fixedAgorot: null, ...over })
const piece = (over: Partial<Piece> = {}): Piece => ({ practitionerId: 'doctor', priceItemId: 'crown', day: plainDate('2026-11-22'), quantity: 1, gross: 118_000, vatBasisPoints: 1_800, ...over })

describe('which rule pays', () => {
  const general = rule({ id: 'general' })
  const raised = rule({ id: 'raised', from: plainDate('2026-11-22'), shareBasisPoints: 4_500 })
  const crowns = rule({ id: 'crowns', priceItemId: 'crown', shareBasisPoints: 3_000 })

  it("that of the treatment before the general one, though that is newer", () => expect(ruleFor([general, raised, crowns], piece())?.id).toBe('crowns'))
  it('the newest that had begun', () => {
    expect(ruleFor([general, raised], piece())?.id).toBe('raised')
    expect(ruleFor([general, raised], piece({ day: plainDate('2026-11-21') }))?.id).toBe('general')
  })
  it('none of another practitioner, and none before its day', () => {
    expect(ruleFor([rule({ practitionerId: 'other' })], piece())).toBeNull()
    expect(ruleFor([general], piece({ day: plainDate('2025-12-31') }))).toBeNull()
  })
  it("a visit without an item has the general rule, never an item's", () => expect(ruleFor([crowns, general], piece({ priceItemId: null }))?.id).toBe('general'))
})

describe('what is paid', () => {
  it('a part of the price without VAT', () => expect(shareOf(piece(), rule({}))).toEqual({ net: 100_000, share: 40_000 }))
  it('or a sum for each piece, whatever it cost', () => expect(shareOf(piece({ quantity: 3, gross: 0 }), rule({ shareBasisPoints: null, fixedAgorot: 5_000 }))).toEqual({ net: 0, share: 15_000 }))
  it('and nothing where there is no rule', () => expect(shareOf(piece(), null)).toEqual({ net: 100_000, share: 0 }))
  it("less the same part of the laboratory's cost; who is paid by the piece bears none", () => {
    const cost = { amount: 30_000, of: piece() }
    expect(bornOf(cost, rule({}))).toBe(12_000)
    expect(bornOf(cost, rule({ shareBasisPoints: null, fixedAgorot: 5_000 }))).toBe(0)
    expect(shareSums([rule({})], [piece()], [cost])).toEqual({ pieces: 1, gross: 118_000, net: 100_000, share: 40_000, unruled: 0, costs: 30_000, born: 12_000, total: 28_000 })
  })
})

it('a month is the sum of its pieces and costs; a part is never more than the whole, and all is all', () => {
  const pieces = fc.array(fc.record({ gross: fc.nat(1_000_000), quantity: fc.integer({ min: 1, max: 9 }) }), { maxLength: 20 })
  fc.assert(
    fc.property(pieces, fc.array(fc.nat(100_000), { maxLength: 5 }), fc.integer({ min: 0, max: 10_000 }), (done, amounts, shareBasisPoints) => {
      const all = done.map((one) => piece(one))
      const sums = shareSums([rule({ shareBasisPoints })], all, amounts.map((amount) => ({ amount, of: piece() })))
      expect(sums.total).toBe(sums.share - sums.born)
      expect(sums.share).toBeLessThanOrEqual(sums.net)
      expect(Math.abs(sums.share - (sums.net * shareBasisPoints) / 10_000)).toBeLessThanOrEqual(0.5 * all.length + 1e-6)
      if (shareBasisPoints === 10_000) expect([sums.share, sums.born]).toEqual([sums.net, sums.costs])
      if (shareBasisPoints === 0) expect([sums.share, sums.born]).toEqual([0, 0])
    }),
  )
})
