import { changeAccounts, disconnectAccounting } from '@yoman/use-cases/accounting/connect'
import { sendAgain } from '@yoman/use-cases/accounting/again'
import { pushEntry } from '@yoman/use-cases/accounting/push'
import { askForReading, readBack } from '@yoman/use-cases/accounting/read-back'
import { reconcile } from '@yoman/use-cases/accounting/read'
import { systemClock } from '@yoman/use-cases/clock'
import { beforeEach, describe, expect, it } from 'vitest'
import { contextOf } from '../services.ts'
import { keys, openLedgerDesk, today } from './ledger.fixture.ts'
import { accountingOf, pushEntries, readLedgers } from './sweep.ts'

const desk = await openLedgerDesk()
const { standIn, services, clinic } = desk
const mostRounds = 20
const ctx = () => contextOf(services, clinic.id)
type Standing = { state: string; problem: string | null; attempt: number; reference: string; payload: string; payload_hash: string; differences: string[]; account: string | null; message: string }
const one = async <T>(query: string, ...values: unknown[]): Promise<T> => (await desk.database.ownerPool.query<Record<string, unknown>>(query, values)).rows[0] as T // what the query says
const current = "e.connection_id = (select id from accounting_connection where clinic_id = e.clinic_id and state <> 'off')"
const standing = (id: string) => one<Standing>(`select * from accounting_entry e where invoice_id = $1 and ${current}`, id)
const outcomes = async (id: string): Promise<string[]> => (await desk.database.ownerPool.query<{ outcome: string }>(`select outcome from accounting_attempt e where invoice_id = $1 and ${current} order by at, id`, [id])).rows.map(({ outcome }) => outcome)
const connection = () => one<{ state: string; problem: string | null; version: number } | undefined>("select * from accounting_connection where clinic_id = $1 and state <> 'off'", clinic.id)
const thereOf = async (id: string) => standIn.ledger.under((await standing(id)).reference)

/** Tries at once, whatever pause the last answer made. */
async function again(): Promise<void> {
  desk.passSeconds(3_700)
  await pushEntries(services)
}

async function read(): Promise<void> {
  await askForReading(desk.as('owner'), { from: today.with({ day: 1 }), to: today.add({ days: 5 }) })
  await readLedgers(services)
}

beforeEach(async () => {
  desk.backToRealTime()
  standIn.faults.clear()
  for (const account of Object.values(keys)) standIn.ledger.accounts.add(account)
  if ((await connection())?.state !== 'connected') await desk.connect()
  expect((await connection())?.state).toBe('connected')
  await pushEntries(services)
})

describe('a document that is issued', () => {
  it('goes to the ledger by itself, once, and is accepted when it was read back', async () => {
    const id = await desk.document()
    await pushEntries(services)
    expect([(await standing(id)).state, await outcomes(id)]).toEqual(['sent', ['accepted']])
    expect(await thereOf(id)).toMatchObject([{ date: today.toString(), lines: [{ account: '1003', debit: 35_000 }, { account: '6000' }, { account: '4000' }] }])
    await pushEntries(services)
    await read()
    expect([(await standing(id)).state, (await thereOf(id)).length, await outcomes(id)]).toEqual(['accepted', 1, ['accepted', 'read_accepted']])
  })

  it.each([{ kind: 'status', status: 429 }, { kind: 'status', status: 503 }, { kind: 'page' }, { kind: 'cut' }] as const)('is sent again after a pause where no answer came ($kind), and is there once', async (fault) => {
    const id = await desk.document()
    standIn.faults.add({ at: 'push', ...fault })
    await pushEntries(services)
    expect(await standing(id)).toMatchObject({ state: 'waiting', problem: 'unreachable', attempt: 1 })
    await pushEntries(services) // the pause is not over
    expect((await standing(id)).attempt).toBe(1)
    await again()
    expect([(await standing(id)).state, (await thereOf(id)).length, await outcomes(id)]).toEqual(fault.kind === 'cut' ? ['accepted', 1, ['unreachable', 'found']] : ['sent', 1, ['unreachable', 'accepted']])
  })

  it('is not written where the ledger cannot be looked through', async () => {
    const id = await desk.document()
    standIn.faults.add({ at: 'read', kind: 'status', status: 500 })
    await pushEntries(services)
    expect([(await standing(id)).state, await thereOf(id)]).toEqual(['waiting', []])
    await again()
    expect((await thereOf(id)).length).toBe(1)
  })

  it('is there once where the worker died at any step, and another took over when its lease was over', async () => {
    const tools = accountingOf(services)
    for (const dies of ['before', 'after'] as const) {
      const id = await desk.document()
      const before = standIn.ledger.entries.length
      const open: typeof tools.open = (target, secret) => {
        const service = tools.open(target, secret)
        return { ...service, push: async (entry) => {
          if (dies === 'after') await service.push(entry)
          throw new Error('the process died here')
        } }
      }
      await queued(id)
      await expect(pushEntry(ctx(), { ...tools, open }, id)).rejects.toThrow('died')
      expect((await standing(id)).state).toBe('sending')
      await pushEntries(services) // its lease holds
      expect([(await standing(id)).state, standIn.ledger.entries.length - before]).toEqual(['sending', dies === 'after' ? 1 : 0])
      await again()
      expect([(await standing(id)).state, (await thereOf(id)).length]).toEqual([dies === 'after' ? 'accepted' : 'sent', 1])
      desk.backToRealTime()
    }
  })

  it('is there once where two workers are at it', async () => {
    const ids = [await desk.document(), await desk.document(), await desk.document()]
    await Promise.all([pushEntries(services), pushEntries(services), pushEntries(services)])
    await pushEntries(services)
    for (const id of ids) expect([(await standing(id)).state, (await thereOf(id)).length]).toEqual(['sent', 1])
  })

  it('is not written by a worker that looked for so long that another may have taken over', async () => {
    const id = await desk.document()
    await queued(id)
    const tools = accountingOf(services)
    const open: typeof tools.open = (target, secret) => {
      const service = tools.open(target, secret)
      return { ...service, find: async (entry, wasTaken) => {
        const found = await service.find(entry, wasTaken)
        desk.passSeconds(tools.leaseSeconds)
        return found
      } }
    }
    expect(await pushEntry(ctx(), { ...tools, open }, id)).toBe('waiting')
    expect(await thereOf(id)).toEqual([])
    await again()
    expect((await thereOf(id)).length).toBe(1)
  })
})

/** Gives the document its row without sending it. */
async function queued(id: string): Promise<void> {
  standIn.faults.add({ at: 'read', kind: 'status', status: 500 })
  await pushEntries(services)
  standIn.faults.clear()
  await desk.database.ownerPool.query(`update accounting_entry e set next_at = now() - interval '1 hour' where invoice_id = $1 and ${current}`, [id])
}

describe('what the service refuses', () => {
  it('says which account it does not have, and goes under another when the accounts are changed', async () => {
    standIn.ledger.accounts.delete('1003')
    const id = await desk.document()
    await pushEntries(services)
    expect(await standing(id)).toMatchObject({ state: 'refused', problem: 'unknown_account', account: '1003' })
    expect((await standing(id)).message).toContain('1003')
    await again()
    expect((await standing(id)).attempt).toBe(1) // nobody asked for it
    standIn.ledger.accounts.add('1100')
    await changeAccounts(desk.as('owner'), { ...keys, transfer: '1100' }, (await connection())?.version ?? 0, systemClock.now())
    await again()
    expect(await thereOf(id)).toMatchObject([{ lines: [{ account: '1100' }, {}, {}] }])
    await changeAccounts(desk.as('owner'), keys, (await connection())?.version ?? 0, systemClock.now())
  })

  it('lets nobody in: the clinic connects anew, and what waited goes', async () => {
    await desk.connect({ key: 'wrong' })
    expect(await connection()).toMatchObject({ state: 'refused', problem: 'unauthorised' })
    const id = await desk.document()
    await pushEntries(services)
    expect(await standing(id)).toBeUndefined()
    await desk.connect()
    await pushEntries(services)
    expect((await standing(id)).state).toBe('sent')
  })

  it('lets nobody in any more where it did: what is issued waits for the clinic to connect', async () => {
    const id = await desk.document()
    standIn.faults.add({ at: 'read', kind: 'status', status: 401 })
    await pushEntries(services)
    expect([(await connection())?.state, await standing(id)]).toMatchObject(['reconnect', { state: 'waiting', problem: 'reconnect' }])
    await again()
    expect((await standing(id)).attempt).toBe(1)
    desk.backToRealTime()
    await desk.connect()
    await pushEntries(services)
    expect([(await standing(id)).state, (await thereOf(id)).length]).toEqual(['sent', 1])
  })
})

describe('the ledger that is read back', () => {
  it('shows what somebody changed, deleted or typed in there; a deleted entry goes again byte by byte', async () => {
    const [changed, moved, deleted, same] = [await desk.document(), await desk.document(), await desk.document(), await desk.document()]
    await pushEntries(services)
    await read()
    const [a, b, c] = [(await thereOf(changed))[0], (await thereOf(moved))[0], (await thereOf(deleted))[0]]
    if (!a || !b || !c) throw new Error('they are there')
    standIn.ledger.change(a.id, { lines: a.lines.map((line) => ({ ...line, debit: line.debit * 2, credit: line.credit * 2 })) })
    standIn.ledger.change(b.id, { date: today.subtract({ days: 20 }).toString() })
    standIn.ledger.remove(c.id)
    const typed = standIn.ledger.add({ reference: 'ידני', date: today.toString(), lines: [{ account: '1001', debit: 500, credit: 0 }, { account: '6000', debit: 0, credit: 500 }] })
    standIn.ledger.add({ reference: 'שכר', date: today.toString(), lines: [{ account: '8000', debit: 500, credit: 0 }, { account: '1100', debit: 0, credit: 500 }] })
    await read()
    expect(await standing(changed)).toMatchObject({ state: 'different', differences: ['amount'] })
    expect(await standing(moved)).toMatchObject({ state: 'different', differences: ['date'] })
    expect([(await standing(deleted)).state, (await standing(same)).state]).toEqual(['missing', 'accepted'])
    const period = { from: today.with({ day: 1 }), to: today }
    const { strangers, counts } = await reconcile(desk.as('owner'), period)
    expect(strangers.map(({ serviceId, reference, totalAgorot }) => [serviceId, reference, totalAgorot])).toEqual([[`T${typed.id}`, 'ידני', 500]])
    expect(counts).toContainEqual({ kind: '320', state: 'missing', count: 1, totalAgorot: 35_000, heldAgorot: 0 })
    expect(counts.find(({ state }) => state === 'different')).toEqual({ kind: '320', state: 'different', count: 2, totalAgorot: 70_000, heldAgorot: 105_000 })

    const before = await standing(deleted)
    await expect(sendAgain(desk.as('owner'), same)).rejects.toMatchObject({ code: 'accounting_entry_kept' })
    await sendAgain(desk.as('owner'), deleted)
    await changeAccounts(desk.as('owner'), { ...keys, transfer: '1002' }, (await connection())?.version ?? 0, systemClock.now())
    await pushEntries(services)
    expect(await standing(deleted)).toMatchObject({ state: 'sent', payload: before.payload, payload_hash: before.payload_hash })
    expect(await thereOf(deleted)).toMatchObject([{ lines: c.lines }])
    await changeAccounts(desk.as('owner'), keys, (await connection())?.version ?? 0, systemClock.now())
    standIn.ledger.remove(typed.id)
    await read()
    expect([(await standing(deleted)).state, (await reconcile(desk.as('owner'), period)).strangers]).toEqual(['accepted', []])
  })

  it('is not read over what was sent meanwhile, and what was sent cannot be changed in the database', async () => {
    const id = await desk.document()
    await askForReading(desk.as('owner'), { from: today, to: today })
    const tools = accountingOf(services)
    const open: typeof tools.open = (target, secret) => {
      const service = tools.open(target, secret)
      return { ...service, readBack: async (from, to) => {
        const found = await service.readBack(from, to)
        await pushEntries(services)
        return found
      } }
    }
    await readBack(ctx(), { ...tools, open })
    expect((await standing(id)).state).toBe('sent')
    await expect(desk.database.ownerPool.query("update accounting_entry set payload = '{}' where invoice_id = $1", [id])).rejects.toThrow('append_only')
    await expect(desk.database.ownerPool.query('delete from accounting_attempt')).rejects.toThrow('append_only')
  })

  it('is asked for again where it did not answer, and read each night by itself', async () => {
    standIn.faults.add({ at: 'read', kind: 'status', status: 503 })
    await read()
    expect(await connection()).toMatchObject({ state: 'connected', read_problem: 'unreachable' })
    desk.passSeconds(700)
    await readLedgers(services)
    expect(await connection()).toMatchObject({ read_problem: null, read_from: null })
    const id = await desk.document()
    await pushEntries(services)
    desk.passSeconds(700 + 25 * 3_600)
    await readLedgers(services)
    expect((await standing(id)).state).toBe('accepted')
  })
})

describe('another service', () => {
  it('begins anew, from the day that the owner chose, and the same works there', async () => {
    const before = await desk.document()
    await disconnectAccounting(desk.as('owner'))
    await pushEntries(services)
    expect(await standing(before)).toBeUndefined()
    standIn.ledger.entries.length = 0
    await desk.connect({ service: 'hashavshevet', firstOn: today.add({ days: 1 }).toString() })
    await pushEntries(services)
    expect(standIn.ledger.entries).toEqual([])
    await desk.connect({ service: 'hashavshevet', firstOn: today.toString() })
    standIn.faults.add({ at: 'push', kind: 'cut' })
    await pushEntries(services)
    desk.passSeconds(3_700) // what got no answer is tried again, and a few of each clinic go at a time
    let rounds = 0
    while (rounds < mostRounds && (await pushEntries(services)) > 0) rounds += 1
    expect(rounds).toBeLessThan(mostRounds)
    expect((await thereOf(before)).length).toBe(1)
    const { entries } = standIn.ledger
    expect(new Set(entries.map(({ reference }) => reference)).size).toBe(entries.length)
    await read()
    expect((await standing(before)).state).toBe('accepted')
  })
})
