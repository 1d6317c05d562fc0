import { pino } from 'pino'
import { errorForLog } from '@yoman/db/error-for-log'
import { ConfigError } from '@yoman/use-cases/setting-reader'
import { readConfig } from './config.ts'
import { startWorker } from './worker.ts'

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = pino({ name: 'worker', level: config.logLevel, serializers: { err: errorForLog } })
  const worker = await startWorker(config, log)
  log.info({ queue: config.redisUrl === null ? 'postgres' : 'redis' }, 'the worker is at work')

  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      log.info('the worker lets its work come to an end')
      worker.stop().then(() => log.info('the worker has ended'), (error: unknown) => {
        log.error({ err: error }, 'the worker could not end well')
        process.exitCode = 1
      })
    })
  }
}

main().catch((error: unknown) => {
  // A wrong setting is told as a sentence; anything else with its trace.
  console.error(error instanceof ConfigError ? error.message : error)
  process.exit(1)
})
