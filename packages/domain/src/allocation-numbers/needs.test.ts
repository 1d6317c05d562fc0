import { expect, it } from 'vitest'
import { plainDate } from '../time.ts'
import { type AllocatedDocument, mayBeAllocated, needsAllocation, printedDigits, readAllocationNumber } from './needs.ts'

const thresholds = [['2026-06-01', 500_000], ['2024-05-05', 2_500_000], ['2025-01-01', 2_000_000], ['2026-01-01', 1_000_000]].map(([validFrom, netOver]) => ({ validFrom: plainDate(String(validFrom)), netOver: Number(netOver) }))
const document: AllocatedDocument = { kind: '320', issuedOn: plainDate('2026-11-22'), net: 600_000, vat: 108_000, dealerNumber: '777777715' }
const needs = (over: Partial<AllocatedDocument> = {}): boolean => needsAllocation({ ...document, ...over }, thresholds)

it('is needed over the sum that held on the date of the document, and not at it', () => {
  for (const [day, over] of [['2024-05-05', 2_500_000], ['2024-12-31', 2_500_000], ['2025-01-01', 2_000_000], ['2025-12-31', 2_000_000], ['2026-01-01', 1_000_000], ['2026-05-31', 1_000_000], ['2026-06-01', 500_000], ['2031-01-01', 500_000]] as const) {
    expect([day, needs({ issuedOn: plainDate(day), net: over }), needs({ issuedOn: plainDate(day), net: over + 1 })]).toEqual([day, false, true])
  }
  expect(needs({ issuedOn: plainDate('2024-05-04'), net: 90_000_000 })).toBe(false)
})

it('is of tax invoices with VAT to authorised dealers alone', () => {
  expect(needs()).toBe(true)
  expect(needs({ kind: '305' })).toBe(true)
  for (const kind of ['300', '330', '400', '410'] as const) expect(needs({ kind })).toBe(false)
  expect(needs({ vat: 0 })).toBe(false)
  expect(needs({ dealerNumber: '' })).toBe(false)
})

it('may be asked for at any sum', () => {
  expect(needs({ net: 10_000 })).toBe(false)
  expect(mayBeAllocated({ ...document, vat: 1_800 })).toBe(true)
})

it('is printed by its nine rightmost digits, and typed with what people put between', () => {
  expect(printedDigits('20261122000000123456789')).toBe('123456789')
  expect(printedDigits('123456789')).toBe('123456789')
  expect(readAllocationNumber(' 2026-1122 123456789 ')).toBe('20261122123456789')
  for (const typed of ['12345678', '', '12345678x', '1'.repeat(41)]) expect(readAllocationNumber(typed)).toBeNull()
})
