import fs from 'node:fs/promises'
import path from 'node:path'
import { Kysely, type Migration, Migrator, PostgresDialect, sql } from 'kysely'
import type { Pool } from './connect.ts'

/**
 * Brings the database of `pool` (the owner's) to the newest schema; each file once, under a lock, so many may start at once.
 * @returns the names of the files that ran. Throws with the file's name when one fails; nothing of it is kept.
 */
export async function migrate(pool: Pool, folder: string): Promise<string[]> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const migrator = new Migrator({ db, provider: { getMigrations: () => readFolder(folder) } })
  const { error, results } = await migrator.migrateToLatest()
  const failed = results?.find((result) => result.status === 'Error')
  if (error) throw new Error(`migration ${failed?.migrationName ?? ''} failed`, { cause: error })
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

async function readFolder(folder: string): Promise<Record<string, Migration>> {
  const files = (await fs.readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  const load = async (file: string): Promise<[string, Migration]> => {
    const text = await fs.readFile(path.join(folder, file), 'utf8')
    return [file.replace('.sql', ''), { up: async (db) => void (await sql.raw(text).execute(db)) }]
  }
  return Object.fromEntries(await Promise.all(files.map(load)))
}
