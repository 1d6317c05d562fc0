import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditInvoice } from '../invoices/credit.ts'
import { issueForVisit } from '../invoices/issue-for-visit.ts'
import { instant, plainDate } from '../time.ts'
import { type Accounts, unclearKeys } from './accounts.ts'
import { customerKey } from './book-document.ts'
import { requireExportable } from './export.ts'
import { folderOf, primaryIdOf } from './identity.ts'
import { journalOf } from './journal.ts'

const day = plainDate('2026-11-10')
const vatRates = [{ validFrom: plainDate('2025-01-01'), basisPoints: 1800 }]
const sumOf = (lines: ReturnType<typeof journalOf>, side: 'debit' | 'credit'): number => lines.reduce((sum, line) => sum + line[side], 0)

describe('the journal of a document', () => {
  it('balances whatever it is, whatever was paid and however', () => {
    const payment = fc.record({ method: fc.constantFrom('cash' as const, 'card' as const, 'transfer' as const, 'bit' as const, 'cheque' as const), amount: fc.integer({ min: 1, max: 10_000_000 }) })
    const sums = fc.record({ net: fc.integer({ min: 0, max: 100_000_000 }), vat: fc.integer({ min: 0, max: 18_000_000 }) })
    fc.assert(fc.property(fc.constantFrom('300' as const, '305' as const, '320' as const, '330' as const, '400' as const), sums, fc.array(payment, { maxLength: 6 }), (kind, { net, vat }, payments) => {
      const lines = journalOf({ kind, net, vat, total: net + vat, payments: payments.map((one) => ({ ...one, receivedOn: day, reference: '' })) })
      expect(sumOf(lines, 'debit')).toBe(sumOf(lines, 'credit'))
      expect(lines.every(({ debit, credit }) => (debit > 0) !== (credit > 0))).toBe(true)
    }))
  })

  it('of money received is income and VAT, and cash that was rounded leaves its agorot aside', () => {
    const paid = issueForVisit({ lines: [{ description: 'x', quantity: 1, unitPrice: 11_803 }], payments: [{ method: 'cash', amount: 11_800, receivedOn: day, reference: '' }], vatRates, taxPoint: day })
    expect(journalOf(paid)).toEqual([
      { account: 'cash', debit: 11_800, credit: 0 }, { account: 'rounding', debit: 3, credit: 0 }, { account: 'income', debit: 0, credit: 10_003 }, { account: 'vat', debit: 0, credit: 1_800 },
    ])
  })

  it('of a credit note goes the other way, and a request for payment moves nothing', () => {
    const request = issueForVisit({ lines: [{ description: 'x', quantity: 1, unitPrice: 11_800 }], payments: [], vatRates, taxPoint: day })
    expect(journalOf(request)).toEqual([])
    const back = creditInvoice({ original: { ...request, kind: '305', number: 1, issuedOn: day }, creditedBefore: 0, vatBefore: 0, amount: 11_800, reason: 'r', description: 'd' })
    expect(journalOf(back)).toEqual([{ account: 'income', debit: 10_000, credit: 0 }, { account: 'vat', debit: 1_800, credit: 0 }, { account: 'customers', debit: 0, credit: 11_800 }])
  })
})

describe('what a production is called', () => {
  it('is fifteen digits of its own', () => {
    expect(primaryIdOf('0197a000-0000-7000-8000-00000000000f')).toBe('000000000000015')
    fc.assert(fc.property(fc.uuid(), (id) => void expect(primaryIdOf(id)).toMatch(/^\d{15}$/)))
  })

  it('lies in the folder of the law, and the next minute where that is taken', () => {
    const at = instant('2008-09-11T07:25:00Z')
    expect(folderOf('002233445', 'Asia/Jerusalem', at, new Set())).toBe('OPENFRMT/00223344.08/09111025')
    expect(folderOf('002233445', 'Asia/Jerusalem', at, new Set(['OPENFRMT/00223344.08/09111025', 'OPENFRMT/00223344.08/09111026']))).toBe('OPENFRMT/00223344.08/09111027')
  })

  it('names a patient by fifteen characters at most, for good', () => {
    expect(customerKey('0197a000-0000-7abc-8def-0123456789ab')).toBe('PEF0123456789AB')
    fc.assert(fc.property(fc.uuid(), (id) => void expect(customerKey(id)).toHaveLength(15)))
  })
})

describe('what can be exported', () => {
  const account = (key: string) => ({ key, name: key })
  const accounts: Accounts = { cash: account('1'), card: account('2'), transfer: account('3'), bit: account('4'), cheque: account('5'), customers: account('6'), income: account('7'), vat: account('8'), rounding: account('9') }
  const request = { id: 'x', format: 'uniform' as const, from: plainDate('2026-11-01'), to: plainDate('2026-11-30'), accounts }

  it('is a period that has begun, of a business with a number', () => {
    expect(() => requireExportable(request, '514238765', day)).not.toThrow()
    expect(() => requireExportable({ ...request, to: plainDate('2026-10-31') }, '514238765', day)).toThrow('book_period_invalid')
    expect(() => requireExportable({ ...request, from: plainDate('2026-11-11') }, '514238765', day)).toThrow('book_period_invalid')
    expect(() => requireExportable(request, '', day)).toThrow('vat_number_missing')
    expect(() => requireExportable({ ...request, format: 'xero' }, '', day)).not.toThrow()
  })

  it('goes to QuickBooks by names that are not mixed up; others know accounts by their keys', () => {
    const mixed = { ...accounts, income: { key: '7', name: 'Sales' }, vat: { key: '8', name: ' sales' } }
    expect(() => requireExportable({ ...request, format: 'quickbooks' }, '514238765', day)).not.toThrow()
    expect(() => requireExportable({ ...request, format: 'quickbooks', accounts: mixed }, '514238765', day)).toThrow('account_names_unclear')
    expect(() => requireExportable({ ...request, format: 'xero', accounts: mixed }, '514238765', day)).not.toThrow()
  })

  it('goes to accounts that are not mixed up', () => {
    expect(unclearKeys(accounts)).toEqual([])
    expect(unclearKeys({ ...accounts, vat: account(' 7 '), cash: account('') })).toEqual(['cash', 'vat'])
  })
})
