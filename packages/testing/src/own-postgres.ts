import { rm } from 'node:fs/promises'
import { startPostgres } from '@yoman/runtime/postgres/start'
import { afterAll } from 'vitest'
import { dataDirOf, password, startCluster } from './cluster.ts'

/** A server of one test file's own, with the migrated template, that keeps its word as a clinic's does: it can be stopped and started again. */
export interface OwnPostgres {
  /** Its address as the superuser; the same after each start. */
  url: string
  /**
   * `fast`: what is open is rolled back and every line is cut. `immediate`: all of it dies at once, as when the machine is
   * switched off; the next start recovers from the log. Resolves when nobody answers any more.
   */
  stop(how: 'fast' | 'immediate'): Promise<void>
  /** Resolves when it answers again. */
  start(): Promise<void>
}

const signals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const
const settings = { shared_buffers: '32MB' } // the shared server's short cuts would lose what was promised

/** Some five seconds. Ended after the file's last test, later than what was set up after it. */
export async function ownPostgres(): Promise<OwnPostgres> {
  const { postgres, folder } = await startCluster(settings)
  let running = postgres
  afterAll(async () => {
    await running.stop()
    await rm(folder, { recursive: true, force: true })
  })
  return {
    url: postgres.url,
    stop: async (how) => {
      process.kill(running.pid, signals[how])
      await running.ended
    },
    start: async () => void (running = await startPostgres({ dataDir: dataDirOf(folder), password, port: postgres.port, settings, log: () => {} })),
  }
}
