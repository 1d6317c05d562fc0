import { type ConversationRow, isRefused, languageOf, lastHeardFrom, lockConversation, saveConversation } from '@yoman/db/conversations/queries'
import type { Tx } from '@yoman/db/database'
import { findMessage, insertMessage } from '@yoman/db/messages/queries'
import { hoursOfClinic } from '@yoman/db/messages/sending'
import { allow } from '@yoman/domain/access'
import { checkReachable, replyLeavesAt, replyUsefulHours } from '@yoman/domain/conversations/conversation'
import { isMobile } from '@yoman/domain/people/phone'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { loadOpen } from './read.ts'

/**
 * Answers a number by SMS, through the same outbox as every message: at once where somebody waits for it, else at a good hour. Doing
 * it twice with one id is doing it once. Throws `conversation_patient_missing`, `no_consent`, `nothing_to_send_to`, `id_taken`.
 */
export function sendReply(ctx: Context, conversationId: string, { id, body }: { id: string; body: string }) {
  allow(ctx.actor, 'message.send')
  return transact(ctx, async (tx) => {
    const row = await lockConversation(tx, conversationId)
    if (!row) throw new NotFound('conversation')
    const known = await findMessage(tx, id)
    if (known && known.dedupe_key !== `reply-${conversationId}-${id}`) throw new Refusal('id_taken')
    if (!known) await write(tx, ctx, row, id, body)
    return loadOpen(tx, ctx, conversationId)
  })
}

async function write(tx: Tx, ctx: Context, row: ConversationRow, id: string, body: string): Promise<void> {
  checkReachable({ patientId: row.patient_id, refused: await isRefused(tx, row.number, row.patient_id), mobile: isMobile(row.number) })
  const patientId = row.patient_id ?? ''
  const leavesAt = replyLeavesAt(await lastHeardFrom(tx, row.number), await hoursOfClinic(tx), ctx.now)
  const language = (await languageOf(tx, patientId))?.language ?? 'he'
  await insertMessage(tx, {
    clinic_id: ctx.clinicId, id, kind: 'reply', channel: 'sms', patient_id: patientId, appointment_id: null, appointment_starts_at: null, reminder_id: null, invoice_id: null, offer_id: null,
    dedupe_key: `reply-${row.id}-${id}`, language, to_address: row.number, body, not_before: leavesAt, useful_until: leavesAt.add({ hours: replyUsefulHours }), created_at: ctx.now,
    lease_until: null, first_tried_at: null, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null,
  })
  await saveConversation(tx, row, { status: 'answered', unread: 0, last_at: ctx.now, taken_by: ctx.actor.staffId, taken_at: ctx.now })
  await recordEvents(tx, ctx, [
    { name: 'message.queued', subject: { type: 'message', id }, patientId, details: { kind: 'reply', conversation: row.id } },
    { name: 'conversation.answered', subject: { type: 'conversation', id: row.id }, patientId, details: { message: id } },
  ])
}
