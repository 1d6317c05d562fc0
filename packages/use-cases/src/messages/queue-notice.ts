import { v7 as uuid } from 'uuid'
import { findLastTold, insertMessage, isNoticeWaiting } from '@yoman/db/messages/queries'
import { findTemplate, loadVisitFacts } from '@yoman/db/messages/visit-facts'
import { noticeDue } from '@yoman/domain/messages/notice-due'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { type Compose, addressOf, toSay } from './compose.ts'

/**
 * Tells the patient by SMS when a visit is no longer what they were told. Looks at the visit as it is now, not at the
 * event, so that a visit moved twice is told once; `eventId` makes the same event heard twice one message.
 */
export function queueNotice(ctx: Context, appointmentId: string, eventId: string, compose: Compose): Promise<'queued' | 'nothing'> {
  return transact(ctx, async (tx) => {
    const facts = await loadVisitFacts(tx, appointmentId, 'sms', true)
    if (!facts || facts.refused) return 'nothing'
    const notice = noticeDue(await findLastTold(tx, appointmentId), facts, ctx.now)
    const address = addressOf(facts, 'sms')
    if (notice === null || address === null || (await isNoticeWaiting(tx, appointmentId, notice, facts.startsAt))) return 'nothing'

    const words = compose(toSay(notice, 'sms', facts, await findTemplate(tx, notice, 'sms', facts.language)))
    const id = uuid()
    const written = await insertMessage(tx, {
      clinic_id: ctx.clinicId, id, kind: notice, channel: 'sms', patient_id: facts.patientId,
      appointment_id: facts.appointmentId, appointment_starts_at: facts.startsAt, reminder_id: null, invoice_id: null,
      dedupe_key: `notice-${eventId}`, language: facts.language, to_address: address, ...words,
      not_before: ctx.now, useful_until: facts.startsAt, created_at: ctx.now,
      lease_until: null, first_tried_at: null, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null,
    })
    if (!written) return 'nothing'
    await recordEvents(tx, ctx, [{ name: 'message.queued', subject: { type: 'message', id }, patientId: facts.patientId, branchId: facts.branchId, details: { kind: notice, appointment: appointmentId } }])
    return 'queued'
  })
}
