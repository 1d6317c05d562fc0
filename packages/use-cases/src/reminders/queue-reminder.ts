import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import { insertMessage } from '@yoman/db/messages/queries'
import { type Channel, type VisitFacts, findTemplate, hasTexts, loadVisitFacts } from '@yoman/db/messages/visit-facts'
import { findReminder, lockPlannedReminder, saveReminder, type ReminderRow } from '@yoman/db/reminders/queries'
import type { NewReminderMessage } from '@yoman/db/reminders/together'
import type { DomainEvent } from '@yoman/domain/events'
import { reminderUsefulUntil } from '@yoman/domain/reminders/plan'
import { type SendSkip, stillWorthSending } from '@yoman/domain/reminders/still-worth-sending'
import type { Context } from '../context.ts'
import { type Compose, type Words, addressOf, isOff, toSay } from '../messages/compose.ts'
import { recordEvents } from '../record-events.ts'
import { fallBack, isNoWay } from './fall-back.ts'
import { transact } from '../transact.ts'
import { openLinkOf } from '../visit-links/link.ts'

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
    if (!facts) return skip(tx, ctx, reminder, { reason: 'not_booked' }, null)

    const address = addressOf(facts, reminder.channel)
    const verdict = stillWorthSending({ appointmentStartsAt: reminder.appointment_starts_at }, facts, { address, off: isOff(facts, reminder.channel), refused: facts.refused, unwanted: facts.unwanted }, facts.hours, ctx.now)
    if (verdict.now === 'skip') return skip(tx, ctx, reminder, verdict, facts.patientId)
    if (verdict.now === 'wait') {
      await saveReminder(tx, reminder.id, { due_at: verdict.until })
      return 'waits'
    }

    const words = compose(toSay('reminder', reminder.channel, facts, textOf(facts, reminder.channel, await ownText(tx, reminder.channel, facts.language))))
    const message = messageOf(ctx, reminder, facts, address ?? '', words)
    const isNew = await insertMessage(tx, {
      ...message, clinic_id: ctx.clinicId, kind: 'reminder', invoice_id: null,
      lease_until: null, first_tried_at: null, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null,
    })
    const queued = isNew ? recordEvents(tx, ctx, [messageQueued(message.id, reminder, facts)]) : undefined
    await Promise.all([queued, openLinkOf(tx, ctx, facts, words), saveReminder(tx, reminder.id, { state: 'queued' })])
    return 'queued'
  })
}

/** The message that a reminder becomes, under an id of its own. */
export const messageOf = (ctx: Context, reminder: ReminderRow, facts: VisitFacts, address: string, { subject, body, variables }: Words): NewReminderMessage => ({
  id: uuid(), channel: reminder.channel, patient_id: facts.patientId, appointment_id: facts.appointmentId, appointment_starts_at: facts.startsAt,
  reminder_id: reminder.id, dedupe_key: `reminder-${reminder.id}`, language: facts.language, to_address: address, subject, body,
  not_before: ctx.now, useful_until: reminderUsefulUntil(facts.startsAt), created_at: ctx.now,
  content_sid: reminder.channel === 'whatsapp' ? (facts.whatsapp?.contentSid ?? null) : null, content_variables: variables ?? null,
})

export const messageQueued = (id: string, reminder: ReminderRow, { patientId, branchId }: VisitFacts): DomainEvent => ({
  name: 'message.queued', subject: { type: 'message', id }, patientId, branchId, details: { kind: 'reminder', reminder: reminder.id },
})

/** The text to fill in: of WhatsApp the approved one, else the clinic's own; undefined where it speaks with ours. */
export const textOf = ({ whatsapp }: VisitFacts, channel: Channel, own: { subject: string; body: string } | undefined): { subject: string; body: string } | undefined =>
  channel === 'whatsapp' ? (whatsapp ? { subject: '', body: whatsapp.body } : undefined) : own

const ownText = async (tx: Tx, channel: Channel, language: VisitFacts['language']) => (hasTexts(channel) ? findTemplate(tx, 'reminder', channel, language) : undefined)

async function skip(tx: Tx, ctx: Context, reminder: ReminderRow, { reason, otherwise = false }: { reason: SendSkip; otherwise?: boolean }, patientId: string | null): Promise<'skipped'> {
  await saveReminder(tx, reminder.id, { state: 'skipped', skip_reason: reason })
  await recordEvents(tx, ctx, [{ name: 'reminder.skipped', subject: { type: 'reminder', id: reminder.id }, patientId, details: { appointment: reminder.appointment_id, reason } }])
  if (otherwise || isNoWay(reason)) await fallBack(tx, ctx, reminder)
  return 'skipped'
}
