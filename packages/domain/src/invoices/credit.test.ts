import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { journalOf } from '../books/journal.ts'
import { sumOf } from '../money/agorot.ts'
import { refusal } from '../refusal.fixture.ts'
import { plainDate } from '../time.ts'
import { creditInvoice, type CreditPart, partOf } from './credit.ts'
import { costOf, costOfAll, discountOn, grossOf } from './discount.ts'
import type { InvoiceDraft, Payment, RefundMethod } from './invoice.ts'
import { amountDue, issueForVisit } from './issue-for-visit.ts'
import { type MoneyBack, refundable, refundCredit } from './refund.ts'

const day = plainDate('2026-11-22')
const vatRates = [{ validFrom: plainDate('2025-01-01'), basisPoints: 1800 }]
const line = (unitPrice: number, quantity = 1) => ({ description: 'x', quantity, unitPrice, total: unitPrice * quantity })
const back = (amount: number, method: RefundMethod = 'card'): MoneyBack => ({ method, amount, reference: '77', receivedOn: day })

describe('the part of a document that is credited', () => {
  const lines = [line(10_000, 3), line(500)]
  const of = { total: 30_500, lines, creditedBefore: 0, piecesBefore: new Map<number, number>() }

  it('is all of its lines, some pieces of them, or a sum', () => {
    expect(partOf(of, 'rest')).toMatchObject({ amount: 30_500, lines: [{ creditsLine: 1, quantity: 3 }, { creditsLine: 2, quantity: 1 }] })
    expect(partOf(of, { lines: [{ line: 1, quantity: 2 }] })).toMatchObject({ amount: 20_000, lines: [{ creditsLine: 1, quantity: 2, total: 20_000 }] })
    expect(partOf(of, { amount: 7 })).toEqual({ amount: 7, lines: null })
  })

  it('names no piece twice, and what is left is by lines only where no part of the sum went before', () => {
    const later = { ...of, creditedBefore: 20_000, piecesBefore: new Map([[1, 2]]) }
    expect(partOf(later, 'rest')).toMatchObject({ amount: 10_500, lines: [{ creditsLine: 1, quantity: 1 }, { creditsLine: 2 }] })
    expect(partOf({ ...later, creditedBefore: 20_001 }, 'rest')).toEqual({ amount: 10_499, lines: null })
    for (const wrong of [[{ line: 1, quantity: 2 }], [{ line: 3, quantity: 1 }], [{ line: 2, quantity: 1 }, { line: 2, quantity: 1 }]]) expect(refusal(() => partOf(later, { lines: wrong }))).toBe('credit_exceeds_invoice')
  })
})

it('gives back the VAT of the whole, in however many parts: each rounded by itself would be 27.54 of 27.46', () => {
  const original = { kind: '320' as const, number: 1, issuedOn: day, total: 18_000, vatBasisPoints: 1_800 }
  let vatBefore = 0
  for (let part = 0; part < 18; part += 1) vatBefore += creditInvoice({ original, creditedBefore: part * 1_000, vatBefore, amount: 1_000, reason: 'r', description: 'd' }).vat
  expect(vatBefore).toBe(2_746)
})

describe('money given back', () => {
  const credit = { kind: '330' as const, number: 3, issuedOn: day, total: 11_803 }
  const of = { credit, settledBefore: 0, paid: 20_000, givenBefore: 0, description: 'd' }

  it('settles the credit note, in cash by what coins make up', () => {
    expect(refundCredit({ ...of, means: [back(11_800, 'cash')] })).toMatchObject({ kind: '410', total: 11_803, vat: 0, payments: [{ amount: 11_800 }] })
    expect(refundCredit({ ...of, means: [back(1_800, 'cash'), back(10_003)] })).toMatchObject({ total: 11_803 })
    expect(refundCredit({ ...of, means: [back(800)] })).toMatchObject({ total: 800 })
    expect(journalOf(refundCredit({ ...of, means: [back(11_800, 'cash')] }))).toEqual([{ account: 'customers', debit: 11_803, credit: 0 }, { account: 'cash', debit: 0, credit: 11_800 }, { account: 'rounding', debit: 0, credit: 3 }])
  })

  it('is settled by what coins make up of the money that was paid, where the credit note would round above it', () => {
    const card = { ...of, credit: { ...credit, total: 10_005 }, paid: 10_005 }
    expect(refusal(() => refundCredit({ ...card, means: [back(10_010, 'cash')] }))).toBe('refund_exceeds_paid')
    expect(refundCredit({ ...card, means: [back(10_000, 'cash')] })).toMatchObject({ total: 10_005, payments: [{ amount: 10_000 }] })
    expect(refundCredit({ ...card, means: [back(9_990, 'cash')] })).toMatchObject({ total: 9_990 })
    expect(refundCredit({ ...card, means: [back(10_000)] })).toMatchObject({ total: 10_000 })
  })

  it('is no more than the credit note, nor than was paid, and says which card slip', () => {
    expect(refusal(() => refundCredit({ ...of, means: [back(11_804)] }))).toBe('refund_exceeds_credit')
    expect(refusal(() => refundCredit({ ...of, givenBefore: 10_000, means: [back(10_001)] }))).toBe('refund_exceeds_paid')
    expect(refusal(() => refundCredit({ ...of, paid: 0, means: [back(1)] }))).toBe('nothing_to_refund')
    expect(refusal(() => refundCredit({ ...of, settledBefore: 11_803, means: [back(1)] }))).toBe('nothing_to_refund')
    expect(refusal(() => refundCredit({ ...of, means: [{ ...back(1), reference: ' ' }] }))).toBe('refund_needs_reference')
    expect(refusal(() => refundCredit({ ...of, means: [back(15, 'cash')] }))).toBe('cash_not_in_tens')
  })
})

/** A document that was paid, and whatever was credited and given back of it since. */
interface Story {
  original: InvoiceDraft
  credits: { draft: InvoiceDraft; vouchers: InvoiceDraft[] }[]
  pieces: Map<number, number>
}

type Step = { credit: CreditPart } | { refund: { share: number; method: RefundMethod } }

function take(story: Story, step: Step): void {
  const { original, credits, pieces } = story
  if ('credit' in step) {
    const creditedBefore = sumOf(credits.map(({ draft }) => draft.total))
    const what = partOf({ total: original.total, lines: original.lines, creditedBefore, piecesBefore: pieces }, step.credit)
    const draft = creditInvoice({ original: { ...original, number: 1, issuedOn: day }, creditedBefore, vatBefore: sumOf(credits.map(({ draft }) => draft.vat)), ...what, reason: 'r', description: 'd' })
    for (const { creditsLine, quantity } of draft.lines) if (creditsLine) pieces.set(creditsLine, (pieces.get(creditsLine) ?? 0) + quantity)
    return void credits.push({ draft, vouchers: [] })
  }
  const last = credits.at(-1)
  if (!last) return
  const money = { settledBefore: sumOf(last.vouchers.map(({ total }) => total)), paid: moved(original.payments), givenBefore: moved(credits.flatMap(({ vouchers }) => vouchers.flatMap(({ payments }) => payments))) }
  const most = refundable({ credit: last.draft, ...money })
  const sum = Math.ceil(most * step.refund.share)
  const amount = step.refund.method === 'cash' ? Math.round(sum / 10) * 10 : sum
  last.vouchers.push(refundCredit({ credit: { kind: '330', number: 1, issuedOn: day, total: last.draft.total }, ...money, means: [back(amount, step.refund.method)], description: 'd' }))
}
const moved = (payments: readonly Payment[]): number => sumOf(payments.map(({ amount }) => amount))

describe('any sequence of credits and refunds', () => {
  it('keeps: lines are the total, credits within the document, money back within the money paid, the journal balanced, what was paid less what went back is what was billed', () => {
    const part = fc.oneof(fc.constant('rest' as const), fc.record({ amount: fc.integer({ min: 1, max: 60_000 }) }), fc.record({ lines: fc.array(fc.record({ line: fc.integer({ min: 1, max: 4 }), quantity: fc.integer({ min: 1, max: 3 }) }), { minLength: 1, maxLength: 3 }) }))
    const refund = fc.record({ share: fc.double({ min: 0.05, max: 1.2, noNaN: true }), method: fc.constantFrom('cash' as const, 'card' as const, 'transfer' as const) })
    const steps = fc.array(fc.oneof(fc.record({ credit: part }), fc.record({ refund })), { maxLength: 14 })
    const visit = fc.array(fc.record({ unitPrice: fc.integer({ min: 1, max: 20_000 }), quantity: fc.integer({ min: 1, max: 3 }), off: fc.constantFrom(0, 0, 1, 333, 5_000, 10_000) }), { minLength: 1, maxLength: 4 })
      .map((lines) => lines.map(({ off, ...line }) => ({ ...line, discount: off === 0 ? 0 : discountOn(grossOf(line), { basisPoints: off }) })))
    let gone = 0
    fc.assert(fc.property(visit, fc.constantFrom('cash' as const, 'card' as const), steps, (bought, method, todo) => {
      const total = costOfAll(bought)
      const payment: Payment = { method, amount: 1, receivedOn: day, reference: '' }
      const due = amountDue(total, [{ ...payment, amount: total }])
      fc.pre(due > 0)
      const original = issueForVisit({ lines: bought.map((one) => ({ ...one, description: 'x' })), payments: [{ ...payment, amount: due }], vatRates, taxPoint: day })
      const story: Story = { original, credits: [], pieces: new Map() }
      for (const step of todo) if (refusal(() => take(story, step)) === 'not refused') gone += 1
      const drafts = [original, ...story.credits.flatMap(({ draft, vouchers }) => [draft, ...vouchers])]
      for (const { lines, net, vat, total: sum } of drafts) {
        expect([sumOf(lines.map((one) => one.total)), net + vat]).toEqual([sum, sum])
        for (const one of lines) expect(costOf(one)).toBe(one.total) // as the database wants it
      }
      const credited = sumOf(story.credits.map(({ draft }) => draft.total))
      const vouchers = story.credits.flatMap((one) => one.vouchers)
      expect(credited).toBeLessThanOrEqual(original.total)
      const vatBack = sumOf(story.credits.map(({ draft }) => draft.vat))
      expect(credited === original.total ? vatBack === original.vat : vatBack <= original.vat, `${vatBack} of ${original.vat}`).toBe(true)
      for (const { draft } of story.credits) expect(Math.min(draft.vat, draft.net)).toBeGreaterThanOrEqual(0)
      for (const one of story.credits) expect(sumOf(one.vouchers.map((voucher) => voucher.total))).toBeLessThanOrEqual(one.draft.total)
      expect(moved(vouchers.flatMap(({ payments }) => payments))).toBeLessThanOrEqual(moved(original.payments))
      const journal = drafts.flatMap(journalOf)
      expect(sumOf(journal.map(({ debit, credit }) => debit - credit))).toBe(0)
      // What the clinic still owes the patient is what was credited and not settled: nothing else stands on the patient's account.
      const owed = credited - sumOf(vouchers.map((voucher) => voucher.total))
      expect(sumOf(journal.filter(({ account }) => account === 'customers').map(({ debit, credit }) => credit - debit))).toBe(owed)
    }), { numRuns: 500 })
    expect(gone).toBeGreaterThan(500)
  })
})
