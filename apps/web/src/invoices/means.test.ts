import { describe, expect, it } from 'vitest'
import { newMeans, nextCheque, readMeans, suggested } from './means.ts'

const today = '2026-11-22'
const cheque = { ...newMeans(18_000, today, 'cheque'), cheque: { number: '0099', bank: '12', branch: '605', account: '77-88 99', dueOn: '2027-01-31' } }

describe('a means of payment as it is typed', () => {
  it('begins with what is left, cash in tens of agorot', () => {
    expect([suggested('card', 10_004), suggested('cash', 10_004), suggested('cash', 10_005), suggested('bit', 0)]).toEqual(['100.04', '100', '100.1', ''])
  })

  it('is sent with its own facts alone', () => {
    expect(readMeans({ ...newMeans(18_000, today), reference: ' 0077 ', card: { brand: 'visa', lastFour: '4580', instalments: 3 } })).toMatchObject({ method: 'card', amountAgorot: 18_000, reference: '0077', card: { brand: 'visa', lastFour: '4580', instalments: 3 } })
    expect(readMeans(cheque)).toMatchObject({ cheque: { number: '0099', bank: '12', branch: '605', account: '778899', dueOn: '2027-01-31' } })
    expect(Object.keys(readMeans({ ...cheque, method: 'cash' }))).toEqual(['id', 'method', 'amountAgorot', 'reference'])
  })

  it('says what is missing', () => {
    expect(readMeans({ ...cheque, amount: '1,2.345' })).toBe('invoices.means.moneyIncomplete')
    expect(readMeans({ ...cheque, cheque: { ...cheque.cheque, bank: '' } })).toBe('invoices.cheque.incomplete')
    expect(readMeans({ ...cheque, cheque: { ...cheque.cheque, dueOn: null } })).toBe('invoices.cheque.incomplete')
    expect(readMeans({ ...newMeans(1, today), card: { brand: null, lastFour: '458', instalments: 1 } })).toBe('invoices.card.lastFourWrong')
  })

  it('of the same cheque book is the next cheque, a month later', () => {
    expect(nextCheque(cheque, 5_000, today)).toMatchObject({ amount: '50', cheque: { number: '0100', bank: '12', branch: '605', account: '77-88 99', dueOn: '2027-02-28' } })
    expect(nextCheque({ ...cheque, cheque: { ...cheque.cheque, number: 'x', dueOn: null } }, 5_000, today)).toMatchObject({ cheque: { number: '', dueOn: today } })
  })
})
