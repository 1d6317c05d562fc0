import type { Tx } from '@yoman/db/database'
import type { MessageRow } from '@yoman/db/messages/queries'
import { saveReminder } from '@yoman/db/reminders/queries'

/** Keeps the reminder behind a message in step with it; a message of another kind has none. */
export async function saveReminderOf(tx: Tx, message: MessageRow, changes: { state: 'done' | 'skipped'; skip_reason?: string }): Promise<void> {
  if (message.reminder_id !== null) await saveReminder(tx, message.reminder_id, changes)
}
