import { queueNotice } from '@yoman/use-cases/messages/queue-notice'
import type { Job } from '../jobs.ts'
import { type WorkerServices, contextOf } from '../services.ts'

/** A visit was moved, cancelled, or its cancellation undone: whoever was told something else is told. */
export async function tellChange(services: WorkerServices, job: Job): Promise<void> {
  await queueNotice(contextOf(services, job.clinicId), job.subjectId, job.eventId ?? job.subjectId, services.compose)
}
