import { composeSeriesMessage } from '@yoman/messaging/series/compose'
import { queueNotice } from '@yoman/use-cases/messages/queue-notice'
import { queueSeriesNotice } from '@yoman/use-cases/messages/queue-series-notice'
import type { Job } from '../jobs.ts'
import { type WorkerServices, contextOf } from '../services.ts'

/** A visit was moved, cancelled, or its cancellation undone: whoever was told something else is told. */
export async function tellChange(services: WorkerServices, job: Job): Promise<void> {
  await queueNotice(contextOf(services, job.clinicId), job.subjectId, job.eventId ?? job.subjectId, services.compose, composeSeriesMessage)
}

/** Several visits of a series changed at once: their patient hears one message of all. */
export async function tellSeriesChange(services: WorkerServices, job: Job): Promise<void> {
  await queueSeriesNotice(contextOf(services, job.clinicId), job.subjectId, composeSeriesMessage)
}
