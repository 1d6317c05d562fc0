import { v7 as uuid } from 'uuid'
import { type AccountingConnectionRow, findAccounting, insertAccounting, lockAccounting, lockConnecting, saveAccounting } from '@yoman/db/accounting/connection'
import { renewRefused } from '@yoman/db/accounting/entries'
import { loadBookGround } from '@yoman/db/books/queries'
import type { Tx } from '@yoman/db/database'
import { type ConnectionRequest, requireConnectable, requireKeys } from '@yoman/domain/accounting/connection'
import type { AccountKeys } from '@yoman/domain/accounting/entry'
import { isVatNumber } from '@yoman/domain/books/identity'
import { Refusal } from '@yoman/domain/refusal'
import type { Instant } from '@yoman/domain/time'
import { allowWhole, personOf } from '../acting.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { sealSecret } from './secret.ts'

/** The clinic's connection; undefined where there is none. What opens the service stays where it is. */
export async function accountingConnection(ctx: Context): Promise<Omit<AccountingConnectionRow, 'secret_sealed'> | undefined> {
  allowWhole(ctx, 'books.export')
  const row = await read(ctx, findAccounting)
  if (!row) return undefined
  const { secret_sealed: _sealed, ...told } = row
  return told
}

/**
 * Connects the clinic, for the worker to look whether it works. The same service, address and company keep what was sent; another begins anew, from
 * `firstOn` on. Refuses `vat_number_missing` and what
 * `requireConnectable` refuses. @param machineNow the machine's clock. @param trusted origins that the installation names.
 */
export async function connectAccounting(ctx: Context, request: ConnectionRequest, machineNow: Instant, trusted: readonly string[]): Promise<void> {
  allowWhole(ctx, 'accounting.write')
  requireConnectable(request, trusted)
  await transact(ctx, async (tx) => {
    await lockConnecting(tx)
    const before = await lockAccounting(tx)
    const isSame = before?.service === request.service && before.address === request.address && before.company === request.company
    if (before && isSame) await change(tx, ctx, before, request, machineNow)
    else {
      if (before) await end(tx, before)
      await begin(tx, ctx, request, machineNow)
    }
    await recordEvents(tx, ctx, [{ name: 'accounting.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { step: before && isSame ? 'connected_again' : 'connecting', service: request.service, fromDate: request.firstOn.toString() } }])
  })
}

async function begin(tx: Tx, ctx: Context, { service, address, company, secret, keys, firstOn }: ConnectionRequest, machineNow: Instant): Promise<void> {
  const vatNumber = await numberOfToday(tx)
  const id = uuid()
  await insertAccounting(tx, {
    clinic_id: ctx.clinicId, id, service, address, company, state: 'testing', secret_sealed: await sealSecret(tx, ctx, id, secret), accounts: keys, first_on: firstOn, vat_number: vatNumber,
    connected_by: personOf(ctx), connected_at: ctx.now, test_at: machineNow,
  })
}

async function numberOfToday(tx: Tx): Promise<string> {
  const { business: { vatNumber } } = await loadBookGround(tx)
  if (!isVatNumber(vatNumber)) throw new Refusal('vat_number_missing')
  return vatNumber
}

/** An earlier first day, or another dealer number, lets the series be looked at from their beginning: what is there already is passed over. */
async function change(tx: Tx, ctx: Context, before: AccountingConnectionRow, { secret, keys, firstOn }: ConnectionRequest, machineNow: Instant): Promise<void> {
  const vatNumber = await numberOfToday(tx)
  const isAnew = firstOn.toString() < before.first_on.toString() || vatNumber !== before.vat_number
  await saveAccounting(tx, before.id, {
    state: 'testing', problem: null, message: '', secret_sealed: await sealSecret(tx, ctx, before.id, secret), accounts: keys, first_on: firstOn, test_at: machineNow, test_lease_until: null,
    connected_by: personOf(ctx), connected_at: ctx.now, version: before.version + 1, vat_number: vatNumber, ...(isAnew ? { queued: {} } : {}),
  })
  if (!sameKeys(before.accounts, keys)) await renewRefused(tx, before.id, machineNow)
}

const end = (tx: Tx, { id, version }: AccountingConnectionRow): Promise<void> =>
  saveAccounting(tx, id, { state: 'off', secret_sealed: null, test_at: null, test_lease_until: null, read_next_at: null, read_lease_until: null, read_from: null, read_to: null, version: version + 1 })

/** Nothing is sent any more. What was sent stays with the service, and is known here. */
export async function disconnectAccounting(ctx: Context): Promise<void> {
  allowWhole(ctx, 'accounting.write')
  await transact(ctx, async (tx) => {
    const row = await lockAccounting(tx)
    if (!row) return
    await end(tx, row)
    await recordEvents(tx, ctx, [{ name: 'accounting.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { step: 'disconnected' } }])
  })
}

/** Other accounts from now on; what the service refused is sent again under them. Refuses `accounting_off`, `accounting_key_missing`, `accounting_changed`. */
export async function changeAccounts(ctx: Context, keys: AccountKeys, version: number, machineNow: Instant): Promise<void> {
  allowWhole(ctx, 'accounting.write')
  requireKeys(keys)
  await transact(ctx, async (tx) => {
    const row = await lockAccounting(tx)
    if (!row) throw new Refusal('accounting_off')
    if (row.version !== version) throw new Refusal('accounting_changed')
    await saveAccounting(tx, row.id, { accounts: keys, version: row.version + 1 })
    const count = await renewRefused(tx, row.id, machineNow)
    await recordEvents(tx, ctx, [{ name: 'accounting.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { step: 'accounts', count } }])
  })
}

const sameKeys = (a: AccountKeys, b: AccountKeys): boolean => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort())
