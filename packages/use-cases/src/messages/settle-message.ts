import { v7 as uuid } from 'uuid'
import { insertConsent } from '@yoman/db/consents/queries'
import type { Tx } from '@yoman/db/database'
import { type MessageRow, lockMessage, saveMessage } from '@yoman/db/messages/queries'
import { isAfter, type Instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { saveReminderOf } from './reminder-of.ts'

/** What a provider answered to one try. */
export type Outcome =
  | { kind: 'accepted'; providerId: string }
  | { kind: 'rejected'; code: string; optedOut?: boolean }
  | { kind: 'retry_later'; afterSeconds: number; code?: string }
  | { kind: 'unknown'; reason: string }

/** The tries of one message that a provider may put off: a day and more of its growing pauses. */
const mostAttempts = 24

/**
 * Writes down what became of a try. Does nothing where a receipt, or another sender after the lease ran out, was faster.
 * @param lookAt when to look at the provider's list for a message of unknown outcome; the machine's clock.
 */
export function settleMessage(ctx: Context, messageId: string, attempt: number, outcome: Outcome, lookAt: Instant): Promise<void> {
  return transact(ctx, async (tx) => {
    const message = await lockMessage(tx, messageId)
    if (!message) return
    if (message.state !== 'sending' || message.attempt !== attempt) {
      if (outcome.kind === 'accepted' && message.provider_id === null) await saveMessage(tx, messageId, { provider_id: outcome.providerId })
      return
    }
    if (outcome.kind === 'accepted') return markSent(tx, ctx, message, outcome.providerId)
    if (outcome.kind === 'rejected') {
      await markFailed(tx, ctx, message, outcome.code)
      if (outcome.optedOut) await recordOptOut(tx, ctx, message)
      return
    }
    if (outcome.kind === 'unknown') return saveMessage(tx, messageId, { state: 'unknown', lease_until: lookAt, error_code: outcome.reason.slice(0, 200) })
    const again = ctx.now.add({ seconds: Math.max(1, Math.ceil(outcome.afterSeconds)) })
    if (attempt >= mostAttempts) return markFailed(tx, ctx, message, outcome.code ?? 'gave_up')
    if (message.useful_until !== null && isAfter(again, message.useful_until)) return markFailed(tx, ctx, message, 'too_late')
    await saveMessage(tx, messageId, { state: 'queued', lease_until: null, not_before: again, error_code: outcome.code ?? null })
  })
}

/** The provider has it: the message has left the house. */
export async function markSent(tx: Tx, ctx: Context, message: MessageRow, providerId: string): Promise<void> {
  await saveMessage(tx, message.id, { state: 'sent', provider_id: providerId, sent_at: ctx.now, lease_until: null, error_code: null })
  await saveReminderOf(tx, message, { state: 'done' })
  await recordChange(tx, ctx, message, { state: 'sent' })
}

export async function markFailed(tx: Tx, ctx: Context, message: MessageRow, code: string): Promise<void> {
  await saveMessage(tx, message.id, { state: 'failed', error_code: code, settled_at: ctx.now, lease_until: null })
  await saveReminderOf(tx, message, { state: 'done' })
  await recordChange(tx, ctx, message, { state: 'failed', code })
}

export const recordChange = (tx: Tx, ctx: Context, message: MessageRow, details: Record<string, unknown>): Promise<void> =>
  recordEvents(tx, ctx, [{ name: 'message.changed', subject: { type: 'message', id: message.id }, patientId: message.patient_id, details }])

/** The network says that the person unsubscribed: a refusal as good as one told at the desk. */
export async function recordOptOut(tx: Tx, ctx: Context, message: MessageRow): Promise<void> {
  const id = uuid()
  await insertConsent(tx, {
    clinic_id: ctx.clinicId, id, patient_id: message.patient_id, channel: message.channel, purpose: 'service', state: 'refused',
    source: 'system', evidence: `message ${message.id}`, recorded_at: ctx.now, recorded_by: null,
  })
  await recordEvents(tx, ctx, [{ name: 'consent.recorded', subject: { type: 'consent', id }, patientId: message.patient_id, details: { channel: message.channel, purpose: 'service', state: 'refused' } }])
}
