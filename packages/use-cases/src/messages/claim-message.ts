import type { Tx } from '@yoman/db/database'
import { type MessageRow, lockMessage, saveMessage } from '@yoman/db/messages/queries'
import { saidBy } from '@yoman/db/messages/told'
import { findResponse, loadFormFacts } from '@yoman/db/forms/queries'
import { loadVisitFacts } from '@yoman/db/messages/visit-facts'
import { loadOfferFacts } from '@yoman/db/waitlist/offers'
import { findMailable } from '@yoman/db/invoices/mailable'
import { responseState } from '@yoman/domain/forms/form'
import { noticeHolds } from '@yoman/domain/messages/notice-due'
import { isMobile } from '@yoman/domain/people/phone'
import { type SendVerdict, stillWorthSending } from '@yoman/domain/reminders/still-worth-sending'
import { firstMomentFrom, maySendAt, type SendingHours } from '@yoman/domain/reminders/sending-hours'
import { seriesNoticeHolds } from '@yoman/domain/series/notice'
import { type Instant, dateIn, isAfter, timeIn } from '@yoman/domain/time'
import { cannotText, offerState } from '@yoman/domain/waitlist/offer'
import type { Context } from '../context.ts'
import { carriesOriginal } from '../invoices/queue-mail.ts'
import { recordEvents } from '../record-events.ts'
import { saveReminderOf } from './reminder-of.ts'
import { transact } from '../transact.ts'
import { addressOf } from './compose.ts'

export interface Claimed {
  id: string
  channel: 'sms' | 'email'
  kind: MessageRow['kind']
  invoiceId: string | null
  to: string
  subject: string
  body: string
  language: MessageRow['language']
  /** Of an offer, or of a form: its link is still to be filled in. */
  offerId: string | null
  formResponseId: string | null
  /** Counts from 1; whoever settles names it, so that a sender that was thought dead does not speak for its successor. */
  attempt: number
  /** Of a document's mail: whether it holds the one copy that says "original". */
  carriesOriginal: boolean
}

/**
 * Takes a message in hand before the provider is called: the last look at whether it still makes sense, then `sending`
 * with a lease. Null where it is not to be sent now: somebody else has it, it waits for an hour, or it was skipped.
 * @param machineNow the machine's clock, which leases follow: the business clock may jump. @param leaseSeconds how long the sender may take.
 */
export function claimMessage(ctx: Context, messageId: string, machineNow: Instant, leaseSeconds: number): Promise<Claimed | null> {
  return transact(ctx, async (tx) => {
    const message = await lockMessage(tx, messageId)
    if (!message || message.state !== 'queued' || isAfter(message.not_before, ctx.now)) return null
    const { verdict, address } = await look(tx, message, ctx.now)
    if (verdict.now === 'wait') {
      await saveMessage(tx, message.id, { not_before: verdict.until })
      return null
    }
    if (verdict.now === 'skip') {
      await saveMessage(tx, message.id, { state: 'skipped', error_code: verdict.reason, settled_at: ctx.now })
      await saveReminderOf(tx, message, { state: 'skipped', skip_reason: verdict.reason })
      await recordEvents(tx, ctx, [{ name: 'message.changed', subject: { type: 'message', id: message.id }, patientId: message.patient_id, details: { state: 'skipped', reason: verdict.reason } }])
      return null
    }
    const attempt = message.attempt + 1
    await saveMessage(tx, message.id, {
      state: 'sending', attempt, to_address: address, lease_until: machineNow.add({ seconds: leaseSeconds }), first_tried_at: message.first_tried_at ?? machineNow,
    })
    const { id, channel, kind, subject, body, language } = message
    return { id, channel, kind, invoiceId: message.invoice_id, offerId: message.offer_id, formResponseId: message.form_response_id, to: address, subject, body, language, attempt, carriesOriginal: kind === 'invoice' && carriesOriginal(message.dedupe_key) }
  })
}

interface Look {
  verdict: SendVerdict | { now: 'skip'; reason: string }
  address: string
}

async function look(tx: Tx, message: MessageRow, now: Instant): Promise<Look> {
  const skip = (reason: string): Look => ({ verdict: { now: 'skip', reason }, address: '' })
  if (message.kind === 'invoice') {
    const { address, consented } = await findMailable(tx, message.patient_id)
    if (!consented) return skip('no_consent')
    return address === null ? skip('nothing_to_send_to') : { verdict: { now: 'send' }, address }
  }
  if (message.kind === 'offer') return lookAtOffer(tx, message, now)
  if (message.kind === 'form') return lookAtForm(tx, message, now)
  const facts = message.appointment_id === null ? undefined : await loadVisitFacts(tx, message.appointment_id, message.channel, true)
  if (!facts || message.appointment_starts_at === null) return skip('not_booked')
  const address = addressOf(facts, message.channel)
  if (message.kind === 'reminder') {
    const verdict = stillWorthSending({ appointmentStartsAt: message.appointment_starts_at }, facts, { address, refused: facts.refused }, facts.hours, now)
    return { verdict, address: address ?? '' }
  }
  if (message.kind === 'series_changed' || message.kind === 'series_cancelled') {
    if (!seriesNoticeHolds(await saidBy(tx, message.id), now)) return skip('superseded')
  } else if (!noticeHolds({ kind: message.kind, startsAt: message.appointment_starts_at }, facts, now)) return skip('superseded')
  if (facts.refused) return skip('no_consent')
  if (address === null) return skip('nothing_to_send_to')
  return { verdict: atGoodHour(facts.hours, message.useful_until ?? facts.startsAt, now), address }
}

async function lookAtOffer(tx: Tx, message: MessageRow, now: Instant): Promise<Look> {
  const skip = (reason: string): Look => ({ verdict: { now: 'skip', reason }, address: '' })
  const facts = message.offer_id === null ? undefined : await loadOfferFacts(tx, message.offer_id)
  if (!facts || offerState(facts, { status: facts.holdStatus }, now) !== 'open') return skip('superseded')
  const address = facts.phones.find(isMobile) ?? null
  const hindrance = cannotText({ address, refused: facts.refused }, facts.hours, now)
  // What cannot leave now would find the place given to somebody else: the desk sees that it did not leave, and calls.
  if (hindrance !== null) return skip(hindrance === 'offer_outside_sending_hours' ? 'too_late' : hindrance)
  return { verdict: { now: 'send' }, address: address ?? '' }
}

async function lookAtForm(tx: Tx, message: MessageRow, now: Instant): Promise<Look> {
  const skip = (reason: string): Look => ({ verdict: { now: 'skip', reason }, address: '' })
  const response = message.form_response_id === null ? undefined : await findResponse(tx, message.form_response_id)
  const facts = response && (await loadFormFacts(tx, response.patient_id, response.branch_id))
  if (!facts || responseState({ status: response.status, expiresAt: response.expires_at }, now) !== 'open') return skip('superseded')
  const address = facts.phones.find(isMobile)
  if (facts.refused) return skip('no_consent')
  if (address === undefined) return skip('nothing_to_send_to')
  return { verdict: atGoodHour(facts.hours, response.expires_at, now), address }
}

function atGoodHour(hours: SendingHours, latest: Instant, now: Instant): SendVerdict {
  if (maySendAt(hours, now)) return { now: 'send' }
  const until = firstMomentFrom(hours, dateIn(hours.zone, now), timeIn(hours.zone, now))
  return until === null || isAfter(until, latest) ? { now: 'skip', reason: 'too_late' } : { now: 'wait', until }
}
