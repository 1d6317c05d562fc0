import { dropFromOutbox } from '@yoman/db/audit/outbox'
import { isRefused, lastHeardFrom } from '@yoman/db/conversations/queries'
import type { Tx } from '@yoman/db/database'
import { type MessageRow, isToldOtherwise, lockMessage, saveMessage } from '@yoman/db/messages/queries'
import { findSendingSetting, hoursOfClinic } from '@yoman/db/messages/sending'
import { isOnThePhone } from '@yoman/db/messages/voice'
import { saidBy } from '@yoman/db/messages/told'
import { findResponse, loadFormFacts } from '@yoman/db/forms/queries'
import { loadVisitFacts } from '@yoman/db/messages/visit-facts'
import { loadOfferFacts } from '@yoman/db/waitlist/offers'
import { payerOf } from '@yoman/db/debts/payer'
import { standingOf } from '@yoman/db/debts/reminders'
import { findInvoice, lockInvoice } from '@yoman/db/invoices/issue'
import { findPaymentLink } from '@yoman/db/payment-links/links'
import { findMailable } from '@yoman/db/invoices/mailable'
import { isAwaited } from '@yoman/domain/conversations/conversation'
import { responseState } from '@yoman/domain/forms/form'
import { noticeHolds } from '@yoman/domain/messages/notice-due'
import { isResent } from '@yoman/domain/messages/receipt'
import { isMobile } from '@yoman/domain/people/phone'
import { type SendVerdict, stillWorthSending } from '@yoman/domain/reminders/still-worth-sending'
import { firstMomentFrom, maySendAt, type SendingHours } from '@yoman/domain/reminders/sending-hours'
import { seriesNoticeHolds } from '@yoman/domain/series/notice'
import { type Instant, dateIn, isAfter, timeIn } from '@yoman/domain/time'
import { cannotText, offerState } from '@yoman/domain/waitlist/offer'
import type { Context } from '../context.ts'
import { carriesOriginal, mailableOf } from '../invoices/queue-mail.ts'
import { recordEvents } from '../record-events.ts'
import { fallBackFrom } from '../reminders/fall-back.ts'
import { linkOfKey } from '../payment-links/send.ts'
import { saveReminderOf } from './reminder-of.ts'
import { giveUp } from './settle-message.ts'
import { statementLeaves } from '../statements/worth-sending.ts'
import { type InFlight, transactInFlight } from '../transact.ts'
import type { Occurrence } from '../visit-links/link.ts'
import { type Held, leavesInTime, waitForAllowance } from './allowance.ts'
import { addressOf, isOff } from './compose.ts'
import { firstOf, isSaidAgain } from './say-again.ts'

export interface Claimed {
  id: string
  channel: MessageRow['channel']
  kind: MessageRow['kind']
  invoiceId: string | null
  to: string
  subject: string
  body: string
  language: MessageRow['language']
  /** Of an offer, or of a form: its link is still to be filled in. */
  offerId: string | null
  formResponseId: string | null
  /** Of a message about a visit: its link, where the text has one. */
  visit: Occurrence | null
  /** Counts from 1; whoever settles names it, so that a sender that was thought dead does not speak for its successor. */
  attempt: number
  /** Of a document's mail: whether it holds the one copy that says "original". */
  carriesOriginal: boolean
  /** Of a WhatsApp: from whom, and which approved text with what in its variables. */
  whatsapp: { from: string; contentSid: string; variables: Record<string, string> } | null
  /** Of a call: from whom. */
  caller: string | null
}

/**
 * Takes a message in hand before the provider is called: the last look at whether it still makes sense, then `sending`
 * with a lease. Null where it is not to be sent now: somebody else has it, it waits for an hour, or it was skipped.
 * @param machineNow the machine's clock, which leases follow: the business clock may jump. @param leaseSeconds how long the sender may take.
 * @param partsOf what a text message of these words costs, in parts.
 * @param eventId the event that told of it, which leaves the outbox in the same transaction: from here on the row itself says what is
 * still to be done, and the sweeps find it.
 */
export function claimMessage(ctx: Context, messageId: string, machineNow: Instant, leaseSeconds: number, partsOf: (body: string) => number, eventId: string | null = null): Promise<Claimed | null> {
  return transactInFlight(ctx, async (tx) => {
    const [message] = await Promise.all([lockMessage(tx, messageId), eventId === null ? undefined : dropFromOutbox(tx, { clinicId: ctx.clinicId, eventId })])
    if (!message || message.state !== 'queued' || isAfter(message.not_before, ctx.now)) return notNow
    const [{ verdict, address, hours, sender }, limits] = await Promise.all([look(tx, message, ctx.now), findSendingSetting(tx)])
    if (verdict.now === 'wait') return { result: null, sent: [saveMessage(tx, message.id, { not_before: verdict.until })] }
    if (verdict.now === 'skip') return skip(tx, ctx, message, verdict)
    if (message.channel === 'voice' && (await isOnThePhone(tx, { number: address, messageId, machineNow, sentSince: ctx.now.subtract({ minutes: longestCallMinutes }) }))) {
      return { result: null, sent: [saveMessage(tx, message.id, { not_before: ctx.now.add({ minutes: nextCallMinutes }) })] }
    }
    const parts = message.channel === 'email' ? null : (message.parts ?? (message.channel === 'sms' ? partsOf(message.body) : 1))
    // What was tried before was paid for then, or was not taken.
    const held = parts === null || message.parts !== null ? null : await waitForAllowance(tx, limits, message.kind, parts, ctx.now)
    if (held) return leavesInTime(held, hours, message.useful_until) ? hold(tx, ctx, message, held) : skip(tx, ctx, message, { reason: 'over_ceiling' })
    const attempt = message.attempt + 1
    const saved = saveMessage(tx, message.id, {
      state: 'sending', attempt, parts, to_address: address, lease_until: machineNow.add({ seconds: leaseSeconds }), first_tried_at: message.first_tried_at ?? machineNow,
    })
    const { id, channel, kind, subject, body, language } = message
    const claimed: Claimed = { id, channel, kind, invoiceId: message.invoice_id, offerId: message.offer_id, formResponseId: message.form_response_id, visit: visitOf(message), to: address, subject, body, language, attempt, carriesOriginal: kind === 'invoice' && carriesOriginal(message.dedupe_key), whatsapp: whatsappOf(message, sender ?? null), caller: channel === 'voice' ? (sender ?? null) : null }
    return { result: claimed, sent: [saved] }
  })
}

/** A family's number takes one call at a time: the next waits so many minutes, and one that was sent counts as over after so many. */
const nextCallMinutes = 2
const longestCallMinutes = 3

const notNow: InFlight<null> = { result: null, sent: [] }

const whatsappOf = ({ content_sid: contentSid, content_variables: variables }: MessageRow, from: string | null): Claimed['whatsapp'] =>
  contentSid === null || variables === null || from === null ? null : { from, contentSid, variables }

interface Skipped {
  reason: string
  /** Only this channel's own hours were in the way. */
  otherwise?: boolean
}

/** It does not leave by this channel any more. */
async function skip(tx: Tx, ctx: Context, message: MessageRow, { reason, otherwise = false }: Skipped): Promise<typeof notNow> {
  if (isResent(message)) {
    await giveUp(tx, ctx, message, reason)
    return notNow
  }
  await saveMessage(tx, message.id, { state: 'skipped', error_code: reason, settled_at: ctx.now })
  await saveReminderOf(tx, message, { state: 'skipped', skip_reason: reason })
  await fallBackFrom(tx, ctx, message, reason, otherwise)
  await recordEvents(tx, ctx, [{ name: 'message.changed', subject: { type: 'message', id: message.id }, patientId: message.patient_id, details: { state: 'skipped', reason } }])
  return notNow
}

/** Waits for its turn. That it should have left by now is kept, so that waiting is seen to be late. */
async function hold(tx: Tx, ctx: Context, message: MessageRow, { until, code }: Held): Promise<typeof notNow> {
  await saveMessage(tx, message.id, { not_before: until, held_since: message.held_since ?? message.not_before, error_code: code })
  if (code === 'daily_ceiling' && message.error_code !== code) await recordEvents(tx, ctx, [{ name: 'message.changed', subject: { type: 'message', id: message.id }, patientId: message.patient_id, details: { state: 'queued', code } }])
  return notNow
}

/** The visit, at the time that the message speaks of; null for a message about none. */
export const visitOf = ({ appointment_id: appointmentId, appointment_starts_at: startsAt }: Pick<MessageRow, 'appointment_id' | 'appointment_starts_at'>): Occurrence | null =>
  appointmentId === null || startsAt === null ? null : { appointmentId, startsAt }

interface Look {
  verdict: SendVerdict | ({ now: 'skip' } & Skipped)
  address: string
  /** When it may leave; null where at any hour, or within minutes alone. */
  hours: SendingHours | null
  /** Of a WhatsApp or a call: the clinic's number there. */
  sender?: string | null
}

const skipped = (reason: string): Look => ({ verdict: { now: 'skip', reason }, address: '', hours: null })

async function look(tx: Tx, message: MessageRow, now: Instant): Promise<Look> {
  if (message.kind === 'invoice') return lookAtInvoice(tx, message)
  if (message.kind === 'alarm') return { verdict: { now: 'send' }, address: message.to_address, hours: null } // to who answers for the clinic: at any hour
  if (message.kind === 'offer') return lookAtOffer(tx, message, now)
  if (message.kind === 'form') return lookAtForm(tx, message, now)
  if (message.kind === 'debt' || message.kind === 'payment_link') return lookAtDebt(tx, message, now)
  if (message.kind === 'statement') return lookAtStatement(tx, message, now)
  if (message.kind === 'reply') return lookAtReply(tx, message, now)
  const facts = message.appointment_id === null ? undefined : await loadVisitFacts(tx, message.appointment_id, message.channel, true)
  if (!facts || message.appointment_starts_at === null) return skipped('not_booked')
  const address = addressOf(facts, message.channel)
  if (isSaidAgain(message) && (await isToldOtherwise(tx, message, firstOf(message)))) return skipped('superseded')
  if (message.kind === 'reminder') {
    const verdict = stillWorthSending({ appointmentStartsAt: message.appointment_starts_at }, facts, { address, off: isOff(facts, message.channel), refused: facts.refused, unwanted: facts.unwanted }, facts.hours, now)
    return { verdict, address: address ?? '', hours: facts.hours, sender: message.channel === 'voice' ? facts.caller : (facts.whatsapp?.sender ?? null) }
  }
  if (message.kind === 'series_changed' || message.kind === 'series_cancelled') {
    if (!seriesNoticeHolds(await saidBy(tx, message.id), now)) return skipped('superseded')
  } else if (!noticeHolds({ kind: message.kind, startsAt: message.appointment_starts_at }, facts, now)) return skipped('superseded')
  if (facts.refused) return skipped('no_consent')
  if (address === null) return skipped('nothing_to_send_to')
  return { verdict: atGoodHour(facts.hours, message.useful_until ?? facts.startsAt, now), address, hours: facts.hours }
}

async function lookAtInvoice(tx: Tx, { invoice_id: id }: MessageRow): Promise<Look> {
  const invoice = id === null ? undefined : await findInvoice(tx, id)
  if (!invoice) return skipped('nothing_to_send_to')
  const { address, consented } = await mailableOf(tx, invoice)
  if (!consented) return skipped('no_consent')
  return address === null ? skipped('nothing_to_send_to') : { verdict: { now: 'send' }, address, hours: null }
}

async function lookAtOffer(tx: Tx, message: MessageRow, now: Instant): Promise<Look> {
  const facts = message.offer_id === null ? undefined : await loadOfferFacts(tx, message.offer_id)
  if (!facts || offerState(facts, { status: facts.holdStatus }, now) !== 'open') return skipped('superseded')
  const address = facts.phones.find(isMobile) ?? null
  const hindrance = cannotText({ address, refused: facts.refused }, facts.hours, now)
  // What cannot leave now would find the place given to somebody else: the desk sees that it did not leave, and calls.
  if (hindrance !== null) return skipped(hindrance === 'offer_outside_sending_hours' ? 'too_late' : hindrance)
  return { verdict: { now: 'send' }, address: address ?? '', hours: null }
}

async function lookAtForm(tx: Tx, message: MessageRow, now: Instant): Promise<Look> {
  const response = message.form_response_id === null ? undefined : await findResponse(tx, message.form_response_id)
  const facts = response && (await loadFormFacts(tx, response.patient_id, response.branch_id))
  if (!facts || responseState({ status: response.status, expiresAt: response.expires_at }, now) !== 'open') return skipped('superseded')
  const address = facts.phones.find(isMobile)
  if (facts.refused) return skipped('no_consent')
  if (address === undefined) return skipped('nothing_to_send_to')
  return { verdict: atGoodHour(facts.hours, response.expires_at, now), address, hours: facts.hours }
}

/** Of a reminder, or of a link to pay by, which somebody asked for whatever pause there is. The document is held: who pays it meanwhile has paid it before, and is not written to, or pays after. */
async function lookAtDebt(tx: Tx, message: MessageRow, now: Instant): Promise<Look> {
  const invoice = message.invoice_id === null ? undefined : await lockInvoice(tx, message.invoice_id)
  const hours = await hoursOfClinic(tx)
  const today = dateIn(hours.zone, now)
  const standing = invoice && (await standingOf(tx, invoice.id, today))
  if (!invoice || !standing || standing.owed <= 0) return skipped('paid')
  if ((message.kind === 'debt' && standing.paused) || standing.writtenOff) return skipped('paused')
  if (message.kind === 'payment_link' && !(await isOpenLink(tx, message))) return skipped('superseded')
  const payerId = await payerOf(tx, invoice.patient_id, today)
  if (payerId === null) return skipped('nothing_to_send_to')
  const facts = await loadFormFacts(tx, payerId, invoice.branch_id)
  const mailable = await findMailable(tx, payerId)
  if (message.channel === 'sms' ? facts?.refused !== false : !mailable.consented) return skipped('no_consent')
  const address = message.channel === 'sms' ? facts?.phones.find(isMobile) : mailable.address
  if (address === undefined || address === null) return skipped('nothing_to_send_to')
  return { verdict: atGoodHour(hours, message.useful_until ?? now, now), address, hours }
}

async function isOpenLink(tx: Tx, { dedupe_key: key }: MessageRow): Promise<boolean> {
  const id = linkOfKey(key)
  return id !== null && (await findPaymentLink(tx, id))?.state === 'open'
}

async function lookAtStatement(tx: Tx, message: MessageRow, now: Instant): Promise<Look> {
  const hours = await hoursOfClinic(tx)
  const way = await statementLeaves(tx, { statementId: message.statement_id, today: dateIn(hours.zone, now) })
  return 'reason' in way ? skipped(way.reason) : { verdict: atGoodHour(hours, message.useful_until ?? now, now), address: way.address, hours }
}

/** STOP is heard to the last moment. Who wrote a moment ago has an answer at any hour; what the ceiling kept back is no such answer any more. */
async function lookAtReply(tx: Tx, message: MessageRow, now: Instant): Promise<Look> {
  if (await isRefused(tx, message.to_address, message.patient_id)) return skipped('no_consent')
  const { to_address: address, useful_until: latest } = message
  if (latest !== null && isAfter(now, latest)) return skipped('too_late')
  const hours = await hoursOfClinic(tx)
  const atOnce = message.error_code !== 'daily_ceiling' && isAwaited(await lastHeardFrom(tx, address), now)
  return { verdict: atOnce ? { now: 'send' } : atGoodHour(hours, latest ?? now, now), address, hours }
}

function atGoodHour(hours: SendingHours, latest: Instant, now: Instant): SendVerdict {
  if (maySendAt(hours, now)) return { now: 'send' }
  const until = firstMomentFrom(hours, dateIn(hours.zone, now), timeIn(hours.zone, now))
  return until === null || isAfter(until, latest) ? { now: 'skip', reason: 'too_late' } : { now: 'wait', until }
}
