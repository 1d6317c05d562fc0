import { replanForMerge as replanVisitsOfMerged, replanForWish as replanVisitsOf, replanReminders } from '@yoman/use-cases/reminders/replan'
import type { Job } from '../jobs.ts'
import { type WorkerServices, contextOf } from '../services.ts'

/** A rule that was added, changed or switched off holds for the visits that are booked already. */
export async function replan(services: WorkerServices, { clinicId }: Job): Promise<void> {
  const planned = await replanReminders(contextOf(services, clinicId))
  services.log.info({ clinic: clinicId, planned }, 'reminders were planned anew')
}

/** What a patient asked for holds for their visits that are booked already. */
export async function replanForWish(services: WorkerServices, { clinicId, subjectId }: Job): Promise<void> {
  const planned = await replanVisitsOf(contextOf(services, clinicId), subjectId)
  services.log.info({ clinic: clinicId, planned }, "a patient's reminders were planned anew")
}

/** Two records became one, or two again: the visits' reminders follow the wish of whose they are now. */
export async function replanForMerge(services: WorkerServices, { clinicId, subjectId }: Job): Promise<void> {
  const planned = await replanVisitsOfMerged(contextOf(services, clinicId), subjectId)
  services.log.info({ clinic: clinicId, planned }, 'the reminders of a merged patient were planned anew')
}
