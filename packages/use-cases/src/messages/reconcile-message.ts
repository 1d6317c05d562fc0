import { failedCarryings, knownProviderIds, lockMessage, saveMessage } from '@yoman/db/messages/queries'
import { failedWords, looksBeforeResend, outcomeUnknown } from '@yoman/domain/messages/receipt'
import { type Instant, isAfter, isBefore } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { transact } from '../transact.ts'
import { markFailed, markSent } from './settle-message.ts'

/** A sender's lease ran out: it died, or hangs. Whether the provider has the message is not known. @param lookAt by the machine's clock. */
export function markUnknown(ctx: Context, messageId: string, machineNow: Instant, lookAt: Instant): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const message = await lockMessage(tx, messageId)
    if (!message || message.state !== 'sending' || message.lease_until === null || isAfter(message.lease_until, machineNow)) return false
    await saveMessage(tx, messageId, { state: 'unknown', lease_until: lookAt, error_code: 'lease_ran_out' })
    return true
  })
}

/** A message that the provider's list shows as sent by us. */
export interface OnProvidersList {
  providerId: string
  /** Null where the list shows no words, as of a call: whose it is cannot be told from it. */
  body: string | null
  /** When the provider made it. */
  createdAt: Instant
}

/** Looks in vain, those after the one resend among them. */
const mostLooks = 4

/** How far the provider's clock may be from ours. Generous: text and number must agree as well, and what belongs to another message of ours is left out. */
export const clockSlackSeconds = 600

/**
 * Decides about a message of unknown outcome by what the provider's list shows (null: the provider keeps none, as with
 * e-mail). Found: it was sent. Something there that has no words, and may be ours or anybody's: it stays open for good, until a receipt
 * names this very message. Not found twice: it is sent again, once, while still useful; e-mail carries the same
 * Message-ID, so that the receiver's system may tell the two for one. Not found after that: it failed.
 * @param lookAt when to look next, by the machine's clock.
 */
export function reconcileMessage(ctx: Context, messageId: string, listed: readonly OnProvidersList[] | null, lookAt: Instant): Promise<'sent' | 'waits' | 'again' | 'failed' | 'settled'> {
  return transact(ctx, async (tx) => {
    const message = await lockMessage(tx, messageId)
    if (!message || message.state !== 'unknown') return 'settled'
    if (message.provider_id !== null && (await failedCarryings(tx, message.id, failedWords)).has(message.provider_id)) {
      await markFailed(tx, ctx, message, outcomeUnknown) // one of two tries is known to have failed; of the other nobody will hear by looking
      return 'failed'
    }
    if (message.provider_id !== null) {
      await markSent(tx, ctx, message, message.provider_id) // somebody heard its name meanwhile: nothing to look for
      return 'sent'
    }
    const since = (message.first_tried_at ?? message.created_at).subtract({ seconds: clockSlackSeconds })
    const listedSince = (listed ?? []).filter(({ createdAt }) => !isBefore(createdAt, since))
    if (listedSince.some(({ body }) => body === null)) {
      await markFailed(tx, ctx, message, outcomeUnknown)
      return 'failed'
    }
    const candidates = listedSince.filter(({ body }) => body === message.body)
    const known = await knownProviderIds(tx, candidates.map((one) => one.providerId))
    const found = candidates.find((one) => !known.has(one.providerId))
    if (found) {
      await markSent(tx, ctx, message, found.providerId)
      return 'sent'
    }
    const lookups = message.lookups + 1
    const useless = message.useful_until !== null && isAfter(ctx.now, message.useful_until)
    if (lookups >= mostLooks || (useless && lookups >= looksBeforeResend)) {
      await markFailed(tx, ctx, message, outcomeUnknown)
      return 'failed'
    }
    if (lookups < looksBeforeResend || (listed !== null && lookups > looksBeforeResend)) {
      await saveMessage(tx, messageId, { lookups, lease_until: lookAt })
      return 'waits'
    }
    await saveMessage(tx, messageId, { state: 'queued', lookups, lease_until: null })
    return 'again'
  })
}
