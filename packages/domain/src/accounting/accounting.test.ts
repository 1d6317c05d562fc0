import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Payment } from '../invoices/invoice.ts'
import { refusal } from '../refusal.fixture.ts'
import { plainDate } from '../time.ts'
import { byReference, compareEntry, strangersAmong } from './compare.ts'
import { type ConnectionRequest, requireConnectable } from './connection.ts'
import { type AccountKeys, canonicalEntry, entryOf, isOurs, type JournalDocument, referenceOf } from './entry.ts'
import type { HeldEntry } from './service.ts'
import { afterPush, afterReading, maySendAgain } from './state.ts'

const day = plainDate('2026-11-22')
const keys: AccountKeys = { cash: '1001', card: '1002', transfer: '1003', bit: '1003', cheque: '1005', customers: '2000', vat: '4000', income: '6000', rounding: '7000' }
const paid = (method: Payment['method'], amount: number): Payment => ({ method, amount, receivedOn: day, reference: '' })
const document: JournalDocument = { id: '0197a000-0000-7000-8000-000000abcdef', kind: '320', number: 12, date: day, net: 10_000, vat: 1_800, total: 11_800, payments: [paid('transfer', 5_000), paid('bit', 6_800)] }
const entry = () => {
  const made = entryOf(document, keys)
  if (!made) throw new Error('it moves something')
  return made
}
const held = (change: Partial<HeldEntry> = {}): HeldEntry => ({ id: '7', reference: entry().reference, date: day, lines: entry().lines, ...change })

describe('the entry of a document', () => {
  it('goes to the accounts of the service, balanced, under a reference of its own, and tells nobody who the patient is', () => {
    expect(entry()).toEqual({
      reference: 'YM320-12-abcdef', kind: '320', number: 12, date: '2026-11-22', details: 'חשבונית מס קבלה 12',
      lines: [{ account: '1003', debit: 5_000, credit: 0 }, { account: '1003', debit: 6_800, credit: 0 }, { account: '6000', debit: 0, credit: 10_000 }, { account: '4000', debit: 0, credit: 1_800 }],
    })
    expect(entryOf({ ...document, kind: '300', payments: [] }, keys)).toBeNull()
  })

  it('has one reference for ever, which is short enough and known for ours', () => {
    fc.assert(fc.property(fc.uuid(), fc.constantFrom('305' as const, '320' as const, '330' as const, '400' as const, '410' as const), fc.integer({ min: 1, max: 999_999_999 }), (id, kind, number) => {
      const reference = referenceOf({ id, kind, number })
      expect([reference === referenceOf({ id, kind, number }), isOurs(reference), reference.length <= 24]).toEqual([true, true, true])
    }))
    expect([isOurs(''), isOurs('YM320-12'), isOurs('משכורות'), isOurs('YM320-12-ABCDEF')]).toEqual([false, false, false, false])
  })

  it('is the same bytes whatever order its fields came in', () => {
    const { lines, ...rest } = entry()
    expect(canonicalEntry({ lines: lines.map(({ credit, debit, account }) => ({ credit, debit, account })), ...rest })).toBe(canonicalEntry(entry()))
  })
})

describe('what the service holds beside what was sent', () => {
  it('is the same where it joined lines of one account, or turned them around', () => {
    const joined = [{ account: '4000', debit: 0, credit: 1_800 }, { account: '1003', debit: 11_800, credit: 0 }, { account: '6000', debit: 0, credit: 10_000 }]
    expect(compareEntry(entry(), [held({ lines: joined })]).state).toBe('accepted')
  })

  it.each([
    ['amount', { lines: [{ account: '1003', debit: 11_900, credit: 0 }, { account: '6000', debit: 0, credit: 10_100 }, { account: '4000', debit: 0, credit: 1_800 }] }, ['amount']],
    ['date', { date: plainDate('2026-11-23') }, ['date']],
    ['account', { lines: [{ account: '1003', debit: 11_800, credit: 0 }, { account: '6001', debit: 0, credit: 10_000 }, { account: '4000', debit: 0, credit: 1_800 }] }, ['account']],
    ['everything', { date: plainDate('2026-12-01'), lines: [] }, ['amount', 'date', 'account']],
  ])('differs by %s', (_what, change, differences) => {
    expect(compareEntry(entry(), [held(change)])).toMatchObject({ state: 'different', differences })
  })

  it('differs where it cannot be read, and shows nothing of it', () => {
    const compared = compareEntry(entry(), [{ id: '7', reference: entry().reference, unreadable: ['amount'] }, held()])
    expect(compared).toMatchObject({ state: 'different', differences: ['amount', 'twice'] })
    expect(afterReading(compared, null)).toMatchObject({ state: 'different', serviceId: '7', held: null })
    expect(strangersAmong([{ id: '7', reference: 'YM320-99-aaaaaa', unreadable: ['date'] }], new Set(), '6000')).toEqual([])
  })

  it('is missing, or there twice', () => {
    expect(compareEntry(entry(), []).state).toBe('missing')
    expect(compareEntry(entry(), [held(), held({ id: '8' })])).toMatchObject({ state: 'different', differences: ['twice'] })
    expect(byReference([held(), held({ id: '8' })]).get(entry().reference)).toHaveLength(2)
  })

  it('says who typed in what no document stands behind, and leaves the rest of the ledger alone', () => {
    const typed = held({ id: '9', reference: 'ידני', lines: [{ account: '1001', debit: 100, credit: 0 }, { account: '6000', debit: 0, credit: 100 }] })
    const salaries = held({ id: '10', reference: 'משכורות', lines: [{ account: '8000', debit: 100, credit: 0 }, { account: '1100', debit: 0, credit: 100 }] })
    const lost = held({ id: '11', reference: 'YM320-99-aaaaaa' })
    expect(strangersAmong([held(), typed, salaries, lost], new Set([entry().reference]), '6000').map(({ id }) => id)).toEqual(['9', '11'])
  })
})

describe('where an entry stands', () => {
  it('follows the answer, with longer pauses after each that did not come', () => {
    expect(afterPush({ kind: 'accepted', id: 'T1' }, 1)).toMatchObject({ state: 'sent', serviceId: 'T1', againInSeconds: null })
    expect([1, 2, 9].map((attempt) => afterPush({ kind: 'unreachable', message: '' }, attempt).againInSeconds)).toEqual([120, 240, 3_600])
    expect(afterPush({ kind: 'unauthorised' }, 1)).toMatchObject({ state: 'waiting', problem: 'reconnect', againInSeconds: null })
    expect(afterPush({ kind: 'refused', message: 'x', account: '6000' }, 1)).toMatchObject({ state: 'refused', problem: 'unknown_account' })
    expect(afterPush({ kind: 'refused', message: 'x', account: null }, 1)).toMatchObject({ state: 'refused', problem: 'rejected' })
  })

  it('follows what was read back', () => {
    expect(afterReading(compareEntry(entry(), [held()]), 'T1')).toMatchObject({ state: 'accepted', serviceId: '7', differences: [] })
    expect(afterReading({ state: 'missing' }, 'T1')).toMatchObject({ state: 'missing', serviceId: 'T1', held: null })
    expect((['waiting', 'sending', 'sent', 'accepted', 'different', 'missing', 'refused'] as const).filter(maySendAgain)).toEqual(['missing', 'refused'])
  })
})

describe('what can be connected', () => {
  const request: ConnectionRequest = { service: 'priority', address: 'https://erp.example.co.il/odata/Priority/tabula.ini', company: 'demo', secret: { user: 'u', key: 'k', report: '' }, keys, firstOn: day }
  const said = (change: Partial<ConnectionRequest>, trusted: string[] = []) => refusal(() => requireConnectable({ ...request, ...change }, trusted))

  it('is an address of the public network by https, or one that the installation names', () => {
    expect(said({})).toBe('not refused')
    for (const address of ['http://erp.example.co.il', 'https://127.0.0.1/odata', 'https://[::1]/', 'https://localhost/odata', 'https://erp.local', 'https://0x7f.1', 'https://user@erp.example.co.il', 'https://erp.example.co.il:8443', 'https://erp.example.co.il/?a=b', 'file:///etc/passwd', 'erp']) {
      expect([address, said({ address })]).toEqual([address, 'accounting_address_invalid'])
    }
    expect(said({ address: 'http://127.0.0.1:9000/odata' }, ['http://127.0.0.1:9000'])).toBe('not refused')
    const wiz = { service: 'hashavshevet' as const, secret: { user: '', key: 'k', report: 'r' } }
    expect([said({ ...wiz, address: 'https://lb1.wizcloud.co.il' }), said({ ...wiz, address: 'https://wizcloud.co.il.example.com' })]).toEqual(['not refused', 'accounting_address_invalid'])
  })

  it('has what opens it, and a key for each account', () => {
    expect(said({ secret: { user: '', key: 'k', report: '' } })).toBe('accounting_secret_missing')
    expect(said({ service: 'hashavshevet', address: 'https://lb1.wizcloud.co.il' })).toBe('accounting_secret_missing')
    expect(said({ keys: { ...keys, vat: ' ' } })).toBe('accounting_key_missing')
  })
})
