import { randomBytes } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type Pool, connect } from '@yoman/db/connect'
import type { Database } from '@yoman/db/database'
import { afterAll, expect, inject } from 'vitest'
import { ownerUrl, template, testPrefix } from './cluster.ts'

/** A database of one test file, with the newest schema and nothing in it. */
export interface TestDatabase {
  /** The name of the database. */
  name: string
  /** As the owner of the schema, without a superuser's rights: what DATABASE_URL is in production. */
  url: string
  /** As the superuser: passes row-level security. */
  superuserUrl: string
  /** Pools with the grants of the API and of the worker, and nothing more. */
  apiPool: Pool
  workerPool: Pool
  /** The superuser's pool, to set up and to look: row-level security does not hold it. */
  ownerPool: Pool
  /** Kysely over `ownerPool`. */
  db: Kysely<Database>
  /** Closes the pools and drops the database. Throws when the test left connections open: that is a leak. */
  drop(): Promise<void>
}

/**
 * Clones the migrated template, some 50 ms. Call it at the top of a test file or in `beforeAll`, once per file; it is
 * dropped after the file's last test, or after the `describe` that called it.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const database = await makeDatabase()
  afterAll(() => database.drop())
  return database
}

export interface DatabasePlace {
  /** The server, as its superuser; the run's own unless told otherwise. */
  clusterUrl?: string
  /** Told of connections that were lost while nobody used them: a mistake, unless the test cuts them. */
  onLost?: (error: Error) => void
}

/** A database that the caller drops. */
export async function makeDatabase({ clusterUrl = inject('postgresUrl'), onLost }: DatabasePlace = {}): Promise<TestDatabase> {
  const name = `${testPrefix}${randomBytes(6).toString('hex')}`
  await asSuperuser(clusterUrl, (client) => client.query(`create database ${name} template ${template}`))
  const url = ownerUrl(clusterUrl, name)
  const superuserUrl = new URL(`/${name}`, clusterUrl).href
  const onError = onLost ?? ((error: Error): void => console.error(`database ${name}:`, error))
  const apiPool = connect({ url, role: 'yoman_api', onError })
  const workerPool = connect({ url, role: 'yoman_worker', onError })
  const ownerPool = connect({ url: superuserUrl, role: null, max: 4, onError })
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: ownerPool }) })

  let dropped: Promise<void> | undefined
  const drop = async (): Promise<void> => {
    await Promise.all([apiPool.end(), workerPool.end(), ownerPool.end()])
    const leaks = await asSuperuser(clusterUrl, async (client) => {
      const open = await connectionsTo(client, name)
      await client.query(`drop database ${name} with (force)`)
      return open
    })
    if (leaks.length > 0) throw new Error(`${expect.getState().testPath ?? name} left connections to its database open: ${leaks.join(' · ')}`)
  }
  return { name, url, superuserUrl, apiPool, workerPool, ownerPool, db, drop: () => (dropped ??= drop()) }
}

/** Connections that are still there after a second: a closed one needs a moment to be gone on the server's side. */
async function connectionsTo(client: pg.Client, database: string): Promise<string[]> {
  let open: string[] = []
  for (let look = 0; look < 40; look += 1) {
    const { rows } = await client.query<{ text: string }>(
      `select usename || ' (' || coalesce(state, '?') || '): ' || left(query, 80) as text
       from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [database],
    )
    open = rows.map((row) => row.text)
    if (open.length === 0) return open
    await client.query('select pg_sleep(0.025)')
  }
  return open
}

async function asSuperuser<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
