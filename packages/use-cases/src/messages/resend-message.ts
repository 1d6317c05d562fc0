import { isRefused } from '@yoman/db/conversations/queries'
import { findMessage, insertMessage, type MessageRow } from '@yoman/db/messages/queries'
import { findResponse, loadFormFacts } from '@yoman/db/forms/queries'
import { findMailable } from '@yoman/db/invoices/mailable'
import { findInvoice } from '@yoman/db/invoices/issue'
import { hoursOfClinic } from '@yoman/db/messages/sending'
import { insertSaid, saidBy } from '@yoman/db/messages/told'
import { loadVisitFacts } from '@yoman/db/messages/visit-facts'
import type { Db, Tx } from '@yoman/db/database'
import { allow } from '@yoman/domain/access'
import { isMobile } from '@yoman/domain/people/phone'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn, isAfter } from '@yoman/domain/time'
import { carriesOriginal, mailableOf } from '../invoices/queue-mail.ts'
import type { Context } from '../context.ts'
import { linkOfKey } from '../payment-links/send.ts'
import { waysTo } from '../payment-links/ways.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { addressOf, isOff } from './compose.ts'

/**
 * Says again what reached nobody, by a new message to where the patient can be reached now. Doing it twice with one
 * `newId` is doing it once. Refuses `message_not_settled` (it may still arrive, or has), `message_too_late`, `no_consent`, `nothing_to_send_to`.
 */
export async function resendMessage(ctx: Context, messageId: string, newId: string): Promise<void> {
  allow(ctx.actor, 'message.send')
  await transact(ctx, async (tx) => {
    const known = await findMessage(tx, newId)
    if (known?.dedupe_key.endsWith(`resend-${messageId}-${newId}`)) return
    if (known) throw new Refusal('id_taken')
    const message = await findMessage(tx, messageId)
    if (!message) throw new NotFound('message')
    if (message.patient_id === null) throw new NotFound('message') // to the staff: the next one comes tomorrow
    if (message.state !== 'failed' && message.state !== 'skipped') throw new Refusal('message_not_settled', { state: message.state })
    if (message.useful_until !== null && isAfter(ctx.now, message.useful_until)) throw new Refusal('message_too_late')

    const address = await reachableAt(tx, ctx, message)
    await insertMessage(tx, {
      ...message, id: newId, dedupe_key: `${standsFor(message)}resend-${messageId}-${newId}`, to_address: address, state: 'queued', not_before: ctx.now, created_at: ctx.now,
      reminder_id: null, attempt: 0, lookups: 0, lease_until: null, first_tried_at: null, sent_at: null, settled_at: null,
      provider_id: null, provider_status: null, error_code: null, parts: null, held_since: null, asked_at: null, doubled_at: null,
    })
    await sayAgain(tx, ctx, messageId, newId)
    await recordEvents(tx, ctx, [{ name: 'message.queued', subject: { type: 'message', id: newId }, patientId: message.patient_id, details: { kind: message.kind, again: messageId } }])
  })
}

/** What its key says of a message holds of its successor too: that it carries an original, or which link it says. */
function standsFor({ dedupe_key: key, channel }: MessageRow): string {
  const linkId = linkOfKey(key)
  return linkId === null ? (carriesOriginal(key) ? 'original-' : '') : `payment-link-${linkId}-${channel}-`
}

/** What a message about several visits says of each, its successor says too. */
async function sayAgain(tx: Tx, ctx: Context, messageId: string, newId: string): Promise<void> {
  const said = await saidBy(tx, messageId)
  if (said.length > 0) await insertSaid(tx, ctx.clinicId, newId, said.map(({ appointmentId, ...visit }) => ({ ...visit, id: appointmentId })))
}

/** Where a message of its kind reaches whoever reads it now. */
async function reachableAt(tx: Tx, ctx: Context, message: MessageRow): Promise<string> {
  const { address, refused } = await readerOf(tx, ctx, message)
  if (refused) throw new Refusal('no_consent')
  if (address === null) throw new Refusal('nothing_to_send_to')
  return address
}

interface Reader {
  address: string | null
  refused: boolean
}

async function readerOf(tx: Tx, ctx: Context, message: MessageRow): Promise<Reader> {
  if (message.kind === 'reply') return { address: message.to_address, refused: await isRefused(tx, message.to_address, message.patient_id) }
  if (message.kind === 'statement' && message.patient_id !== null) return mailableReader(tx, message.patient_id)
  if (message.kind === 'form' && message.form_response_id !== null) return whoAnswers(tx, message.form_response_id)
  if (message.invoice_id === null) return visit(tx, message)
  return message.kind === 'invoice' ? mailable(tx, message.invoice_id) : whoOwes(tx, ctx, message, message.invoice_id)
}

async function whoAnswers(db: Db, responseId: string): Promise<Reader> {
  const response = await findResponse(db, responseId)
  const facts = response && (await loadFormFacts(db, response.patient_id, response.branch_id))
  if (!facts) throw new NotFound('form response')
  return { address: facts.phones.find(isMobile) ?? null, refused: facts.refused }
}

/** Of a reminder of a debt and of a link to pay by. */
async function whoOwes(tx: Tx, ctx: Context, { channel }: MessageRow, invoiceId: string): Promise<Reader> {
  const invoice = await findInvoice(tx, invoiceId)
  if (!invoice) throw new NotFound('invoice')
  const ways = await waysTo(tx, invoice, dateIn((await hoursOfClinic(tx)).zone, ctx.now))
  return { address: channel === 'email' ? ways.email : ways.sms, refused: false }
}

async function mailable(db: Db, invoiceId: string): Promise<Reader> {
  const invoice = await findInvoice(db, invoiceId)
  if (!invoice) throw new NotFound('invoice')
  const { address, consented } = await mailableOf(db, invoice)
  return { address, refused: !consented }
}

async function mailableReader(db: Db, patientId: string): Promise<Reader> {
  const { address, consented } = await findMailable(db, patientId)
  return { address, refused: !consented }
}

async function visit(db: Db, message: MessageRow): Promise<Reader> {
  const facts = message.appointment_id === null ? undefined : await loadVisitFacts(db, message.appointment_id, message.channel)
  if (!facts) throw new Refusal('message_too_late')
  return { address: isOff(facts, message.channel) ? null : addressOf(facts, message.channel), refused: facts.refused }
}
