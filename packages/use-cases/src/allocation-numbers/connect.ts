import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type ConnectionRow, findConnection, lockConnection, openConnection, saveConnection } from '@yoman/db/allocation-numbers/connection'
import { allow } from '@yoman/domain/access'
import { Refusal } from '@yoman/domain/refusal'
import { type Instant, isAfter } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

/** So long somebody may take to sign in at the authority's. */
const consentMinutes = 15
const hashOf = (word: string): Buffer => createHash('sha256').update(word).digest()

/** Where the clinic's leave to ask stands; its tokens come out by no route. */
export async function taxAuthorityConnection(ctx: Context): Promise<Pick<ConnectionRow, 'state' | 'connected_at' | 'refresh_until'>> {
  allow(ctx.actor, 'settings.read')
  return (await read(ctx, findConnection)) ?? { state: 'off', connected_at: null, refresh_until: null }
}

/** A word of 256 bits that the consent has to come back with, to whoever began it. @param machineNow the machine's clock. */
export async function beginConsent(ctx: Context, machineNow: Instant): Promise<string> {
  allow(ctx.actor, 'settings.write')
  const word = randomBytes(32).toString('base64url')
  await transact(ctx, async (tx) => {
    await openConnection(tx, { clinic_id: ctx.clinicId })
    await saveConnection(tx, { consent_hash: hashOf(word), consent_until: machineNow.add({ minutes: consentMinutes }), connected_by: ctx.actor.staffId })
    await recordEvents(tx, ctx, [{ name: 'tax_authority.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { step: 'consent_begun' } }])
  })
  return word
}

/** Keeps the code of a consent for the worker, who alone talks to the authority. The word is used once, and by who began. Throws `consent_not_known`. */
export async function keepConsent(ctx: Context, { code, word }: { code: string; word: string }, machineNow: Instant): Promise<void> {
  allow(ctx.actor, 'settings.write')
  await transact(ctx, async (tx) => {
    const row = await lockConnection(tx)
    const isOurs = row?.consent_hash && row.consent_until && isAfter(row.consent_until, machineNow) && row.connected_by === ctx.actor.staffId && timingSafeEqual(row.consent_hash, hashOf(word))
    if (!row || !isOurs) throw new Refusal('consent_not_known')
    const sealer = await ctx.vault.sealerOf(tx, ctx.clinicId)
    const sealed = sealer.seal({ table: 'tax_authority_connection', column: 'code_sealed', rowId: ctx.clinicId }, code)
    await saveConnection(tx, { state: 'connecting', code_sealed: sealed, tokens_sealed: null, consent_hash: null, refreshing_until: null, version: row.version + 1 })
    await recordEvents(tx, ctx, [{ name: 'tax_authority.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { step: 'consent_came_back' } }])
  })
}

/** Nothing is asked any more; what waits is typed by hand or decided. */
export async function disconnect(ctx: Context): Promise<void> {
  allow(ctx.actor, 'settings.write')
  await transact(ctx, async (tx) => {
    const row = await lockConnection(tx)
    if (!row || row.state === 'off') return
    await saveConnection(tx, { state: 'off', tokens_sealed: null, code_sealed: null, access_until: null, refresh_until: null, refreshing_until: null, consent_hash: null, consent_until: null, version: row.version + 1 })
    await recordEvents(tx, ctx, [{ name: 'tax_authority.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { step: 'disconnected' } }])
  })
}
