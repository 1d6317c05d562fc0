import { randomBytes } from 'node:crypto'
import { findProviderConnection, lockProviderConnection, openProviderConnection, type ProviderConnectionRow, saveProviderConnection } from '@yoman/db/payment-links/connection'
import { isLinkUnderWay } from '@yoman/db/payment-links/links'
import { countHeard, leaveHeard, linksWithHeard, listUnsettled, takeUpHeard, type UnsettledMoney } from '@yoman/db/payment-links/money'
import { allow } from '@yoman/domain/access'
import { retryInSeconds } from '@yoman/domain/payment-links/link'
import type { ProviderKeys } from '@yoman/domain/payment-links/provider'
import { Refusal } from '@yoman/domain/refusal'
import { isAfter } from '@yoman/domain/time'
import { atOnce } from '../allocation-numbers/at-once.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { hashOfPage, hashOfWord, keysOf, type Looking, sealKeys, sealWord } from './keys.ts'
import { wakeLinksOf } from './wake.ts'

/** Where the clinic's account at its provider stands; its keys come out by no route. */
export async function paymentProvider(ctx: Context): Promise<Pick<ProviderConnectionRow, 'state' | 'problem' | 'connected_at'>> {
  allow(ctx.actor, 'settings.read')
  return (await read(ctx, findProviderConnection)) ?? { state: 'off', problem: null, connected_at: null }
}

/** Keeps the keys, which the worker tries. The address of callbacks stays what it was, so that links that are under way are heard of. Refuses `payment_links_open`: another merchant would know nothing of them; a new secret of the same is taken. */
export async function connectProvider(ctx: Context, keys: ProviderKeys): Promise<void> {
  allow(ctx.actor, 'settings.write')
  await transact(ctx, async (tx) => {
    const row = await openProviderConnection(tx, { clinic_id: ctx.clinicId })
    const before = (await keysOf(tx, ctx, row))?.keys
    const isSame = before === undefined || (before.apiKey === keys.apiKey && before.pageUid === keys.pageUid)
    if (!isSame && ((await isLinkUnderWay(tx)) || (await countHeard(tx)) > 0)) throw new Refusal('payment_links_open')
    const word = row?.token_hash ? null : randomBytes(32).toString('base64url')
    await saveProviderConnection(tx, {
      state: 'checking', problem: null, keys_sealed: await sealKeys(tx, ctx, keys), attempt: 0, next_at: atOnce, lease_until: null, connected_by: ctx.actor.staffId, connected_at: null, version: (row?.version ?? 0) + 1,
      ...(word === null ? {} : { token_sealed: await sealWord(tx, ctx, word), token_hash: hashOfWord(word) }),
    })
    await recordEvents(tx, ctx, [{ name: 'payment_provider.wanted', subject: { type: 'clinic', id: ctx.clinicId } }])
  })
}

const mostListed = 100

/** Money that callbacks named and that the provider has not told of, the first heard of first: also what was left behind. */
export function unsettledMoney(ctx: Context): Promise<UnsettledMoney[]> {
  allow(ctx.actor, 'settings.write')
  return read(ctx, (db) => listUnsettled(db, mostListed))
}

/**
 * Forgets the keys. Money that callbacks named and that the provider was not heard on is left behind where the owner was told how much that is: it is kept,
 * and asked about again when the same payment page is connected again. Refuses `payment_links_open` (money that may come by a link would be heard of by
 * nobody), `link_money_unsettled` (there is another number of it than `leaving`).
 */
export async function disconnectProvider(ctx: Context, leaving = 0): Promise<void> {
  allow(ctx.actor, 'settings.write')
  await transact(ctx, async (tx) => {
    const row = await lockProviderConnection(tx)
    if (!row || row.state === 'off') return
    if (await isLinkUnderWay(tx)) throw new Refusal('payment_links_open')
    const [count, held] = [await countHeard(tx), await keysOf(tx, ctx, row)]
    if (count !== leaving) throw new Refusal('link_money_unsettled', { count })
    if (count > 0 && held) await leaveHeard(tx, hashOfPage(held.keys))
    await saveProviderConnection(tx, { state: 'off', problem: null, keys_sealed: null, token_sealed: null, token_hash: null, next_at: null, lease_until: null, connected_by: null, connected_at: null, version: row.version + 1 })
    await recordEvents(tx, ctx, [{ name: 'payment_provider.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { state: 'off', ...(count === 0 ? {} : { unsettled: count }) } }])
  })
}

/** Tries keys by a harmless question: claims, asks and settles. @returns what they are; `gone` where nobody wants to know now. */
export async function checkKeys(ctx: Context, { provider, machineClock, leaseSeconds }: Looking): Promise<'connected' | 'refused' | 'checking' | 'gone'> {
  const claim = await transact(ctx, async (tx) => {
    const [row, now] = [await lockProviderConnection(tx), machineClock.now()]
    const isDue = row?.state === 'checking' && row.next_at !== null && !isAfter(row.next_at, now) && (row.lease_until === null || !isAfter(row.lease_until, now))
    const held = isDue ? await keysOf(tx, ctx, row) : null
    if (!row || !held) return null
    await saveProviderConnection(tx, { attempt: row.attempt + 1, lease_until: now.add({ seconds: leaseSeconds }), version: row.version + 1 })
    return { keys: held.keys, version: row.version + 1 }
  })
  if (!claim) return 'gone'
  const answer = await provider.check(claim.keys)
  const outcome = await transact(ctx, async (tx) => {
    const row = await lockProviderConnection(tx)
    if (row?.version !== claim.version) return 'gone'
    const pause = answer.kind === 'unreachable' ? retryInSeconds(row.attempt) : null
    const state = answer.kind === 'good' ? 'connected' : pause === null ? 'refused' : 'checking'
    await saveProviderConnection(tx, { state, problem: answer.kind === 'good' ? null : answer.kind, lease_until: null, next_at: pause === null ? null : machineClock.now().add({ seconds: pause }), connected_at: state === 'connected' ? ctx.now : null })
    if (state === 'connected') await takeUpHeard(tx, hashOfPage(claim.keys))
    await recordEvents(tx, ctx, [{ name: 'payment_provider.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { state } }])
    return state
  })
  // One by one, and without the connection: whoever looks holds a link before that.
  if (outcome === 'connected') for (const id of await read(ctx, linksWithHeard)) await transact(ctx, (tx) => wakeLinksOf(tx, ctx, { id }))
  return outcome
}
