import type { Instant } from '@yoman/domain/time'
import { pushEntry } from '@yoman/use-cases/accounting/push'
import { systemClock } from '@yoman/use-cases/clock'
import { beforeEach, expect, it } from 'vitest'
import { contextOf } from '../services.ts'
import { openLedgerDesk } from './ledger.fixture.ts'
import { accountingOf, pushEntries } from './sweep.ts'

// Whoever connects anew while a try has no answer yet: the service may still be writing, so it is left alone as long as before.
const desk = await openLedgerDesk()
const { standIn, services, clinic } = desk
const anotherSpelling = standIn.priorityUrl.replace('127.0.0.1', '127.1')
const current = "e.connection_id = (select id from accounting_connection where clinic_id = e.clinic_id and state <> 'off')"
const standing = async (id: string) => (await desk.database.ownerPool.query<{ state: string; attempt: number; reference: string | null; next_at: Instant | null }>(`select * from accounting_entry e where invoice_id = $1 and ${current}`, [id])).rows[0]
const connectionState = async () => (await desk.database.ownerPool.query<{ state: string }>("select state from accounting_connection where clinic_id = $1 and state <> 'off'", [clinic.id])).rows[0]?.state
const secondsUntil = (at: Instant | null | undefined) => ((at?.epochMilliseconds ?? 0) - systemClock.now().epochMilliseconds) / 1_000

beforeEach(async () => {
  desk.backToRealTime()
  standIn.faults.clear()
  await desk.connect()
  await pushEntries(services)
})

/** A document whose first try got no answer: it is not known whether it is there. */
async function unanswered(): Promise<string> {
  const id = await desk.document()
  standIn.faults.add({ at: 'push', kind: 'status', status: 503 })
  await pushEntries(services)
  expect(await standing(id)).toMatchObject({ state: 'waiting', attempt: 1 })
  return id
}

it('keeps the pause of an entry where the clinic connects to the same again', async () => {
  const id = await unanswered()
  await desk.connect()
  expect(await connectionState()).toBe('connected')
  await pushEntries(services)
  expect(await standing(id)).toMatchObject({ state: 'waiting', attempt: 1 })
  desk.passSeconds(130)
  await pushEntries(services)
  expect(await standing(id)).toMatchObject({ state: 'sent', attempt: 2 })
})

it('keeps it where the same is spelt in another way, and has a connection of its own', async () => {
  const id = await unanswered()
  await desk.connect({ address: anotherSpelling })
  await pushEntries(services)
  expect(await standing(id)).toMatchObject({ state: 'waiting', attempt: 0 })
  expect(secondsUntil((await standing(id))?.next_at)).toBeGreaterThan(60)
  desk.passSeconds(130)
  await pushEntries(services)
  expect((await standing(id))?.state).toBe('sent')
})

it('waits for the lease of whoever is at it in the old connection, and a pause', async () => {
  const id = await desk.document()
  const tools = accountingOf(services)
  const open: typeof tools.open = (target, secret) => ({ ...tools.open(target, secret), push: () => Promise.reject(new Error('the process died here')) })
  standIn.faults.add({ at: 'read', kind: 'status', status: 500 })
  await pushEntries(services)
  desk.passSeconds(130)
  await expect(pushEntry(contextOf(services, clinic.id), { ...tools, open }, id)).rejects.toThrow('died')
  expect((await standing(id))?.state).toBe('sending')
  await desk.connect({ address: anotherSpelling })
  await pushEntries(services)
  expect((await standing(id))?.attempt).toBe(0)
  desk.passSeconds(tools.leaseSeconds) // the lease is over, and what it may have written last is not yet to be seen
  await pushEntries(services)
  expect((await standing(id))?.attempt).toBe(0)
  desk.passSeconds(tools.leaseSeconds + 130)
  await pushEntries(services)
  expect((await standing(id))?.state).toBe('sent')
})

it('lets nothing wait that nobody tried', async () => {
  const id = await desk.document()
  await desk.connect({ address: anotherSpelling })
  await pushEntries(services)
  expect((await standing(id))?.state).toBe('sent')
})
