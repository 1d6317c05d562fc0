import { describe, expect, it } from 'vitest'
import type { Invoice } from '@yoman/contract/invoices'
import { backOver, creditOf, openLines, partToSend, readBack, saidTotal, whyNoCredit } from './credit-typed.ts'

const line = (number: number, quantity: number, unitPriceAgorot: number, creditedQuantity = 0) => ({ line: number, description: 'x', quantity, unitPriceAgorot, totalAgorot: quantity * unitPriceAgorot, creditedQuantity })
const invoice = { totalAgorot: 30_500, creditedAgorot: 10_000, lines: [line(1, 3, 10_000, 1), line(2, 1, 500), line(3, 1, 0)] } as unknown as Invoice // what these functions look at

describe('what is credited', () => {
  it('is what is left, pieces of lines that are, or a sum up to it', () => {
    expect(openLines(invoice).map(({ line: number, left }) => [number, left])).toEqual([[1, 2], [2, 1]])
    const part = { how: 'rest' as const, amount: '', lines: {} }
    expect(creditOf(invoice, part)).toBe(20_500)
    expect(creditOf(invoice, { ...part, how: 'lines', lines: { 1: 2, 2: 0 } })).toBe(20_000)
    expect(creditOf(invoice, { ...part, how: 'lines' })).toBeNull()
    expect(['205', '205.01', '', '-1'].map((amount) => creditOf(invoice, { ...part, how: 'amount', amount }))).toEqual([20_500, null, null, null])
    const discounted = { totalAgorot: 100, creditedAgorot: 33, lines: [{ ...line(1, 3, 50, 1), discountAgorot: 50, totalAgorot: 100 }, { ...line(2, 1, 70), discountAgorot: 70, totalAgorot: 0 }] } as unknown as Invoice // as above
    expect(openLines(discounted).map((one) => [one.line, one.left])).toEqual([[1, 2]])
    expect([1, 2].map((pieces) => creditOf(discounted, { ...part, how: 'lines', lines: { 1: pieces } }))).toEqual([34, 67])
    expect(partToSend({ ...part, how: 'lines', lines: { 1: 2, 2: 0 } }, 20_000)).toEqual({ lines: [{ line: 1, quantity: 2 }] })
  })

  it('is told apart: nothing was chosen, or more than is left', () => {
    const most = { ...invoice, creditedAgorot: 15_000 }
    const part = { how: 'lines' as const, amount: '', lines: { 1: 2 } }
    expect(creditOf(most, part)).toBeNull()
    expect(whyNoCredit(part)).toBe('invoices.credit.amountWrong')
    expect(whyNoCredit({ ...part, lines: { 1: 0 } })).toBe('invoices.credit.nothingChosen')
    expect(whyNoCredit({ ...part, how: 'amount' })).toBe('invoices.credit.amountWrong')
  })
})

describe('what goes back', () => {
  it('is what a refund says, not what it settles by rounding', () => {
    const refunds = [{ amountAgorot: 10_000 }, { amountAgorot: 1_800 }] as Invoice['refunds'] // what it looks at
    expect(saidTotal({ kind: '410', totalAgorot: 11_803, refunds })).toBe(11_800)
    expect(saidTotal({ kind: '330', totalAgorot: 11_803, refunds: [] })).toBe(11_803)
  })

  it('goes the way it came, a cheque by transfer, cash in tens', () => {
    const payments = [{ method: 'cash' as const, amountAgorot: 5_000 }, { method: 'cheque' as const, amountAgorot: 3_000 }]
    expect(backOver(6_003, payments)).toEqual([{ method: 'cash', amount: '50', reference: '' }, { method: 'transfer', amount: '10.03', reference: '' }])
    expect(backOver(11_805, [{ method: 'cash', amountAgorot: 11_810 }])).toEqual([{ method: 'cash', amount: '118.1', reference: '' }])
    expect(backOver(700, [])).toEqual([{ method: 'transfer', amount: '7', reference: '' }])
  })

  it('goes back by no means that it went back by already', () => {
    const payments = [{ method: 'card' as const, amountAgorot: 10_000 }, { method: 'cash' as const, amountAgorot: 10_000 }]
    expect(backOver(10_000, payments, [{ method: 'card', amountAgorot: 10_000 }])).toEqual([{ method: 'cash', amount: '100', reference: '' }])
    expect(backOver(10_000, payments, [{ method: 'card', amountAgorot: 4_000 }])).toEqual([{ method: 'card', amount: '60', reference: '' }, { method: 'cash', amount: '40', reference: '' }])
    expect(backOver(1_500, [...payments, ...payments], [{ method: 'card', amountAgorot: 19_000 }])).toMatchObject([{ method: 'cash', amount: '15' }])
  })

  it('needs a sum, the approval of a card, and no more than there is', () => {
    const row = { method: 'card' as const, amount: '7', reference: ' 12 ' }
    expect(readBack([row], 700)).toEqual([{ method: 'card', amountAgorot: 700, reference: '12' }])
    expect(readBack([{ ...row, reference: ' ' }], 700)).toBe('invoices.credit.approvalMissing')
    expect(readBack([{ ...row, amount: '' }], 700)).toBe('invoices.credit.rowWrong')
    expect(readBack([row], 699)).toBe('invoices.credit.tooMuch')
    expect(readBack([{ ...row, method: 'cash' }], 697)).toHaveLength(1)
  })
})
