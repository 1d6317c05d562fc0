import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { journalOf } from '../books/journal.ts'
import { receiptForDebt } from '../invoices/cheques.ts'
import type { Payment } from '../invoices/invoice.ts'
import { refusal } from '../refusal.fixture.ts'
import { plainDate } from '../time.ts'
import { chequeStates, type ChequeState, requireDay, requireDepositable, requireMove, sumsByState, voucherOfCheque } from './move.ts'

const today = plainDate('2026-11-22')
const cheque = (amount: number): Payment => ({ method: 'cheque', amount, receivedOn: today, reference: '', cheque: { number: '77', bank: '12', branch: '605', account: '1234', dueOn: today } })
const receipt = { kind: '400' as const, number: 4, issuedOn: today }

describe('a cheque', () => {
  it('that is gone stays gone, one that was cleared comes back at most, and none is given back from the bank', () => {
    const may = (from: ChequeState, to: ChequeState): boolean => refusal(() => requireMove(from, to)) === 'not refused'
    const ways = chequeStates.flatMap((from) => chequeStates.filter((to) => may(from, to)).map((to) => `${from} ${to}`))
    expect(ways.sort()).toEqual(['cleared returned', 'deposited cleared', 'deposited returned', 'held deposited', 'held returned', 'held withdrawn'])
    expect(refusal(() => requireMove('returned', 'held'))).toBe('cheque_moved')
  })

  it('is brought to the bank on its day or later', () => {
    expect(refusal(() => requireDepositable(today, today))).toBe('not refused')
    expect(refusal(() => requireDepositable(today.add({ days: 1 }), today))).toBe('cheque_not_due')
  })

  it('has its steps between the day of the one before and today', () => {
    const day = (days: number) => today.add({ days })
    const step = (on: number, receivedOn: number, movedOn: number | null) => refusal(() => requireDay(day(on), { receivedOn: day(receivedOn), movedOn: movedOn === null ? null : day(movedOn) }, today))
    expect([step(0, 0, null), step(0, -9, 0), step(-9, -9, null)]).toEqual(['not refused', 'not refused', 'not refused'])
    expect([step(1, 0, null), step(-1, 0, null), step(-3, -9, -2)]).toEqual(['cheque_day_ahead', 'cheque_day_before', 'cheque_day_before'])
  })

  it('is in one state, whatever was tried with it, and the sums of the states are the sum of all', () => {
    const tries = fc.array(fc.record({ at: fc.nat(9), to: fc.constantFrom(...chequeStates) }), { maxLength: 60 })
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 10 }), tries, (amounts, steps) => {
      const all = amounts.map((amount) => ({ amount, state: 'held' as ChequeState }))
      for (const { at, to } of steps) {
        const one = all[at % all.length]
        if (one && refusal(() => requireMove(one.state, to)) === 'not refused') one.state = to
      }
      const sums = sumsByState(all)
      expect(sums.reduce((sum, { amount }) => sum + amount, 0)).toBe(amounts.reduce((sum, amount) => sum + amount, 0))
      expect(sums.reduce((sum, { count }) => sum + count, 0)).toBe(all.length)
    }))
  })
})

describe('the voucher of a cheque that is gone', () => {
  it('takes it out of the cheques, whole, and the patient owes it: with its receipt nothing is left in the books', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10_000_000 }), (amount) => {
      const voucher = voucherOfCheque({ receipt, cheque: cheque(amount), description: 'x' })
      expect(voucher).toMatchObject({ kind: '410', total: amount, vat: 0, basedOn: { kind: '400', number: 4 } })
      const both = [...journalOf({ kind: '400', net: amount, vat: 0, total: amount, payments: [cheque(amount)] }), ...journalOf(voucher)]
      for (const account of ['cheque', 'customers'] as const) expect(both.filter((line) => line.account === account).reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(0)
    }))
    expect(() => voucherOfCheque({ receipt, cheque: { ...cheque(1), method: 'card' }, description: 'x' })).toThrow(RangeError)
  })

  it('is paid by receipts without VAT, never above what is owed', () => {
    const voucher = { kind: '410' as const, number: 9, issuedOn: today }
    const pay = (debt: number, amount: number, method: 'cash' | 'card' = 'card') => receiptForDebt({ voucher, debt, payments: [{ method, amount, receivedOn: today, reference: '' }], onAccount: 'x' })
    expect(pay(10_003, 10_000, 'cash')).toMatchObject({ kind: '400', total: 10_003, vat: 0, net: 10_003, basedOn: { kind: '410', number: 9 } })
    expect(pay(10_000, 4_000)).toMatchObject({ total: 4_000 })
    expect(refusal(() => pay(10_000, 10_001))).toBe('payment_exceeds_balance')
    expect(refusal(() => pay(0, 1))).toBe('already_paid')
  })
})
