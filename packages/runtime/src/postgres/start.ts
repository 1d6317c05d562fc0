import { accountFor } from './account.ts'
import { findBinaries } from './binaries.ts'
import { prepareCluster } from './cluster.ts'
import { clearPrevious } from './previous.ts'
import { freePort } from '../free-port.ts'
import { runServer, type Server } from './server.ts'
import { ensureDatabase, waitUntilReady } from './ready.ts'

export type PostgresOptions = {
  /** Absolute path; made if missing. May become a symlink where root's own folders are closed to the server's account. */
  dataDir: string
  /** The superuser's password. Must stay the same for the life of `dataDir`. */
  password: string
  /** A free port of 127.0.0.1 is chosen when absent. */
  port?: number
  /** Created when missing. Default: `postgres`. */
  database?: string
  /** Extra server settings, given as `-c name=value`. */
  settings?: Record<string, string | number>
  /** Receives the server's own log, line by line. */
  log: (line: string) => void
}

export type Postgres = {
  /** Connection URL of the superuser `postgres`. */
  url: string
  port: number
  /** The server's process. */
  pid: number
  /** Fast shutdown: open transactions are rolled back. Resolves when the server is gone; may be called twice. */
  stop: () => Promise<void>
  /** Resolves with a sentence when the server has ended, whoever ended it. */
  ended: Promise<string>
}

const DEFAULTS = {
  listen_addresses: '127.0.0.1',
  // No socket file: its directory would have to be private to the right account on every platform.
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The start's errors are recognised by their English text.
  lc_messages: 'C',
}

/**
 * Runs a private Postgres on 127.0.0.1 until `stop()` or until this process is gone, however it went.
 * A cluster left behind by a killed run is taken over; one that is in use is not touched.
 * @throws Error whose message says what to do
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const account = accountFor()
  const binaries = await findBinaries(account)
  const dataDir = await prepareCluster({ ...options, binaries, account })
  await clearPrevious(dataDir, binaries, account)

  const port = options.port ?? (await freePort())
  const server = await runUntilOurs({ dataDir, port, binaries, account, options })
  const database = options.database ?? 'postgres'
  const url = (name: string) => `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${name}`
  try {
    await waitUntilReady(url('postgres'), dataDir, server)
    await ensureDatabase(url('postgres'), database)
  } catch (error) {
    await server.stop()
    throw error
  }
  return { url: url(database), port, pid: server.pid, stop: server.stop, ended: server.ended }
}

type Launch = { dataDir: string; port: number; binaries: Parameters<typeof runServer>[0]['binaries']; account: Parameters<typeof runServer>[0]['account']; options: PostgresOptions }

/** A killed server's backends hold its shared memory for a second or so: the new one is refused until they notice. */
async function runUntilOurs({ dataDir, port, binaries, account, options }: Launch): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const server = await runServer({ dataDir, port, binaries, account, settings: { ...DEFAULTS, ...options.settings }, log: options.log })
    const outcome = await server.started
    if (outcome === 'listening') return server
    if (outcome !== 'still-held' || attempt === 20) throw new Error(server.whyItFailed())
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
