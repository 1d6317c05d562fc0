import { spawn, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { connect } from '@yoman/db/connect'
import { makeVault } from '@yoman/db/keys/vault'
import { migrate } from '@yoman/db/migrate'
import type { Instant } from '@yoman/domain/time'
import { freePort } from '@yoman/runtime/free-port'
import { startPostgres } from '@yoman/runtime/postgres/start'
import { type BenchClinic, seedBench, type Size } from './seed.ts'

/** A filled clinic of its own with the product's API beside it, for as long as something is measured. */
export interface MeasuringPlace {
  clinic: BenchClinic
  databaseUrl: string
  /** Where the API answers, and the screens where `webDir` was given. */
  origin: string
  /** Ends everything, also what was given to `alsoEnd`. */
  stop(): Promise<void>
  alsoEnd(child: ChildProcess): void
}

/** Fills a new Postgres with a clinic of `size` and starts the built API on it. */
export async function openPlace(size: Size, now: Instant, env: { path: string; webDir?: string }): Promise<MeasuringPlace> {
  const folder = path.join(os.tmpdir(), `yoman-measure-${process.pid}`)
  const postgres = await startPostgres({ dataDir: folder, password: 'bench', log: () => {} })
  const children: ChildProcess[] = []
  const stop = async () => {
    await Promise.all(children.map(ended)) // a server whose database goes away before it does dies loudly
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const keys = { DATA_KEY: randomBytes(32).toString('base64'), BLIND_INDEX_KEY: randomBytes(32).toString('base64') }
    const owner = connect({ url: postgres.url, role: null, max: 3, onError: (error) => console.error(error.message) })
    await migrate(owner, path.resolve('migrations'))
    const vault = makeVault(Buffer.from(keys.DATA_KEY, 'base64'), Buffer.from(keys.BLIND_INDEX_KEY, 'base64'))
    const clinic = await seedBench(owner, vault, now, size)
    await owner.end()
    const { child, origin } = await startOurs({ ...keys, PATH: env.path, DATABASE_URL: postgres.url, ...(env.webDir ? { WEB_DIR: env.webDir } : {}) })
    children.push(child)
    await untilReady(origin)
    return { clinic, databaseUrl: postgres.url, origin, stop, alsoEnd: (other) => void children.push(other) }
  } catch (error) {
    await stop()
    throw error
  }
}

function ended(child: ChildProcess): Promise<unknown> | undefined {
  if (child.exitCode !== null || child.signalCode !== null) return undefined
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  return gone
}

async function startOurs(settings: Record<string, string>): Promise<{ child: ChildProcess; origin: string }> {
  const port = await freePort()
  const { privateKey } = generateKeyPairSync('ed25519')
  const jwt = Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64')
  const origin = `http://127.0.0.1:${port}`
  const env = { PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: origin, JWT_PRIVATE_KEY: jwt, LOG_LEVEL: 'error', NODE_ENV: 'production', ...settings }
  return { child: spawn(process.execPath, ['dist/api.js'], { env, stdio: ['ignore', 'inherit', 'inherit'] }), origin }
}

async function untilReady(origin: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const ready = await fetch(`${origin}/readyz`).then((answer) => answer.ok, () => false)
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the API did not get ready within 20 seconds')
}

/** An access token of the clinic's desk. */
export async function signIn(origin: string, { email, password }: Pick<BenchClinic, 'email' | 'password'>): Promise<string> {
  const answer = await fetch(`${origin}/api/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) })
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}`)
  return ((await answer.json()) as { accessToken: string }).accessToken // by the contract
}
