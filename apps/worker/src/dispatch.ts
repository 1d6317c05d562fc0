import type { Job } from './jobs.ts'
import { runJob } from './run-job.ts'
import type { Queues } from './queues.ts'
import type { WorkerServices } from './services.ts'

/** Gets a job done: through the queue, or here and now while the queue is away. A job that fails here is found again by the sweeps. */
export async function dispatch(services: WorkerServices, queues: Pick<Queues, 'add'>, job: Job): Promise<void> {
  try {
    await queues.add(job)
  } catch (error) {
    services.log.debug({ err: error, job: job.name }, 'the queue did not take a job')
    await runJob(services, job)
  }
}
