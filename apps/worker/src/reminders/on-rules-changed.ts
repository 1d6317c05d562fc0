import { replanReminders } from '@yoman/use-cases/reminders/replan'
import type { Job } from '../jobs.ts'
import { type WorkerServices, contextOf } from '../services.ts'

/** A rule that was added, changed or switched off holds for the visits that are booked already. */
export async function replan(services: WorkerServices, { clinicId }: Job): Promise<void> {
  const planned = await replanReminders(contextOf(services, clinicId))
  services.log.info({ clinic: clinicId, planned }, 'reminders were planned anew')
}
