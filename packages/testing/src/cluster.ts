import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import pg from 'pg'
import { connect } from '@yoman/db/connect'
import { migrate } from '@yoman/db/migrate'
import { type Postgres, startPostgres } from '@yoman/runtime/postgres/start'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the run's own Postgres as its superuser; `testDatabase` is the one reader. */
    postgresUrl: string
  }
}

/** The migrated database that every test file's own one is a copy of. */
export const template = 'yoman_template'
export const testPrefix = 'yoman_test_'

/** Owner of the schema: an ordinary role, as on a clinic's own server, so that nothing comes to lean on a superuser. */
export const owner = { name: 'yoman_owner', password: 'owner' }

export interface RunningCluster {
  postgres: Postgres
  /** To be removed when the server is gone. */
  folder: string
}

interface Cluster {
  users: number
  started: Promise<RunningCluster>
}

const cluster = Symbol.for('yoman.test-cluster')
// Each project of the run sets up on its own, all in one process: the first starts the server, the last one out stops it.
const shared: typeof globalThis & { [cluster]?: Cluster } = globalThis

/** Called by Vitest once for each project that needs a database. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const own = (shared[cluster] ??= { users: 0, started: startCluster(hasty) })
  own.users += 1
  const { postgres } = await own.started
  project.provide('postgresUrl', postgres.url)
  return async () => {
    own.users -= 1
    if (own.users > 0) return
    delete shared[cluster]
    await stop(own)
  }
}

// Durability is what a power cut needs; these databases do not outlive the run.
const hasty = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200, shared_buffers: '128MB', max_wal_size: '2GB', autovacuum: 'off' }

/** A new server in a folder of its own, with the migrated template. */
export async function startCluster(settings: Record<string, string | number>): Promise<RunningCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'yoman-cluster-'))
  // As root the server runs under another account: in a closed folder its data would be kept elsewhere and outlive the run.
  await chmod(folder, 0o755)
  const postgres = await startPostgres({ dataDir: dataDirOf(folder), password, settings, log: () => {} })
  try {
    await makeTemplate(postgres.url)
  } catch (error) {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  return { postgres, folder }
}

/** Where a cluster's data lies, and the password of its superuser: for whoever starts it again. */
export const dataDirOf = (folder: string): string => join(folder, 'data')
export const password = 'postgres'

async function makeTemplate(url: string): Promise<void> {
  const superuser = new pg.Client(url)
  await superuser.connect()
  await superuser.query(`create role ${owner.name} login createrole password '${owner.password}'`)
  await superuser.query(`create database ${template} owner ${owner.name}`)
  await superuser.end()
  const pool = connect({ url: ownerUrl(url, template), role: null, max: 2, onError: (error) => console.error(error) })
  await migrate(pool, fileURLToPath(new URL('../../../migrations', import.meta.url)))
  await pool.end()
}

/** The address of one database of the cluster, as the schema's owner. */
export function ownerUrl(url: string, database: string): string {
  const address = new URL(url)
  address.username = owner.name
  address.password = owner.password
  address.pathname = `/${database}`
  return address.href
}

async function stop({ started }: Cluster): Promise<void> {
  const { postgres, folder } = await started
  const left = await databasesLeft(postgres.url)
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
  if (left.length > 0) throw new Error(`Test files did not drop their databases: ${left.join(', ')}`)
}

async function databasesLeft(url: string): Promise<string[]> {
  const superuser = new pg.Client(url)
  await superuser.connect()
  const { rows } = await superuser.query<{ datname: string }>(`select datname from pg_database where starts_with(datname, $1)`, [testPrefix])
  await superuser.end()
  return rows.map((row) => row.datname)
}
