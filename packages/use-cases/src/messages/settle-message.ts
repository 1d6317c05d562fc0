import { v7 as uuid } from 'uuid'
import { insertConsent } from '@yoman/db/consents/queries'
import type { Tx } from '@yoman/db/database'
import { type MessageRow, failedCarryings, lockMessage, saveMessage } from '@yoman/db/messages/queries'
import { failedWords, isResent, outcomeUnknown } from '@yoman/domain/messages/receipt'
import type { Fault } from '@yoman/domain/messages/sms-codes'
import { isAfter, type Instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transactInFlight } from '../transact.ts'
import { fallBackFrom } from '../reminders/fall-back.ts'
import { callInstead } from '../tasks/untold.ts'
import { markDead } from './dead-addresses.ts'
import { saveReminderOf } from './reminder-of.ts'

/** What a provider answered to one try. */
export type Outcome =
  | { kind: 'accepted'; providerId: string }
  | { kind: 'rejected'; code: string; optedOut?: boolean; fault?: Fault }
  | { kind: 'retry_later'; afterSeconds: number; code?: string }
  | { kind: 'unknown'; reason: string }

/** The tries of one message that a provider may put off: a day and more of its growing pauses. */
const mostAttempts = 24

/**
 * Writes down what became of a try. Does nothing where a receipt, or another sender after the lease ran out, was faster.
 * @param lookAt when to look at the provider's list for a message of unknown outcome; the machine's clock.
 */
export function settleMessage(ctx: Context, messageId: string, attempt: number, outcome: Outcome, lookAt: Instant): Promise<void> {
  return transactInFlight(ctx, async (tx) => ({ result: undefined, sent: await settle(tx, ctx, messageId, attempt, outcome, lookAt) }))
}

/** @returns the last writes, sent at once, that the commit may travel with. */
async function settle(tx: Tx, ctx: Context, messageId: string, attempt: number, outcome: Outcome, lookAt: Instant): Promise<Promise<void>[]> {
  const message = await lockMessage(tx, messageId)
  if (!message) return []
  if (message.state !== 'sending' || message.attempt !== attempt) {
    if (outcome.kind === 'accepted') await hearLate(tx, ctx, message, outcome.providerId)
    return []
  }
  if (outcome.kind === 'accepted') return message.provider_id === null ? [markSent(tx, ctx, message, outcome.providerId)] : settleHeard(tx, ctx, message, message.provider_id, outcome.providerId)
  if (outcome.kind === 'rejected') {
    await giveUp(tx, ctx, message, outcome.code)
    if (outcome.optedOut) await recordOptOut(tx, ctx, message)
    if (outcome.fault === 'address') await markDead(tx, ctx, message, outcome.code)
    return []
  }
  if (outcome.kind === 'unknown') return [saveMessage(tx, messageId, { state: 'unknown', lease_until: lookAt, error_code: outcome.reason.slice(0, 200) })]
  const again = ctx.now.add({ seconds: Math.max(Math.ceil(outcome.afterSeconds), growingPause(attempt)) })
  const over = attempt >= mostAttempts ? (outcome.code ?? 'gave_up') : message.useful_until !== null && isAfter(again, message.useful_until) ? 'too_late' : null
  if (over !== null) {
    await giveUp(tx, ctx, message, over)
    return []
  }
  return [saveMessage(tx, messageId, { state: 'queued', lease_until: null, not_before: again, held_since: message.held_since ?? message.not_before, error_code: outcome.code ?? null })]
}

/** A receipt was faster than the answer. What it told of may have failed meanwhile: this very try, and then the one before it may have arrived; or the one before it, and then this one lives. */
async function settleHeard(tx: Tx, ctx: Context, message: MessageRow, heard: string, answered: string): Promise<Promise<void>[]> {
  await noteProvider(tx, ctx, message, answered)
  const hasFailed = (await failedCarryings(tx, message.id, failedWords)).has(heard)
  if (hasFailed && heard === answered) {
    await markFailed(tx, ctx, message, outcomeUnknown)
    return []
  }
  return [markSent(tx, ctx, message, hasFailed ? answered : heard)]
}

/** No try more. Of one that was sent again the first may have arrived all the same, unless it is known to have failed: that this one did not says nothing of it. */
export async function giveUp(tx: Tx, ctx: Context, message: MessageRow, code: string): Promise<void> {
  const mayHaveArrived = isResent(message) && (await failedCarryings(tx, message.id, failedWords)).size === 0
  await markFailed(tx, ctx, message, mayHaveArrived ? outcomeUnknown : code)
}

/** A provider that is busy for long is not asked each few seconds: 5, 10, 20 … up to a quarter of an hour. */
const growingPause = (attempt: number): number => Math.min(900, 5 * 2 ** (attempt - 1))

/** A sender that was thought dead heard an answer after all. What nobody decided meanwhile is decided by it: it is not sent again. */
async function hearLate(tx: Tx, ctx: Context, message: MessageRow, providerId: string): Promise<void> {
  await noteProvider(tx, ctx, message, providerId)
  const undecided = message.state === 'unknown' || message.state === 'queued' || (message.state === 'failed' && message.error_code === outcomeUnknown)
  if (undecided) await markSent(tx, ctx, message, message.provider_id ?? providerId)
}

/** Who was late still knows by which id the provider carries it; a second id is a message that was carried twice. */
export async function noteProvider(tx: Tx, ctx: Context, message: MessageRow, providerId: string): Promise<void> {
  if (message.provider_id === null) return saveMessage(tx, message.id, { provider_id: providerId })
  if (message.channel === 'email' || message.provider_id === providerId || message.doubled_at !== null) return // mail keeps its id however often it is sent
  await saveMessage(tx, message.id, { doubled_at: ctx.now })
  await recordEvents(tx, ctx, [{ name: 'message.doubled', subject: { type: 'message', id: message.id }, patientId: message.patient_id, details: { attempt: message.attempt } }])
}

/** The provider has it: the message has left the house. */
export async function markSent(tx: Tx, ctx: Context, message: MessageRow, providerId: string): Promise<void> {
  await Promise.all([
    saveMessage(tx, message.id, { state: 'sent', provider_id: providerId, sent_at: ctx.now, lease_until: null, error_code: null }),
    saveReminderOf(tx, message, { state: 'done' }),
    recordChange(tx, ctx, message, { state: 'sent' }),
  ])
}

export async function markFailed(tx: Tx, ctx: Context, message: MessageRow, code: string): Promise<void> {
  await saveMessage(tx, message.id, { state: 'failed', error_code: code, settled_at: ctx.now, lease_until: null })
  await saveReminderOf(tx, message, { state: 'done' })
  await recordChange(tx, ctx, message, { state: 'failed', code })
  await fallBackFrom(tx, ctx, message, code)
  await callInstead(tx, ctx, message, code)
}

export const recordChange = (tx: Tx, ctx: Context, message: MessageRow, details: Record<string, unknown>): Promise<void> =>
  recordEvents(tx, ctx, [{ name: 'message.changed', subject: { type: 'message', id: message.id }, patientId: message.patient_id, details }])

/** The network says that the person unsubscribed: a refusal as good as one told at the desk. */
export async function recordOptOut(tx: Tx, ctx: Context, message: MessageRow): Promise<void> {
  if (message.patient_id === null) return
  const id = uuid()
  await insertConsent(tx, {
    clinic_id: ctx.clinicId, id, patient_id: message.patient_id, channel: message.channel, purpose: 'service', state: 'refused',
    source: 'system', evidence: `message ${message.id}`, recorded_at: ctx.now, recorded_by: null,
  })
  await recordEvents(tx, ctx, [{ name: 'consent.recorded', subject: { type: 'consent', id }, patientId: message.patient_id, details: { channel: message.channel, purpose: 'service', state: 'refused' } }])
}
