import { createHash } from 'node:crypto'
import type { ProviderConnectionRow } from '@yoman/db/payment-links/connection'
import type { Tx } from '@yoman/db/database'
import type { PaymentProvider, ProviderKeys } from '@yoman/domain/payment-links/provider'
import type { Clock } from '../clock.ts'
import type { Context } from '../context.ts'

/** With what a worker asks. `machineClock`: leases and pauses follow the machine's time, since the demo moves the other. */
export interface Looking {
  provider: PaymentProvider
  machineClock: Clock
  /** How long a look may take; longer than the adapter waits for all its questions. */
  leaseSeconds: number
  /** Of the API, without a slash at its end: callbacks come to it. */
  publicUrl: string
}

const placeOf = (clinicId: string, column: 'keys_sealed' | 'token_sealed') => ({ table: 'payment_provider_connection', column, rowId: clinicId })

/** Of the word in the address that callbacks come to. */
export const hashOfWord = (word: string): Buffer => createHash('sha256').update(word).digest()

/** What names a payment page after its keys are forgotten. */
export const hashOfPage = ({ pageUid }: ProviderKeys): Buffer => createHash('sha256').update(`page ${pageUid}`).digest()

export async function sealKeys(tx: Tx, ctx: Context, keys: ProviderKeys): Promise<Buffer> {
  return (await ctx.vault.sealerOf(tx, ctx.clinicId)).seal(placeOf(ctx.clinicId, 'keys_sealed'), JSON.stringify(keys))
}

export async function sealWord(tx: Tx, ctx: Context, word: string): Promise<Buffer> {
  return (await ctx.vault.sealerOf(tx, ctx.clinicId)).seal(placeOf(ctx.clinicId, 'token_sealed'), word)
}

/** The keys of a connection, and where callbacks come to; null where there are none. */
export async function keysOf(tx: Tx, ctx: Context, row: ProviderConnectionRow | undefined): Promise<{ keys: ProviderKeys; word: string } | null> {
  if (!row?.keys_sealed || !row.token_sealed) return null
  const sealer = await ctx.vault.sealerOf(tx, ctx.clinicId)
  return { keys: JSON.parse(sealer.open(placeOf(ctx.clinicId, 'keys_sealed'), row.keys_sealed)) as ProviderKeys, word: sealer.open(placeOf(ctx.clinicId, 'token_sealed'), row.token_sealed) } // sealed above
}

/** Where the provider tells of money. */
export const callbackUrl = (publicUrl: string, word: string): string => `${publicUrl}/hooks/payments/${word}`
