import { type OutboxEntry, takeOutbox } from '@yoman/db/audit/outbox'
import type { EventName } from '@yoman/domain/events'
import { acrossClinics } from '@yoman/use-cases/transact'
import { isTaken } from './dispatch.ts'
import { type Job, type ListenedEvent, jobs } from './jobs.ts'
import type { Queues } from './queues.ts'
import { runJob } from './run-job.ts'
import type { WorkerServices } from './services.ts'

const batch = 100

/**
 * Hands the events of all clinics to the queue, the oldest first, each at least once: one that is not done when its lease
 * ends is handed out again, and the queue ignores what it still has. @returns how many it handed on.
 */
export async function relayOutbox(services: WorkerServices, queues: Pick<Queues, 'add'>): Promise<number> {
  let done = 0
  for (;;) {
    const now = services.machineClock.now()
    const taken = await acrossClinics(services.pool, (tx) => takeOutbox(tx, now, now.add({ seconds: services.settings.leaseSeconds }), batch))
    done += await handOn(services, queues, taken)
    if (taken.length < batch) return done
  }
}

async function handOn(services: WorkerServices, queues: Pick<Queues, 'add'>, taken: readonly OutboxEntry[]): Promise<number> {
  const heard = taken.flatMap(({ clinicId, eventId, name, subjectId }): Job[] => {
    if (isListened(name)) return [{ name, clinicId, subjectId, eventId }]
    services.log.error({ event: eventId, job: name }, 'nobody listens to an event')
    return []
  })
  if (heard.length === 0 || (await isTaken(services, queues, heard))) return heard.length
  let done = 0
  for (const job of heard) done += await runHere(services, job)
  return done
}

async function runHere(services: WorkerServices, job: Job): Promise<0 | 1> {
  try {
    await runJob(services, job)
    return 1
  } catch (error) {
    // It is free again when its lease ends: at once it would only fail once more.
    services.log.error({ err: error, event: job.eventId, job: job.name }, 'an event could not be handled; it will be tried again')
    return 0
  }
}

const isListened = (name: EventName): name is ListenedEvent => name in jobs
