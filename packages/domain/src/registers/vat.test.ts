import { describe, expect, it } from 'vitest'
import type { VatSums } from '../books/summary.ts'
import { refusal } from '../refusal.fixture.ts'
import { plainDate } from '../time.ts'
import { vatPeriod, vatReturn, wholeShekels } from './vat.ts'

const today = plainDate('2026-11-22')
const rate = (basisPoints: number, net: number, vat: number, credits = 0, creditNet = 0, creditVat = 0): VatSums => ({ basisPoints, netAgorot: net, vatAgorot: vat, credits, creditNetAgorot: creditNet, creditVatAgorot: creditVat })

describe('the period of a VAT return', () => {
  it('is a month, or two that begin with an odd one', () => {
    expect(vatPeriod('2026-02', 1, today).to.toString()).toBe('2026-02-28')
    expect(vatPeriod('2026-11', 2, today)).toMatchObject({ from: plainDate('2026-11-01'), to: plainDate('2026-12-31') })
  })

  it('is none that begins with an even month, or has not begun', () => {
    expect(refusal(() => vatPeriod('2026-10', 2, today))).toBe('book_period_invalid')
    expect(refusal(() => vatPeriod('2026-12', 1, today))).toBe('book_period_invalid')
  })
})

describe('the sums of a VAT return', () => {
  it('are rounded once, half a shekel up, over all rates that carry VAT', () => {
    expect([49, 50, 149, 150, 0].map(wholeShekels)).toEqual([0, 1, 1, 2, 0])
    // By rate 100.30 and 100.30 are 100 each; together they are 200.60, which is 201.
    expect(vatReturn([rate(1800, 10_030, 1_805), rate(1700, 10_030, 1_705)], new Map([[1800, 3], [1700, 1]]))).toMatchObject({ taxable: 201, vat: 35, sales: 4, untaxed: 0 })
  })

  it('keep credits and untaxed sales apart', () => {
    expect(vatReturn([rate(1800, 100_000, 18_000, 2, 25_050, 4_509), rate(0, 7_000, 0, 1, 1_000, 0)], new Map([[1800, 5], [0, 1]]))).toEqual({
      taxable: 1_000, vat: 180, untaxed: 70, creditTaxable: 251, creditVat: 45, creditUntaxed: 10, sales: 5, untaxedSales: 1, credits: 2, untaxedCredits: 1,
    })
  })
})
