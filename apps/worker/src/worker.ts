import type { Logger } from 'pino'
import { connect } from '@yoman/db/connect'
import { demoClockChannel } from '@yoman/db/demo/move-clock'
import { makeVault } from '@yoman/db/keys/vault'
import { openFileStore } from '@yoman/file-store/config'
import { composeVisitMessage } from '@yoman/messaging/visits/compose'
import { systemClock } from '@yoman/use-cases/clock'
import { demoClock } from '@yoman/use-cases/demo-clock'
import type { WorkerConfig } from './config.ts'
import { openGateways } from './messages/gateways.ts'
import { listen } from './notices.ts'
import { openQueues } from './queues.ts'
import { runJob } from './run-job.ts'
import { keepSchedule } from './schedule.ts'
import type { WorkerServices } from './services.ts'

export interface RunningWorker {
  /** Takes no new work, lets what runs come to its end, then lets go of everything. */
  stop(): Promise<void>
}

/** Starts everything the worker does. Rejects where the database is not there or not migrated; a Redis that is away is waited for. */
export async function startWorker(config: WorkerConfig, log: Logger): Promise<RunningWorker> {
  const pool = connect({ url: config.databaseUrl, role: 'yoman_worker', max: config.poolSize, onError: (error) => log.warn({ err: error }, 'a connection to the database was lost') })
  const demo = config.demo ? demoClock(pool) : null
  const services: WorkerServices = {
    pool,
    vault: makeVault(config.dataKey, config.blindIndexKey),
    clock: demo ?? systemClock,
    machineClock: systemClock,
    compose: composeVisitMessage,
    gateways: openGateways(config),
    files: openFileStore(config.files),
    log,
    settings: config,
  }
  try {
    await pool.query('select 1')
    await demo?.reload()
    const queues = await openQueues({ ...config, log })
    await queues.start((job) => runJob(services, job))
    const kept = keepSchedule(services, queues)
    const notices = listen(config.databaseUrl, log, (channel) => {
      if (channel !== demoClockChannel) return kept.wake('event')
      demo?.reload().then(() => kept.wake('clock'), (error: unknown) => log.error({ err: error }, "the demo's clock could not be read"))
    })
    return {
      async stop() {
        await notices.close()
        await kept.stop()
        await queues.close()
        services.gateways.mail.close()
        await pool.end()
      },
    }
  } catch (error) {
    await pool.end()
    throw error
  }
}
