import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import { insertFallback, loadWays } from '@yoman/db/reminders/fall-back'
import { findReminder, type ReminderRow } from '@yoman/db/reminders/queries'
import type { MessageRow } from '@yoman/db/messages/queries'
import { outcomeUnknown } from '@yoman/domain/messages/receipt'
import { reminderUsefulUntil } from '@yoman/domain/reminders/plan'
import { wayAfter } from '@yoman/domain/reminders/rules'
import { isAfter } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'

/**
 * Goes on by the next channel of the rule, where the reminder's own is not possible or is known to have failed: a row of its own that is
 * due now, once however often the failure is heard of. Nothing where the visit is not what it was any more, or it is too late.
 * @returns whether it goes on.
 */
export async function fallBack(tx: Tx, ctx: Context, reminder: ReminderRow): Promise<boolean> {
  const ways = await loadWays(tx, reminder)
  const channel = ways?.rule ? wayAfter(reminder.channel, ways.rule, ways.wish) : null
  if (channel === null || isAfter(ctx.now, reminderUsefulUntil(reminder.appointment_starts_at))) return false
  const id = await insertFallback(tx, { id: uuid(), of: reminder, channel, dueAt: ctx.now })
  if (id !== null) await recordEvents(tx, ctx, [{ name: 'reminder.fell_back', subject: { type: 'reminder', id }, patientId: ways?.patientId ?? null, details: { appointment: reminder.appointment_id, from: reminder.channel, to: channel } }])
  return id !== null
}

/**
 * The same for the message that a reminder became. `why` is its error or reason: of what may have arrived after all nobody knows that
 * it failed, and what no longer holds needs no other way. @param otherwise whether only the channel's own hours were in the way of it.
 * @returns whether it goes on.
 */
export async function fallBackFrom(tx: Tx, ctx: Context, { kind, reminder_id, state }: Pick<MessageRow, 'kind' | 'reminder_id' | 'state'>, why: string, otherwise = false): Promise<boolean> {
  const unsent = state === 'queued' && !otherwise && !isNoWay(why)
  if (kind !== 'reminder' || reminder_id === null || why === outcomeUnknown || unsent) return false
  const reminder = await findReminder(tx, reminder_id)
  return reminder !== undefined && fallBack(tx, ctx, reminder)
}

/** Given up before it left, because this channel leads nowhere, or not in time. */
export const isNoWay = (reason: string): boolean => ['no_consent', 'channel_off', 'nothing_to_send_to', 'over_ceiling'].includes(reason)
