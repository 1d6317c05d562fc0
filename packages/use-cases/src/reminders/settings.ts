import { findReminderSetting, type ReminderSetting, saveReminderSetting } from '@yoman/db/reminders/settings'
import { allow } from '@yoman/domain/access'
import { Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

export function reminderSettings(ctx: Context): Promise<ReminderSetting> {
  allow(ctx.actor, 'settings.read')
  return read(ctx, findReminderSetting)
}

/** Throws `stale_version`. */
export function setReminderSettings(ctx: Context, wanted: ReminderSetting): Promise<ReminderSetting> {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    if (!(await saveReminderSetting(tx, wanted))) throw new Refusal('stale_version', { current: (await findReminderSetting(tx)).version })
    await recordEvents(tx, ctx, [{ name: 'clinic.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { fields: ['graceMinutes', 'smsPartPrice'] } }])
    return findReminderSetting(tx)
  })
}
