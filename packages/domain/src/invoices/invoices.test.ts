import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusal } from '../refusal.fixture.ts'
import { plainDate } from '../time.ts'
import { creditInvoice } from './credit.ts'
import type { InvoiceKind, Payment, PaymentMethod } from './invoice.ts'
import { amountDue, issueForPayment, issueForVisit, type Visit } from './issue-for-visit.ts'
import { byMaturity, receiptForCheques, taxInvoiceAtMaturity } from './cheques.ts'
import { requireMeans } from './means.ts'
import { originalMayTravelByEmail } from './original-by-email.ts'

const vatRates = [
  { validFrom: plainDate('2015-10-01'), basisPoints: 1700 },
  { validFrom: plainDate('2025-01-01'), basisPoints: 1800 },
]
const pay = (amount: number, method: PaymentMethod = 'card'): Payment => ({ method, amount, receivedOn: plainDate('2026-11-22'), reference: '' })
const line = (unitPrice: number, quantity = 1) => ({ description: 'Check-up', quantity, unitPrice })
const visit = (over: Partial<Visit>): Visit => ({ lines: [line(35_000)], payments: [], vatRates, taxPoint: plainDate('2026-11-22'), ...over })

describe('the document of a visit', () => {
  it('is a transaction invoice while nothing is paid', () => {
    expect(issueForVisit(visit({ lines: [line(35_000), line(12_050, 2)] }))).toMatchObject({ kind: '300', total: 59_100, net: 50_085, vat: 9_015, payments: [] })
  })

  it('is an invoice-receipt once all is paid, by several means too', () => {
    const draft = issueForVisit(visit({ payments: [pay(30_000), pay(5_000, 'cash')] }))
    expect(draft).toMatchObject({ kind: '320', total: 35_000, net: 29_661, vat: 5_339, vatBasisPoints: 1800 })
    expect(draft.payments).toHaveLength(2)
  })

  it('takes the rate of the day the money came in', () => {
    expect(issueForVisit(visit({ taxPoint: plainDate('2024-12-31'), payments: [pay(35_000)] }))).toMatchObject({ vatBasisPoints: 1700, vat: 5_085 })
  })

  it('rounds what is due in cash, and only that', () => {
    expect(issueForVisit(visit({ lines: [line(10_004)], payments: [pay(10_000, 'cash')] })).kind).toBe('320')
    expect(issueForVisit(visit({ lines: [line(10_006)], payments: [pay(5_003), pay(5_000, 'cash')] }))).toMatchObject({ kind: '320', total: 10_006 })
    expect(refusal(() => issueForVisit(visit({ lines: [line(10_004)], payments: [pay(10_000)] })))).toBe('payment_is_partial')
    expect(refusal(() => issueForVisit(visit({ lines: [line(10_004)], payments: [pay(10_004, 'cash')] })))).toBe('payment_exceeds_balance')
  })

  it('is refused when there is nothing to bill', () => {
    expect(refusal(() => issueForVisit(visit({ lines: [] })))).toBe('nothing_to_bill')
    expect(refusal(() => issueForVisit(visit({ lines: [line(0)] })))).toBe('nothing_to_bill')
  })

  it('is refused when too little or too much was paid', () => {
    expect(refusal(() => issueForVisit(visit({ payments: [pay(34_999)] })))).toBe('payment_is_partial')
    expect(refusal(() => issueForVisit(visit({ payments: [pay(35_001)] })))).toBe('payment_exceeds_balance')
  })

  it('cannot be made of broken lines', () => {
    expect(() => issueForVisit(visit({ lines: [line(100, 0)] }))).toThrow(RangeError)
    expect(() => issueForVisit(visit({ lines: [line(100, 1.5)] }))).toThrow(RangeError)
    expect(() => issueForVisit(visit({ lines: [line(-100)] }))).toThrow(RangeError)
  })

  it('adds up, line by line and in all, whatever was done', () => {
    const lines = fc.array(fc.record({ description: fc.constant('x'), quantity: fc.integer({ min: 1, max: 20 }), unitPrice: fc.integer({ min: 1_000, max: 1_000_000 }), discount: fc.integer({ min: 0, max: 999 }) }), { minLength: 1, maxLength: 30 })
    fc.assert(fc.property(lines, (all) => {
      const draft = issueForVisit(visit({ lines: all }))
      expect(draft.net + draft.vat).toBe(draft.total)
      expect(draft.lines.reduce((sum, each) => sum + each.quantity * each.unitPrice - (each.discount ?? 0), 0)).toBe(draft.total)
    }))
  })
})

describe('money on a transaction invoice', () => {
  const request = { ...issueForVisit(visit({})), number: 12, issuedOn: plainDate('2024-12-30') }
  const settlement = { request, receivedBefore: 0, payments: [pay(35_000)], vatRates, taxPoint: plainDate('2026-11-22'), onAccount: 'On account of 12' }

  it('makes an invoice-receipt that repeats the lines and names the request', () => {
    expect(issueForPayment(settlement)).toMatchObject({
      kind: '320', total: 35_000, lines: request.lines, basedOn: { kind: '300', number: 12 }, vatBasisPoints: 1800,
    })
  })

  it('may come in parts, with VAT on each part as it comes', () => {
    const first = issueForPayment({ ...settlement, payments: [pay(10_000)] })
    expect(first).toMatchObject({ kind: '320', total: 10_000, vat: 1_525, lines: [{ description: 'On account of 12', total: 10_000 }] })
    const last = issueForPayment({ ...settlement, receivedBefore: first.total, payments: [pay(25_000)] })
    expect(first.total + last.total).toBe(request.total)
  })

  it('is refused when it is too much, nothing, or all was paid', () => {
    expect(refusal(() => issueForPayment({ ...settlement, payments: [pay(35_001)] }))).toBe('payment_exceeds_balance')
    expect(refusal(() => issueForPayment({ ...settlement, payments: [] }))).toBe('nothing_to_bill')
    expect(refusal(() => issueForPayment({ ...settlement, receivedBefore: 35_000 }))).toBe('already_paid')
    expect(() => issueForPayment({ ...settlement, request: { ...request, kind: '320' } })).toThrow(RangeError)
  })

  it('leaves no agorot open when the last part is paid in cash', () => {
    const odd = { ...settlement, request: { ...request, total: 10_004 }, payments: [pay(10_000, 'cash')] }
    expect(issueForPayment(odd).total).toBe(10_004)
    expect(amountDue(10_004, odd.payments)).toBe(10_000)
  })
})

describe('a cheque for a later day', () => {
  const request = { ...issueForVisit(visit({})), number: 12, issuedOn: plainDate('2026-11-22') }
  const cheque = (dueOn: string, amount = 35_000): Payment => ({ ...pay(amount, 'cheque'), cheque: { number: '101', bank: '12', branch: '605', account: '778899', dueOn: plainDate(dueOn) } })
  const today = plainDate('2026-11-22')

  it('is told from money that is there, by its day', () => {
    const [now, later] = byMaturity([pay(1), pay(2, 'cash'), cheque('2026-11-22', 3), cheque('2026-11-23', 4), pay(5, 'cheque')], today)
    expect([now, later].map((part) => part.map(({ amount }) => amount))).toEqual([[1, 2, 3, 5], [4]])
  })

  it('is receipted without VAT, and taxed at the rate of the day it matures', () => {
    const receipt = receiptForCheques({ request, receivedBefore: 0, payments: [cheque('2026-12-22')], onAccount: 'Cheques for 12' })
    expect(receipt).toMatchObject({ kind: '400', total: 35_000, net: 35_000, vat: 0, vatBasisPoints: 0, basedOn: { kind: '300', number: 12 }, lines: [{ description: 'Cheques for 12' }] })
    const rates = [...vatRates, { validFrom: plainDate('2026-12-01'), basisPoints: 1900 }]
    const invoice = taxInvoiceAtMaturity({ receipt: { ...receipt, number: 3, issuedOn: today }, request, cheque: cheque('2026-12-22'), vatRates: rates, onAccount: 'Cheque 101' })
    expect(invoice).toMatchObject({ kind: '305', total: 35_000, vatBasisPoints: 1900, vat: 5_588, lines: request.lines, payments: [], basedOn: { kind: '400', number: 3 } })
  })

  it('that is one of several has a line of its own, and all of them the visit', () => {
    const cheques = [cheque('2026-12-22', 20_000), cheque('2027-01-22', 15_000)]
    const receipt = { ...receiptForCheques({ request, receivedBefore: 0, payments: cheques, onAccount: 'x' }), number: 3, issuedOn: today }
    const invoices = cheques.map((one) => taxInvoiceAtMaturity({ receipt, request, cheque: one, vatRates, onAccount: 'Cheque 101' }))
    expect(invoices.map(({ total, lines }) => [total, lines.map(({ description }) => description)])).toEqual([[20_000, ['Cheque 101']], [15_000, ['Cheque 101']]])
  })

  it('is refused above the balance', () => {
    expect(refusal(() => receiptForCheques({ request, receivedBefore: 1, payments: [cheque('2026-12-22')], onAccount: 'x' }))).toBe('payment_exceeds_balance')
    expect(refusal(() => receiptForCheques({ request, receivedBefore: 35_000, payments: [cheque('2026-12-22')], onAccount: 'x' }))).toBe('already_paid')
  })

  it('is no cash that coins cannot make up', () => {
    expect([18_000, 18_010, 18_005, 1].map((amount) => refusal(() => requireMeans(pay(amount, 'cash'), today)))).toEqual(['not refused', 'not refused', 'cash_not_in_tens', 'cash_not_in_tens'])
    expect(refusal(() => requireMeans(pay(18_005, 'bit'), today))).toBe('not refused')
  })

  it('has a day that a bank accepts', () => {
    const on = (dueOn: string) => refusal(() => requireMeans(cheque(dueOn), today))
    expect([on('2026-05-26'), on('2026-11-22'), on('2029-11-22')]).toEqual(['not refused', 'not refused', 'not refused'])
    expect([on('2026-05-25'), on('2029-11-23')]).toEqual(['cheque_date_wrong', 'cheque_date_wrong'])
    expect(refusal(() => requireMeans(pay(1, 'cheque'), today))).toBe('cheque_facts_missing')
    expect(refusal(() => requireMeans({ ...cheque('2026-11-22'), method: 'cash' }, today))).toBe('means_facts_wrong')
    expect(refusal(() => requireMeans({ ...pay(1, 'bit'), card: { brand: null, lastFour: null, instalments: 3 } }, today))).toBe('means_facts_wrong')
  })
})

describe('a credit note', () => {
  const original = { kind: '320' as const, number: 7, issuedOn: plainDate('2024-06-01'), total: 11_700, vatBasisPoints: 1700 }
  const credit = { original, creditedBefore: 0, vatBefore: 0, amount: 11_700, reason: 'Billed twice', description: 'Check-up' }

  it('takes the rate of the original', () => {
    expect(creditInvoice(credit)).toMatchObject({ kind: '330', net: 10_000, vat: 1_700, total: 11_700, reason: 'Billed twice', basedOn: { kind: '320', number: 7 } })
  })

  it('never gives back more than was billed', () => {
    expect(creditInvoice({ ...credit, creditedBefore: 1_700, amount: 10_000 }).total).toBe(10_000)
    expect(refusal(() => creditInvoice({ ...credit, creditedBefore: 1_701, amount: 10_000 }))).toBe('credit_exceeds_invoice')
  })

  it('needs a reason, a sum, and a document that carried VAT', () => {
    expect(refusal(() => creditInvoice({ ...credit, reason: ' ' }))).toBe('credit_needs_reason')
    expect(refusal(() => creditInvoice({ ...credit, amount: 0 }))).toBe('nothing_to_bill')
    expect(refusal(() => creditInvoice({ ...credit, original: { ...original, kind: '300' } }))).toBe('not_creditable')
  })
})

it('sends an original by e-mail only for money that leaves a trace', () => {
  const mayTravel = (payments: Payment[], kind: InvoiceKind = '320', cheque: Payment | null = null) => originalMayTravelByEmail({ kind, payments }, cheque)
  expect(mayTravel([], '300')).toBe(true)
  expect(mayTravel([pay(1), pay(1, 'transfer')])).toBe(true)
  expect(mayTravel([pay(1), pay(1, 'cash')])).toBe(false)
  expect(mayTravel([pay(1, 'cheque')])).toBe(false)
  // A tax invoice has no money in it; the cheque that it was written for is behind it.
  expect(mayTravel([], '305', pay(1, 'cheque'))).toBe(false)
})
