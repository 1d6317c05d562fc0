import { findReminderTemplates, hasTexts, loadFactsOfReminders, type Channel, type VisitFacts } from '@yoman/db/messages/visit-facts'
import type { ReminderRow } from '@yoman/db/reminders/queries'
import { insertReminderMessages, insertVisitLinks, lockFreeReminders, markQueued } from '@yoman/db/reminders/together'
import { stillWorthSending } from '@yoman/domain/reminders/still-worth-sending'
import type { Context } from '../context.ts'
import { addressOf, type Compose, isOff, toSay } from '../messages/compose.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { linkRowOf } from '../visit-links/link.ts'
import { messageOf, messageQueued, textOf } from './queue-reminder.ts'

/**
 * Turns many due reminders of one clinic and channel into messages in one transaction: those that nobody has in hand and that are
 * simply to be sent. One at a time each would cost ten statements at the busiest moment of the day. All others are left as they are:
 * what becomes of them is decided one by one (`queueReminder`).
 * @returns the ids of the reminders that are messages now.
 */
export function queueTogether(ctx: Context, channel: Channel, reminderIds: readonly string[], compose: Compose): Promise<ReadonlySet<string>> {
  return transact(ctx, async (tx) => {
    const [free, visits, templates] = await Promise.all([lockFreeReminders(tx, reminderIds), loadFactsOfReminders(tx, reminderIds, channel), hasTexts(channel) ? findReminderTemplates(tx, channel) : new Map<string, never>()])
    const factsOf = new Map(visits.map((facts) => [facts.appointmentId, facts]))
    const ready = free.flatMap((reminder) => {
      const facts = factsOf.get(reminder.appointment_id)
      const address = facts && addressToSendTo(reminder, facts, ctx)
      if (!facts || !address) return []
      const words = compose(toSay('reminder', channel, facts, textOf(facts, channel, templates.get(facts.language))))
      return [{ reminder, facts, message: messageOf(ctx, reminder, facts, address, words), link: linkRowOf(ctx, facts, words) }]
    })
    if (ready.length === 0) return new Set()
    const written = await insertReminderMessages(tx, ready.map(({ message }) => message))
    const told = ready.filter(({ message }) => written.has(message.id))
    const queued = ready.map(({ reminder }) => reminder.id)
    await Promise.all([
      recordEvents(tx, ctx, told.map(({ message, reminder, facts }) => messageQueued(message.id, reminder, facts))),
      insertVisitLinks(tx, ready.flatMap(({ link }) => link ?? [])),
      markQueued(tx, queued),
    ])
    return new Set(queued)
  })
}

/** Null where anything but sending it at once is to be thought about. */
function addressToSendTo(reminder: ReminderRow, facts: VisitFacts, { now }: Context): string | null {
  const address = addressOf(facts, reminder.channel)
  const { refused, unwanted } = facts
  return stillWorthSending({ appointmentStartsAt: reminder.appointment_starts_at }, facts, { address, off: isOff(facts, reminder.channel), refused, unwanted }, facts.hours, now).now === 'send' ? address : null
}
