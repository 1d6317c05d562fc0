import { realpathSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Server } from './server.ts'

/**
 * Waits until queries are answered, and makes sure it is our cluster that answers and that it knows Hebrew.
 * @throws Error when the server ends first, the password is another, or something else owns the port
 */
export async function waitUntilReady(url: string, dataDir: string, server: Server): Promise<void> {
  const ended = server.ended.then(() => {
    throw new Error(server.whyItFailed())
  })
  const client = await Promise.race([connect(url, dataDir), ended])
  try {
    const { rows } = await client.query(`select current_setting('data_directory') as folder, current_setting('server_encoding') as encoding, 'שלום' ~ '^\\w+$' as hebrew`)
    const [found] = rows
    if (realpathSync(found.folder) !== realpathSync(dataDir)) throw new Error(`Another database (${found.folder}) answers on the port meant for ${dataDir}. End it or choose another port.`)
    if (found.encoding !== 'UTF8' || !found.hebrew) throw new Error(`The database in ${dataDir} was made without UTF-8 (${found.encoding}): Hebrew could not be searched. Start over with "npm run reset".`)
  } finally {
    await client.end()
  }
}

async function connect(url: string, dataDir: string): Promise<pg.Client> {
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
    client.on('error', () => {}) // a connection cut by the server's own end is told by `ended`
    try {
      await client.connect()
      return client
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === '28P01') throw new Error(`The password kept for the database in ${dataDir} is not the one it was made with. Restore the keys file, or start over with "npm run reset".`, { cause: error })
      // 57P03: still starting up. ECONNREFUSED: not listening yet.
      if (code !== '57P03' && code !== 'ECONNREFUSED') throw error
      await sleep(20)
    }
  }
}

export async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}
