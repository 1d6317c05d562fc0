import { isRefused } from '@yoman/db/conversations/queries'
import { findMessage, insertMessage, type MessageRow } from '@yoman/db/messages/queries'
import { findMailable } from '@yoman/db/invoices/mailable'
import { findInvoice } from '@yoman/db/invoices/issue'
import { insertSaid, saidBy } from '@yoman/db/messages/told'
import { loadVisitFacts } from '@yoman/db/messages/visit-facts'
import type { Db, Tx } from '@yoman/db/database'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { isAfter } from '@yoman/domain/time'
import { carriesOriginal, mailableOf } from '../invoices/queue-mail.ts'
import type { Context } from '../context.ts'
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

    const address = await reachableAt(tx, message)
    await insertMessage(tx, {
      ...message, id: newId, dedupe_key: `${carriesOriginal(message.dedupe_key) ? 'original-' : ''}resend-${messageId}-${newId}`, to_address: address, state: 'queued', not_before: ctx.now, created_at: ctx.now,
      reminder_id: null, attempt: 0, lookups: 0, lease_until: null, first_tried_at: null, sent_at: null, settled_at: null,
      provider_id: null, provider_status: null, error_code: null, parts: null, held_since: null, asked_at: null, doubled_at: null,
    })
    await sayAgain(tx, ctx, messageId, newId)
    await recordEvents(tx, ctx, [{ name: 'message.queued', subject: { type: 'message', id: newId }, patientId: message.patient_id, details: { kind: message.kind, again: messageId } }])
  })
}

/** What a message about several visits says of each, its successor says too. */
async function sayAgain(tx: Tx, ctx: Context, messageId: string, newId: string): Promise<void> {
  const said = await saidBy(tx, messageId)
  if (said.length > 0) await insertSaid(tx, ctx.clinicId, newId, said.map(({ appointmentId, ...visit }) => ({ ...visit, id: appointmentId })))
}

async function reachableAt(db: Db, message: MessageRow): Promise<string> {
  if (message.kind === 'reply') {
    if (await isRefused(db, message.to_address, message.patient_id)) throw new Refusal('no_consent')
    return message.to_address
  }
  const { address, refused } = message.kind === 'invoice' && message.invoice_id !== null ? await mailable(db, message.invoice_id) : message.kind === 'statement' && message.patient_id !== null ? await mailableReader(db, message.patient_id) : await visit(db, message)
  if (refused) throw new Refusal('no_consent')
  if (address === null) throw new Refusal('nothing_to_send_to')
  return address
}

async function mailable(db: Db, invoiceId: string) {
  const invoice = await findInvoice(db, invoiceId)
  if (!invoice) throw new NotFound('invoice')
  const { address, consented } = await mailableOf(db, invoice)
  return { address, refused: !consented }
}

async function mailableReader(db: Db, patientId: string) {
  const { address, consented } = await findMailable(db, patientId)
  return { address, refused: !consented }
}

async function visit(db: Db, message: MessageRow) {
  const facts = message.appointment_id === null ? undefined : await loadVisitFacts(db, message.appointment_id, message.channel)
  if (!facts) throw new Refusal('message_too_late')
  return { address: isOff(facts, message.channel) ? null : addressOf(facts, message.channel), refused: facts.refused }
}
