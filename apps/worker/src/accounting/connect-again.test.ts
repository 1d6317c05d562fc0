import type { Instant } from '@yoman/domain/time'
import { sendAgain } from '@yoman/use-cases/accounting/again'
import { pushEntry } from '@yoman/use-cases/accounting/push'
import { pageOfEntries, reconcile } from '@yoman/use-cases/accounting/read'
import { askForReading } from '@yoman/use-cases/accounting/read-back'
import { systemClock } from '@yoman/use-cases/clock'
import { beforeEach, expect, it } from 'vitest'
import { contextOf } from '../services.ts'
import { openLedgerDesk, today } from './ledger.fixture.ts'
import { accountingOf, pushEntries, readLedgers } from './sweep.ts'

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

/** All pauses are over, and nothing is left to be sent. */
async function sendAll(): Promise<void> {
  desk.passSeconds(600)
  let rounds = 0
  while (rounds < 20 && (await pushEntries(services)) > 0) rounds += 1
  expect(rounds).toBeLessThan(20)
}

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

it('shows what has no entry as waiting, says which were issued under another dealer number, and takes that number when it connects again', async () => {
  const owner = desk.as('owner')
  const [days, waits] = [{ from: today, to: today }, ['waiting'] as const]
  await sendAll()
  const id = await desk.document()
  const waiting = async () => (await pageOfEntries(owner, { ...days, states: waits })).items.filter(({ invoiceId }) => invoiceId === id).map(({ state, problem, totalAgorot }) => ({ state, problem, totalAgorot }))
  const count = async () => (await reconcile(owner, days)).counts.filter(({ state }) => state === 'waiting').reduce((sum, one) => sum + one.count, 0)
  expect([await waiting(), await count()]).toEqual([[{ state: 'waiting', problem: null, totalAgorot: 35_000 }], 1])
  await pushEntries(services)
  expect(await count()).toBe(0)

  await desk.database.ownerPool.query("update clinic set vat_number = '514777715' where id = $1", [clinic.id])
  const other = await desk.document()
  await pushEntries(services)
  const problems = async () => (await pageOfEntries(owner, { ...days, states: waits })).items.map(({ invoiceId, problem }) => [invoiceId, problem])
  expect([await standing(other), await problems(), await count()]).toEqual([undefined, [[other, 'other_number']], 1])
  await desk.connect()
  await pushEntries(services)
  expect([(await standing(other))?.state, await problems()]).toEqual(['sent', []])
})

it('is not missing yet where it was only just sent, by a worker whose clock may differ', async () => {
  const id = await desk.document()
  await pushEntries(services)
  const there = standIn.ledger.under((await standing(id))?.reference ?? '')[0]
  standIn.ledger.remove(there?.id ?? 0)
  const readAfter = async (seconds: number) => {
    desk.passSeconds(seconds)
    await askForReading(desk.as('owner'), { from: today, to: today })
    await readLedgers(services)
    return (await standing(id))?.state
  }
  expect([await readAfter(60), await readAfter(70)]).toEqual(['sent', 'missing'])
})

it('is found where it is sent again and stands there under a date of another season, also after a try without an answer', async () => {
  await desk.connect({ service: 'hashavshevet' })
  await sendAll()
  const id = await desk.document()
  await pushEntries(services)
  const reference = (await standing(id))?.reference ?? ''
  standIn.ledger.change(standIn.ledger.under(reference)[0]?.id ?? 0, { date: today.subtract({ days: 100 }).toString() })
  desk.passSeconds(130)
  await askForReading(desk.as('owner'), { from: today, to: today })
  await readLedgers(services)
  expect((await standing(id))?.state).toBe('missing')
  await sendAgain(desk.as('owner'), id)
  standIn.faults.add({ at: 'read', kind: 'status', status: 503 })
  await pushEntries(services)
  expect((await standing(id))?.state).toBe('waiting')
  desk.passSeconds(3_700)
  await pushEntries(services)
  expect([(await standing(id))?.state, standIn.ledger.under(reference).length]).toEqual(['different', 1])
})
