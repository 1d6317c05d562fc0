import { type ConnectionRow, lockConnection, saveConnection } from '@yoman/db/allocation-numbers/connection'
import { wakeAllocations } from '@yoman/db/allocation-numbers/requests'
import type { Tx } from '@yoman/db/database'
import type { TaxAuthority, TokenAnswer, Tokens } from '@yoman/domain/allocation-numbers/authority'
import { type Instant, isAfter } from '@yoman/domain/time'
import type { Clock } from '../clock.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

/** With what a worker asks. `machineClock`: leases and tokens follow the machine's time, since the demo moves the other. */
export interface Asking {
  authority: TaxAuthority
  machineClock: Clock
  /** How long a call may take; longer than the adapter waits. */
  leaseSeconds: number
  /** Where consents come back to: the authority wants it again with the code. */
  redirectUri: string
}

export type Access = { kind: 'access'; token: string } | { kind: 'busy' } | { kind: 'none'; problem: 'not_connected' | 'reconnect' }

type Held = Pick<Tokens, 'access' | 'refresh'>
type Taken = Access | { kind: 'refresh'; refresh: string; version: number } | { kind: 'consent'; code: string; version: number }

/** A token that ends this soon is not begun with. */
const spareSeconds = 30
const placeOf = (clinicId: string, column: 'tokens_sealed' | 'code_sealed') => ({ table: 'tax_authority_connection', column, rowId: clinicId })

/**
 * A token to ask with. Where it has ended, or is `refused`, one process alone refreshes: it says so in the row and commits before it calls, since a
 * refresh token is used once; the others find the row taken and come again.
 */
export async function accessToken(ctx: Context, asking: Asking, refused: string | null): Promise<Access> {
  const taken = await transact(ctx, (tx) => take(tx, ctx, asking, 'token', refused))
  if (taken.kind === 'consent') throw new Error('a consent is exchanged where it was asked for')
  if (taken.kind !== 'refresh') return taken
  return keep(ctx, asking, taken.version, await asking.authority.refresh(taken.refresh))
}

/** Exchanges a consent that came back for tokens, once. @returns whether the clinic is connected now. */
export async function exchangeConsent(ctx: Context, asking: Asking): Promise<boolean> {
  const taken = await transact(ctx, (tx) => take(tx, ctx, asking, 'exchange', null))
  if (taken.kind !== 'consent') return false
  const access = await keep(ctx, asking, taken.version, await asking.authority.tokensOfCode(taken.code, asking.redirectUri))
  return access.kind === 'access'
}

/** The authority refused a token that it had given a moment ago: somebody has to consent anew. */
export async function expire(ctx: Context): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await lockConnection(tx)
    if (row?.state === 'connected') await end(tx, ctx, row)
  })
}

async function take(tx: Tx, ctx: Context, { machineClock, leaseSeconds }: Asking, wanted: 'token' | 'exchange', refused: string | null): Promise<Taken> {
  const now = machineClock.now()
  const row = await lockConnection(tx)
  if (!row || row.state === 'off') return { kind: 'none', problem: 'not_connected' }
  if (row.state === 'expired') return { kind: 'none', problem: 'reconnect' }
  // Whoever wants a token comes again: the exchange is another's work, and is not kept from it.
  if ((row.state === 'connecting') !== (wanted === 'exchange')) return { kind: 'busy' }
  const sealer = await ctx.vault.sealerOf(tx, ctx.clinicId)
  const held = row.state === 'connected' && row.tokens_sealed ? (JSON.parse(sealer.open(placeOf(ctx.clinicId, 'tokens_sealed'), row.tokens_sealed)) as Held) : null // written below
  if (held && held.access !== refused && row.access_until && isAfter(row.access_until, now.add({ seconds: spareSeconds }))) return { kind: 'access', token: held.access }
  if (row.refreshing_until && isAfter(row.refreshing_until, now)) return { kind: 'busy' }
  await saveConnection(tx, { refreshing_until: now.add({ seconds: leaseSeconds }), version: row.version + 1 })
  if (held) return { kind: 'refresh', refresh: held.refresh, version: row.version + 1 }
  if (!row.code_sealed) throw new Error('a connection holds tokens or a code')
  return { kind: 'consent', code: sealer.open(placeOf(ctx.clinicId, 'code_sealed'), row.code_sealed), version: row.version + 1 }
}

/** Writes down what came back, in the place of what was used for it; nothing where the row was taken over meanwhile. */
function keep(ctx: Context, { machineClock }: Asking, version: number, answer: TokenAnswer): Promise<Access> {
  return transact(ctx, async (tx): Promise<Access> => {
    const row = await lockConnection(tx)
    if (row?.version !== version) return { kind: 'busy' }
    const now = machineClock.now()
    if (answer.kind === 'unreachable' && !isTooLate(row, now)) {
      await saveConnection(tx, { refreshing_until: null })
      return { kind: 'busy' }
    }
    if (answer.kind !== 'tokens') {
      await end(tx, ctx, row)
      return { kind: 'none', problem: 'reconnect' }
    }
    await save(tx, ctx, row, answer.tokens, now)
    return { kind: 'access', token: answer.tokens.access }
  })
}

/** A code is worth nothing soon after it was given. */
const isTooLate = ({ state, consent_until: until }: ConnectionRow, now: Instant): boolean => state === 'connecting' && (until === null || !isAfter(until, now))

async function save(tx: Tx, ctx: Context, row: ConnectionRow, { access, refresh, accessSeconds, refreshSeconds }: Tokens, now: Instant): Promise<void> {
  const sealer = await ctx.vault.sealerOf(tx, ctx.clinicId)
  const held: Held = { access, refresh }
  await saveConnection(tx, {
    state: 'connected', tokens_sealed: sealer.seal(placeOf(ctx.clinicId, 'tokens_sealed'), JSON.stringify(held)), code_sealed: null, consent_until: null, refreshing_until: null, version: row.version + 1,
    access_until: now.add({ seconds: accessSeconds }), refresh_until: now.add({ seconds: refreshSeconds }), ...(row.state === 'connecting' ? { connected_at: ctx.now } : {}),
  })
  if (row.state !== 'connecting') return
  await wakeAllocations(tx, now)
  await recordEvents(tx, ctx, [{ name: 'tax_authority.connected', subject: { type: 'clinic', id: ctx.clinicId } }])
}

async function end(tx: Tx, ctx: Context, row: ConnectionRow): Promise<void> {
  await saveConnection(tx, { state: 'expired', tokens_sealed: null, code_sealed: null, access_until: null, refresh_until: null, refreshing_until: null, consent_until: null, version: row.version + 1 })
  await recordEvents(tx, ctx, [{ name: 'tax_authority.expired', subject: { type: 'clinic', id: ctx.clinicId } }])
}
