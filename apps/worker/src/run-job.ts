import { dropFromOutbox } from '@yoman/db/audit/outbox'
import { writeAcrossClinics } from '@yoman/use-cases/transact'
import { type Job, jobs } from './jobs.ts'
import type { WorkerServices } from './services.ts'

/**
 * Runs a job to its end. Only then does its event leave the outbox: a queue that forgets what it was given loses nothing,
 * because the relay hands it out again.
 */
export async function runJob(services: WorkerServices, job: Job): Promise<void> {
  const { run, dropsEvent } = jobs[job.name]
  await run(services, job)
  const { clinicId, eventId } = job
  if (eventId !== null && !dropsEvent) await writeAcrossClinics(services.pool, (tx) => dropFromOutbox(tx, { clinicId, eventId }))
}
