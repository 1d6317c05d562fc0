import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import { insertMessage } from '@yoman/db/messages/queries'
import { findTemplate, loadVisitFacts } from '@yoman/db/messages/visit-facts'
import { findReminder, lockPlannedReminder, saveReminder, type ReminderRow } from '@yoman/db/reminders/queries'
import { reminderUsefulUntil } from '@yoman/domain/reminders/plan'
import { type SendSkip, stillWorthSending } from '@yoman/domain/reminders/still-worth-sending'
import type { Context } from '../context.ts'
import { type Compose, addressOf, toSay } from '../messages/compose.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

/**
 * Turns a due reminder into a message, or keeps it with the reason why not; outside sending hours it waits for the next
 * one. Does nothing where another sweep has it, or had it.
 */
export function queueReminder(ctx: Context, reminderId: string, compose: Compose): Promise<'queued' | 'waits' | 'skipped' | 'gone'> {
  return transact(ctx, async (tx) => {
    const about = await findReminder(tx, reminderId)
    if (!about) return 'gone'
    // The visit is locked before its reminder, as by everyone who changes the visit: nobody waits in a ring.
    const facts = await loadVisitFacts(tx, about.appointment_id, about.channel, true)
    const reminder = await lockPlannedReminder(tx, reminderId)
    if (!reminder) return 'gone'
    if (!facts) return skip(tx, ctx, reminder, 'not_booked', null)

    const address = addressOf(facts, reminder.channel)
    const verdict = stillWorthSending({ appointmentStartsAt: reminder.appointment_starts_at }, facts, { address, refused: facts.refused }, facts.hours, ctx.now)
    if (verdict.now === 'skip') return skip(tx, ctx, reminder, verdict.reason, facts.patientId)
    if (verdict.now === 'wait') {
      await saveReminder(tx, reminder.id, { due_at: verdict.until })
      return 'waits'
    }

    const words = compose(toSay('reminder', reminder.channel, facts, await findTemplate(tx, 'reminder', reminder.channel, facts.language)))
    const id = uuid()
    const isNew = await insertMessage(tx, {
      clinic_id: ctx.clinicId, id, kind: 'reminder', channel: reminder.channel, patient_id: facts.patientId,
      appointment_id: facts.appointmentId, appointment_starts_at: facts.startsAt, reminder_id: reminder.id, invoice_id: null,
      dedupe_key: `reminder-${reminder.id}`, language: facts.language, to_address: address ?? '', ...words,
      not_before: ctx.now, useful_until: reminderUsefulUntil(facts.startsAt), created_at: ctx.now,
      lease_until: null, first_tried_at: null, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null,
    })
    await saveReminder(tx, reminder.id, { state: 'queued' })
    if (isNew) await recordEvents(tx, ctx, [{ name: 'message.queued', subject: { type: 'message', id }, patientId: facts.patientId, branchId: facts.branchId, details: { kind: 'reminder', reminder: reminder.id } }])
    return 'queued'
  })
}

async function skip(tx: Tx, ctx: Context, reminder: ReminderRow, reason: SendSkip, patientId: string | null): Promise<'skipped'> {
  await saveReminder(tx, reminder.id, { state: 'skipped', skip_reason: reason })
  await recordEvents(tx, ctx, [{ name: 'reminder.skipped', subject: { type: 'reminder', id: reminder.id }, patientId, details: { appointment: reminder.appointment_id, reason } }])
  return 'skipped'
}
