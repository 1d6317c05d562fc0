import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from '@yoman/runtime/free-port'

const run = promisify(execFile)
const start = fileURLToPath(new URL('../../../scripts/start.mjs', import.meta.url))

/** Where the run's prepared data folders lie; empty outside of a run, where each product prepares its own. */
const shelfSetting = 'YOMAN_PREPARED'

/**
 * Called by Vitest once for the journeys: each of them starts the whole product, and the demo clinic of the same day is the
 * same for all. Its schema and rows are made once and copied, which spares each journey half of its start.
 */
export async function setup(): Promise<() => Promise<void>> {
  const shelf = await mkdtemp(join(tmpdir(), 'yoman-prepared-'))
  await chmod(shelf, 0o755) // the database's own account has to pass through
  process.env[shelfSetting] = shelf
  return () => rm(shelf, { recursive: true, force: true })
}

/** Fills `folder` with what `npm start` makes before it starts the programs. Does nothing outside of a run of Vitest. */
export async function copyPrepared(settings: Record<string, string>, folder: string): Promise<void> {
  const shelf = process.env[shelfSetting]
  if (!shelf) return
  const prepared = join(shelf, createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 16))
  if (!(await stat(prepared).catch(() => null))) await prepare(settings, prepared)
  // With its owners: as root the server runs under another account, which the files are of.
  await run('cp', ['-a', `${prepared}/.`, folder])
}

async function prepare(settings: Record<string, string>, to: string): Promise<void> {
  const half = `${to}.half`
  await rm(half, { recursive: true, force: true })
  await run('mkdir', ['-p', '-m', '755', half])
  await run(process.execPath, [start, '--prepare'], { env: { PATH: process.env['PATH'], HOME: process.env['HOME'], HOST: '127.0.0.1', PORT: String(await freePort()), DATA_DIR: half, ...settings } })
  await rename(half, to)
}
