import { type AccountingConnectionRow, lockAccounting, saveAccounting } from '@yoman/db/accounting/connection'
import { wakeEntries } from '@yoman/db/accounting/entries'
import type { Tx } from '@yoman/db/database'
import type { AccountingService, TestAnswer } from '@yoman/domain/accounting/service'
import { type Instant, isAfter } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { type Accounting, serviceOf } from './secret.ts'

const againSeconds = 60
export const mostLetters = 500

/** Looks whether a new connection works. Whoever dies in between leaves a lease that ends. @returns where it stands then; `gone` where there is nothing to look at. */
export async function tryConnection(ctx: Context, accounting: Accounting): Promise<'connected' | 'refused' | 'testing' | 'gone'> {
  const taken = await transact(ctx, (tx) => take(tx, ctx, accounting))
  if (!taken) return 'gone'
  const answer = await taken.service.test()
  return transact(ctx, (tx) => settle(tx, ctx, taken.version, answer, accounting.machineClock.now()))
}

async function take(tx: Tx, ctx: Context, { open, machineClock, leaseSeconds }: Accounting): Promise<{ service: AccountingService; version: number } | null> {
  const now = machineClock.now()
  const row = await lockAccounting(tx)
  if (row?.state !== 'testing' || !row.test_at || isAfter(row.test_at, now) || (row.test_lease_until && isAfter(row.test_lease_until, now))) return null
  await saveAccounting(tx, row.id, { test_lease_until: now.add({ seconds: leaseSeconds }), version: row.version + 1 })
  return { service: await serviceOf(tx, ctx, open, row), version: row.version + 1 }
}

/** What opens the service may be wrong, or its address; a service that does not answer is asked again. */
async function settle(tx: Tx, ctx: Context, version: number, answer: TestAnswer, now: Instant): Promise<'connected' | 'refused' | 'testing' | 'gone'> {
  const row = await lockAccounting(tx)
  if (row?.version !== version) return 'gone'
  if (answer.kind === 'works') return connected(tx, ctx, row, now)
  const message = 'message' in answer ? answer.message.slice(0, mostLetters) : ''
  if (answer.kind === 'unreachable') {
    await saveAccounting(tx, row.id, { problem: 'unreachable', message, test_at: now.add({ seconds: againSeconds }), test_lease_until: null })
    await changed(tx, ctx, 'unreachable')
    return 'testing'
  }
  const problem = answer.kind === 'unauthorised' ? 'unauthorised' : 'rejected'
  await saveAccounting(tx, row.id, { state: 'refused', problem, message, test_at: null, test_lease_until: null, version: row.version + 1 })
  await changed(tx, ctx, problem)
  return 'refused'
}

async function connected(tx: Tx, ctx: Context, row: AccountingConnectionRow, now: Instant): Promise<'connected'> {
  await saveAccounting(tx, row.id, { state: 'connected', problem: null, message: '', test_at: null, test_lease_until: null, read_next_at: row.read_next_at ?? now.add({ minutes: 10 }), version: row.version + 1 })
  await wakeEntries(tx, row.id, now)
  await recordEvents(tx, ctx, [{ name: 'accounting.connected', subject: { type: 'clinic', id: ctx.clinicId }, details: { service: row.service } }])
  return 'connected'
}

const changed = (tx: Tx, ctx: Context, problem: string): Promise<void> => recordEvents(tx, ctx, [{ name: 'accounting.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { step: 'tried', problem } }])

/** The service that let us in does so no more: somebody has to give what opens it anew. The row is held by the caller. */
export async function lose(tx: Tx, ctx: Context, row: AccountingConnectionRow): Promise<void> {
  if (row.state !== 'connected') return
  await saveAccounting(tx, row.id, { state: 'reconnect', problem: 'unauthorised', version: row.version + 1 })
  await recordEvents(tx, ctx, [{ name: 'accounting.lost', subject: { type: 'clinic', id: ctx.clinicId } }])
}
