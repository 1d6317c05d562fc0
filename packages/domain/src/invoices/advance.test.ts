import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusal } from '../refusal.fixture.ts'
import { plainDate } from '../time.ts'
import { issueAdvance, receiptOfAdvance, shareOut, taxInvoiceOfCredit } from './advance.ts'
import type { Payment } from './invoice.ts'

const today = plainDate('2026-11-22')
const vatRates = [{ validFrom: plainDate('2015-10-01'), basisPoints: 1_700 }, { validFrom: plainDate('2025-01-01'), basisPoints: 1_800 }]
const money = (amount: number, method: Payment['method'] = 'card'): Payment => ({ method, amount, receivedOn: today, reference: '' })
const ground = { vatRates, taxPoint: today, due: 18_000, description: 'Advance' }
const request = { kind: '300' as const, number: 3, issuedOn: today, total: 18_000, lines: [{ description: 'Check-up', quantity: 1, unitPrice: 18_000, total: 18_000 }] }

describe('an advance', () => {
  it('is an invoice-receipt at the rate of the day on which the money came', () => {
    expect(issueAdvance({ ...ground, payments: [money(11_800)] })).toMatchObject({ kind: '320', total: 11_800, net: 10_000, vat: 1_800, basedOn: null, lines: [{ description: 'Advance', total: 11_800 }] })
    expect(issueAdvance({ ...ground, taxPoint: plainDate('2024-12-31'), payments: [money(11_700)] })).toMatchObject({ vat: 1_700, vatBasisPoints: 1_700 })
  })

  it('is no more than the visit costs, and in cash what coins make of that', () => {
    expect(refusal(() => issueAdvance({ ...ground, payments: [money(18_001)] }))).toBe('payment_exceeds_balance')
    expect(refusal(() => issueAdvance({ ...ground, payments: [] }))).toBe('nothing_to_bill')
    expect(refusal(() => receiptOfAdvance({ ...ground, payments: [money(18_001, 'cheque')] }))).toBe('payment_exceeds_balance')
    expect(issueAdvance({ ...ground, due: 17_997, payments: [money(18_000, 'cash')] })).toMatchObject({ total: 17_997 })
  })

  it('by cheques of later days declares no VAT', () => {
    expect(receiptOfAdvance({ ...ground, payments: [money(9_000, 'cheque'), money(9_000, 'cheque')] })).toMatchObject({ kind: '400', total: 18_000, net: 18_000, vat: 0, payments: [{}, {}] })
  })
})

it('shares of a debt are no more than each source has, nor than the debt, the first first', () => {
  fc.assert(fc.property(fc.nat(1_000), fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 6 }), (debt, lefts) => {
    const shares = shareOut(debt, lefts.map((left, id) => ({ id, left })))
    expect(shares.every(({ amount, left }) => amount > 0 && amount <= left)).toBe(true)
    expect(shares.reduce((sum, { amount }) => sum + amount, 0)).toBe(Math.min(debt, lefts.reduce((sum, left) => sum + left, 0)))
    expect(shares.slice(0, -1).every(({ amount, left }) => amount === left)).toBe(true)
  }))
})

describe('credit that stayed with the clinic', () => {
  const use = { request, receivedBefore: 0, credit: { kind: '330' as const, vatBasisPoints: 1_700 }, onAccount: 'On account of 3' }

  it('settles a request by a tax invoice at the rate that was taken back', () => {
    expect(taxInvoiceOfCredit({ ...use, amount: 11_700 })).toMatchObject({ kind: '305', total: 11_700, vat: 1_700, payments: [], basedOn: { kind: '300', number: 3 }, lines: [{ description: 'On account of 3' }] })
    expect(taxInvoiceOfCredit({ ...use, amount: 18_000 })).toMatchObject({ lines: [{ description: 'Check-up' }] })
  })

  it('settles no more than is owed, and nothing but requests', () => {
    expect(refusal(() => taxInvoiceOfCredit({ ...use, receivedBefore: 18_000, amount: 1 }))).toBe('already_paid')
    expect(refusal(() => taxInvoiceOfCredit({ ...use, amount: 0 }))).toBe('nothing_to_deduct')
    expect(refusal(() => taxInvoiceOfCredit({ ...use, receivedBefore: 1_000, amount: 17_001 }))).toBe('payment_exceeds_balance')
    expect(() => taxInvoiceOfCredit({ ...use, request: { ...request, kind: '320' }, amount: 1 })).toThrow(RangeError)
  })
})
