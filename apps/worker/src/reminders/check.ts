import { composeAlarm } from '@yoman/messaging/alarms/compose'
import { partsOfReminder } from '@yoman/messaging/reminder-parts'
import { ownTemplates } from '@yoman/use-cases/messages/save-template'
import { type ComposeAlarm, checkTonight, raiseAlarm } from '@yoman/use-cases/reminders/nightly-check'
import { acrossClinics } from '@yoman/use-cases/transact'
import { type WorkerServices, contextOf } from '../services.ts'

/** Each clinic's night, once for a branch and a date, and what is late now. One clinic that cannot be looked at hinders no other. */
export async function checkReminders(services: WorkerServices): Promise<number> {
  const clinics = await acrossClinics(services.pool, (tx) => tx.selectFrom('clinic').select('id').execute())
  const compose: ComposeAlarm = (alarm) => composeAlarm(alarm, services.settings.publicUrl)
  let looked = 0
  for (const { id } of clinics) {
    const ctx = contextOf(services, id)
    try {
      looked += await checkTonight(ctx, compose, partsOfReminder(await ownTemplates(ctx)))
      const late = await raiseAlarm(ctx, compose)
      if (late > 0) services.log.warn({ clinic: id, late }, 'messages to patients are late')
    } catch (error) {
      services.log.error({ err: error, clinic: id }, "a clinic's reminders could not be looked at; the next round tries again")
    }
  }
  return looked
}
