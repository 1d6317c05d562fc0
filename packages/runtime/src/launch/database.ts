import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../postgres/start.ts'
import type { LaunchConfig } from './config.ts'
import type { Keys } from './keys.ts'
import { LogFile } from './log-file.ts'

export type Database = {
  /** As the owner of the schema, which is no superuser: the programs step down to their own roles. */
  url: string
  ownerUrl: string
  stop: () => Promise<void>
  /** Rejects when the embedded server ends by itself. */
  lost: Promise<never>
}

const OWNER = 'yoman'

/** The database of DATABASE_URL, or the embedded one with its owner role made. */
export async function startDatabase(config: LaunchConfig, keys: Keys): Promise<Database> {
  if (config.databaseUrl) {
    const { databaseUrl: url, databaseOwnerUrl } = config
    return { url, ownerUrl: databaseOwnerUrl ?? url, stop: async () => {}, lost: new Promise(() => {}) }
  }
  const log = new LogFile(config.dataDir, 'postgres', false)
  const postgres = await startPostgres({ dataDir: join(config.dataDir, 'postgres'), password: keys.databasePassword, log: log.line })
  try {
    await makeOwner(postgres.url, keys.databasePassword)
  } catch (error) {
    await postgres.stop()
    throw error
  }
  const url = `postgres://${OWNER}:${encodeURIComponent(keys.databasePassword)}@127.0.0.1:${postgres.port}/${OWNER}`
  const lost = postgres.ended.then((sentence) => {
    throw new Error(`${sentence}\nWhat was saved is kept. Start again with: npm start`)
  })
  lost.catch(() => {}) // also "lost" when it is stopped in order: whoever waits for it then has left
  return { url, ownerUrl: url, stop: postgres.stop, lost }
}

async function makeOwner(superuserUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    const { rows } = await client.query('select exists (select from pg_roles where rolname = $1) as role, exists (select from pg_database where datname = $1) as database', [OWNER])
    // Apart, because a start may be killed between the two.
    if (!rows[0].role) await client.query(`create role ${OWNER} login createrole password ${client.escapeLiteral(password)}`)
    if (!rows[0].database) await client.query(`create database ${OWNER} owner ${OWNER}`)
  } finally {
    await client.end()
  }
}
