import { expect, it } from 'vitest'
import { instant } from '../time.ts'
import { type Admission, dayBook, type DayMoney } from './day-book.ts'

const named = { givenName: 'שרה', familyName: 'לוי', givenNameLatin: 'Sara', familyNameLatin: 'Levi' }
const admitted = (visitId: string, time: string, patientId = visitId): Admission => ({ ...named, visitId, patientId, branchId: 'b', admittedAt: instant(`2026-11-22T${time}:00Z`) })
const came = (id: string, time: string, amount: number, over: Partial<DayMoney> = {}): DayMoney => ({
  ...named, id, method: 'cash', amount, receivedAt: instant(`2026-11-22T${time}:00Z`), branchId: 'b', patientId: 'nobody', visitId: null, receipt: null, payer: '', tookBack: false, ...over,
})

it('has who was received in the order of admission, then money of others in the order in which it came', () => {
  const { rows } = dayBook([admitted('late', '09:30'), admitted('early', '08:05')], [came('second', '11:00', 5, { patientId: 'x' }), came('first', '07:00', 5)], [])
  expect(rows.map(({ id, admittedAt }) => [id, admittedAt?.toString() ?? null])).toEqual([['early', '2026-11-22T08:05:00Z'], ['late', '2026-11-22T09:30:00Z'], ['first', null], ['second', null]])
})

it('puts money beside its visit, else beside the first visit of the patient at that branch', () => {
  const { rows } = dayBook(
    [admitted('one', '08:00', 'sara'), admitted('two', '10:00', 'sara')],
    [came('for-two', '10:30', 100, { visitId: 'two', patientId: 'sara' }), came('old-debt', '10:31', 50, { visitId: 'last-year', patientId: 'sara' }), came('elsewhere', '12:00', 70, { patientId: 'sara', branchId: 'other' })],
    [{ id: 'r', visitId: 'two', number: 7, total: 300, payer: '' }],
  )
  expect(rows.map(({ id, money, requests }) => [id, money.map((one) => one.id), requests.map(({ number }) => number)])).toEqual([['one', ['old-debt'], []], ['two', ['for-two'], [7]], ['elsewhere', ['elsewhere'], []]])
})

it('sums by means what came less what went, and leaves a cheque out that was taken back the same day', () => {
  const { sums } = dayBook([], [came('a', '08:00', 1_000), came('b', '09:00', -300), came('c', '10:00', 5_000, { method: 'cheque', tookBack: true }), came('d', '10:00', 700, { method: 'cheque' })], [])
  expect(sums.filter(({ expected }) => expected !== 0)).toEqual([
    { method: 'cash', payments: 1, refunds: 1, refunded: 300, expected: 700 },
    { method: 'cheque', payments: 1, refunds: 0, refunded: 0, expected: 700 },
  ])
})
