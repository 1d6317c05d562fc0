import { queueReminder } from '@yoman/use-cases/reminders/queue-reminder'
import type { Job } from '../jobs.ts'
import { type WorkerServices, contextOf } from '../services.ts'

/** The next channel of a rule begins where the one before is known to have failed; the sweep of due reminders would find it as well. */
export async function goOn(services: WorkerServices, { clinicId, subjectId }: Job): Promise<void> {
  const outcome = await queueReminder(contextOf(services, clinicId), subjectId, services.compose)
  services.log.info({ clinic: clinicId, reminder: subjectId, outcome }, 'a reminder goes on by its next channel')
}
