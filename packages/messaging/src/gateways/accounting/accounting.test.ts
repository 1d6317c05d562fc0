import type { AccountingTarget } from '@yoman/domain/accounting/connection'
import type { AccountingEntry } from '@yoman/domain/accounting/entry'
import type { AccountingServiceName } from '@yoman/domain/accounting/service'
import { plainDate } from '@yoman/domain/time'
import { type AccountingStandIn, startAccounting } from '@yoman/runtime/accounting/start'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isOwnNetwork } from './http.ts'
import { accountingServices } from './open.ts'
import { readEntry, type ToldEntry } from './read-entry.ts'

const priority = { company: 'demo', user: 'api', password: 'secret' }
const hashavshevet = { key: 'private-key', database: 'wizdb1n1', report: '0c61e292' }
let office: AccountingStandIn
beforeAll(async () => void (office = await startAccounting({ priority, hashavshevet, log: () => {} })))
afterAll(() => office.stop())
beforeEach(() => {
  office.ledger.entries.length = 0
  office.ledger.mostOfPage = 2_000
  office.ledger.garbled.clear()
  office.faults.clear()
})

const entry: AccountingEntry = {
  reference: 'YM320-12-abcdef', kind: '320', number: 12, date: '2026-11-22', details: 'חשבונית מס קבלה 12',
  lines: [{ account: '1002', debit: 11_803, credit: 0 }, { account: '6000', debit: 0, credit: 10_003 }, { account: '4000', debit: 0, credit: 1_800 }],
}
const day = plainDate('2026-11-22')
const open = (service: AccountingServiceName, over: { key?: string; company?: string; timeoutMs?: number; address?: string; trusted?: string[]; report?: string } = {}) => {
  const target: AccountingTarget = service === 'priority'
    ? { service, address: over.address ?? office.priorityUrl, company: over.company ?? priority.company }
    : { service, address: over.address ?? office.hashavshevetUrl, company: over.company ?? hashavshevet.database }
  const key = over.key ?? (service === 'priority' ? priority.password : hashavshevet.key)
  return accountingServices({ trusted: over.trusted ?? [office.url], ...(over.timeoutMs === undefined ? {} : { timeoutMs: over.timeoutMs }) })(target, { user: priority.user, key, report: over.report ?? hashavshevet.report })
}

describe.each(['priority', 'hashavshevet'] as const)('%s', (name) => {
  it('takes an entry, and shows it as it was sent, to the agora', async () => {
    const service = open(name)
    expect(await service.test()).toEqual({ kind: 'works' })
    expect(await service.find(entry, false)).toEqual({ kind: 'found', entries: [] })
    expect((await service.push(entry)).kind).toBe('accepted')
    const shown = { reference: entry.reference, date: day, lines: entry.lines }
    expect(await service.find(entry, false)).toMatchObject({ kind: 'found', entries: [shown] })
    expect(await service.readBack(plainDate('2026-11-01'), plainDate('2026-11-30'))).toMatchObject({ kind: 'found', entries: [shown] })
    expect(await service.readBack(plainDate('2026-11-23'), plainDate('2026-11-30'))).toEqual({ kind: 'found', entries: [] })
  })

  it('lets nobody in by another key or into another company, and says which account it does not have', async () => {
    expect((await open(name, { key: 'other' }).test()).kind).toBe('unauthorised')
    expect((await open(name, { key: 'other' }).push(entry)).kind).toBe('unauthorised')
    expect((await open(name, { company: 'nobody' }).test()).kind).toBe(name === 'priority' ? 'refused' : 'unauthorised')
    const odd = { ...entry, lines: [{ account: '1002', debit: 5, credit: 0 }, { account: '6999', debit: 0, credit: 5 }] }
    const answer = await open(name).push(odd)
    expect(answer).toMatchObject({ kind: 'refused', account: '6999' })
    expect(answer.kind === 'refused' && answer.message).toContain('6999')
    expect(office.ledger.entries).toEqual([])
  })

  it.each([{ kind: 'status', status: 429 }, { kind: 'status', status: 500 }, { kind: 'status', status: 503 }, { kind: 'page' }, { kind: 'cut' }] as const)('gives no answer where it has its own trouble ($kind), and afterwards tells whether it has the entry', async (fault) => {
    const service = open(name)
    expect((await service.test()).kind).toBe('works')
    office.faults.add({ at: 'push', ...fault })
    expect((await service.push(entry)).kind).toBe('unreachable')
    const isThere = fault.kind === 'cut'
    expect(await service.find(entry, false)).toMatchObject({ kind: 'found', entries: { length: isThere ? 1 : 0 } })
    if (fault.kind === 'cut') return
    office.faults.add({ at: 'read', ...fault })
    expect((await service.readBack(day, day)).kind).toBe('unreachable')
  })

  it('is not waited for longer than it is given', async () => {
    const slow = await startAccounting({ priority, hashavshevet, log: () => {} })
    const address = name === 'priority' ? slow.priorityUrl : slow.hashavshevetUrl
    slow.faults.add({ at: 'read', kind: 'delay', ms: 60_000 }, { at: 'read', kind: 'delay', ms: 60_000 })
    expect((await open(name, { address, trusted: [slow.url], timeoutMs: 50 }).readBack(day, day)).kind).toBe('unreachable')
    await slow.stop()
  })

  it('is not called in the own network, by no name that leads there, and not where nobody is', async () => {
    expect((await open(name, { trusted: [] }).test()).kind).toBe('unreachable')
    expect((await open(name, { trusted: [], address: 'https://localhost/odata' }).test()).kind).toBe('unreachable')
    expect((await open(name, { address: 'http://127.0.0.1:9', trusted: ['http://127.0.0.1:9'] }).test()).kind).toBe('unreachable')
  })
})

it.each([2_000, 100])('reads a ledger of many pages whole, once each, where the server gives at most %i at once', async (most) => {
  office.ledger.mostOfPage = most
  for (let number = 1; number <= 1_203; number += 1) office.ledger.add({ reference: `YM320-${number}-abcdef`, date: '2026-11-22', lines: [] })
  const all = await open('priority').readBack(day, day)
  expect(all.kind === 'found' && new Set(all.entries.map(({ reference }) => reference)).size).toBe(1_203)
  expect(all.kind === 'found' && all.entries).toHaveLength(1_203)
})

it('opens a session of Hashavshevet once more where the last has ended', async () => {
  const service = open('hashavshevet')
  expect((await service.test()).kind).toBe('works')
  office.hashavshevet.endSessions()
  expect((await service.push(entry)).kind).toBe('accepted')
})

it('takes a report without the columns, or of another company, for no empty ledger', async () => {
  expect(await open('hashavshevet', { report: 'another' }).find(entry, false)).toMatchObject({ kind: 'refused', message: 'The report is not of this company' })
})

it('looks for an entry of Hashavshevet that was there once through a year', async () => {
  office.ledger.add({ ...entry, date: '2026-05-01' })
  expect(await open('hashavshevet').find(entry, false)).toEqual({ kind: 'found', entries: [] })
  expect(await open('hashavshevet').find(entry, true)).toMatchObject({ kind: 'found', entries: { length: 1 } })
})

describe('what cannot be read', () => {
  const told = (over: Partial<ToldEntry> = {}): ToldEntry => ({ id: '7', reference: entry.reference, date: () => day, lines: [{ account: '6000', debit: '12.50', credit: null }], ...over })
  const noDate = () => plainDate('nothing')

  it('is said of ours, and left out of what others have there', () => {
    expect(readEntry(told())).toEqual({ id: '7', reference: entry.reference, date: day, lines: [{ account: '6000', debit: 1_250, credit: 0 }] })
    expect(readEntry(told({ date: noDate }))).toEqual({ id: '7', reference: entry.reference, unreadable: ['date'] })
    for (const debit of ['1,250', 'NaN', NaN, Infinity, {}, true]) expect(readEntry(told({ lines: [{ account: '6000', debit, credit: 0 }] }))).toMatchObject({ unreadable: ['amount'] })
    expect(readEntry(told({ reference: 'משכורות', date: noDate }))).toBeNull()
    expect(readEntry(told({ reference: 'משכורות', lines: [{ account: '8000', debit: 'x', credit: 0 }] }))).toBeNull()
  })

  it.each(['priority', 'hashavshevet'] as const)('stops no reading of %s', async (name) => {
    const line = { account: '6000', debit: 100, credit: 0 }
    office.ledger.add({ reference: 'ישן', date: '2026-11-22', lines: [line] })
    office.ledger.add({ reference: entry.reference, date: '2026-11-22', lines: [line] })
    office.ledger.garbled.add('ישן')
    expect(await open(name).readBack(day, day)).toMatchObject({ kind: 'found', entries: [{ reference: entry.reference, lines: [line] }] })
    office.ledger.garbled.add(entry.reference)
    expect(await open(name).readBack(day, day)).toMatchObject({ kind: 'found', entries: [{ reference: entry.reference, unreadable: ['amount', 'date'] }] })
  })
})

it('knows the own network by its addresses', () => {
  for (const address of ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '::1', '::', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1']) expect([address, isOwnNetwork(address)]).toEqual([address, true])
  for (const address of ['8.8.8.8', '172.32.0.1', '2a00:1450::1']) expect([address, isOwnNetwork(address)]).toEqual([address, false])
})
