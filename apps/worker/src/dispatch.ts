import type { Job } from './jobs.ts'
import { runJob } from './run-job.ts'
import type { Queues } from './queues.ts'
import type { WorkerServices } from './services.ts'

/** Gets a job done: through the queue, or here and now while the queue is away. A job that fails here is found again by the sweeps. */
export async function dispatch(services: WorkerServices, queues: Pick<Queues, 'add'>, job: Job): Promise<void> {
  if (!(await isTaken(services, queues, [job]))) await runJob(services, job)
}

/** @returns whether the queue took the jobs, all of them in one flight. */
export async function isTaken(services: WorkerServices, queues: Pick<Queues, 'add'>, jobs: readonly Job[]): Promise<boolean> {
  try {
    await queues.add(...jobs)
    return true
  } catch (error) {
    services.log.debug({ err: error, jobs: jobs.length }, 'the queue did not take jobs')
    return false
  }
}
