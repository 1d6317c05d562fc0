import fs from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, type Migration, type MigrationResultSet, Migrator, PostgresDialect, sql } from 'kysely'
import type { Pool } from './connect.ts'
import { isHindered } from './constraints.ts'

export interface MigrateOptions {
  /** Told when a file was hindered by a lock and will be tried again. */
  onHindered?: (line: string) => void
  /** Milliseconds that a file waits for a lock. Whoever comes after it to that table waits behind it as long: a clinic that works. */
  lockTimeoutMs?: number
  /** Milliseconds before each further try. */
  pausesMs?: readonly number[]
}

/**
 * Brings the database of `pool` (the owner's) to the newest schema; each file once, in a transaction of its own, so that no file holds
 * its locks for those behind it; under a lock, so many may start at once. A file that meets a program at work (a deadlock, a lock that
 * it does not get in time) lets everything go and is tried again.
 * @returns the names of the files that ran. Throws with the file's name when one fails; nothing of it is kept, those before it stay.
 */
export async function migrate(pool: Pool, folder: string, options: MigrateOptions = {}): Promise<string[]> {
  const { lockTimeoutMs = 5_000, pausesMs = [1_000, 2_000, 5_000, 10_000], onHindered = () => {} } = options
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const migrations = await readFolder(folder, lockTimeoutMs)
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } })
  const ran: string[] = []
  for (;;) {
    const { error, results } = await patiently(() => migrator.migrateUp(), pausesMs, onHindered)
    const step = results?.[0]
    if (error) throw new Error(`migration ${step?.migrationName ?? ''} failed`, { cause: error })
    if (!step) return ran
    ran.push(step.migrationName)
  }
}

async function patiently(step: () => Promise<MigrationResultSet>, pausesMs: readonly number[], onHindered: (line: string) => void): Promise<MigrationResultSet> {
  for (const pause of pausesMs) {
    const done = await step()
    if (!isHindered(done.error)) return done
    onHindered(`migration ${done.results?.[0]?.migrationName ?? ''} waits for a lock; tried again in ${pause / 1000} s`)
    await sleep(pause)
  }
  return step()
}

async function readFolder(folder: string, lockTimeoutMs: number): Promise<Record<string, Migration>> {
  const files = (await fs.readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  const load = async (file: string): Promise<[string, Migration]> => {
    const text = await fs.readFile(path.join(folder, file), 'utf8')
    const up = async (db: Kysely<unknown>): Promise<void> => {
      await sql`select set_config('lock_timeout', ${String(lockTimeoutMs)}, true)`.execute(db) // of this transaction alone: the migrator's own lock is waited for longer
      await sql.raw(text).execute(db)
    }
    return [file.replace('.sql', ''), { up }]
  }
  return Object.fromEntries(await Promise.all(files.map(load)))
}
