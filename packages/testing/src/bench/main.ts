import { fork, spawn, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { connect } from '@yoman/db/connect'
import { makeVault } from '@yoman/db/keys/vault'
import { migrate } from '@yoman/db/migrate'
import { startPostgres } from '@yoman/runtime/postgres/start'
import { systemClock } from '@yoman/use-cases/clock'
import { freePort } from '@yoman/runtime/free-port'
import { readBenchConfig } from './config.ts'
import { load } from './load.ts'
import { makeCalls } from './calls.ts'
import { report, type Round } from './report.ts'
import { seedBench } from './seed.ts'

/*
 * npm run bench: what sessions, permissions, row-level security, audit and validation cost. Each operation over HTTP, ours and
 * the bare baseline in turn, round by round, on the same tables; what counts is the ratio of the medians.
 */
const config = readBenchConfig(process.env)
const folder = path.join(os.tmpdir(), `yoman-bench-${process.pid}`)
console.log(`Benchmark: ${config.patients} patients, ${config.appointments} appointments. Filling the database takes a minute or two …`)
const postgres = await startPostgres({ dataDir: folder, password: 'bench', log: () => {} })
const keys = { DATA_KEY: randomBytes(32).toString('base64'), BLIND_INDEX_KEY: randomBytes(32).toString('base64') }
const children: ChildProcess[] = []
try {
  const owner = connect({ url: postgres.url, role: null, max: 3, onError: (error) => console.error(error.message) })
  await migrate(owner, path.resolve('migrations'))
  const vault = makeVault(Buffer.from(keys.DATA_KEY, 'base64'), Buffer.from(keys.BLIND_INDEX_KEY, 'base64'))
  const now = systemClock.now()
  const clinic = await seedBench(owner, vault, now, config.patients, config.appointments)
  await owner.end()
  const ours = await startOurs(postgres.url)
  const bare = await startBareProcess({ url: postgres.url, ...clinic })
  const calls = makeCalls(clinic, now)
  const rounds: Round[] = []
  for (let round = -1; round < config.rounds; round++) // the round before the first warms up
    for (const concurrency of [1, 16])
      for (const [operation, count, next] of calls) {
        const token = await signIn(ours, clinic.email, clinic.password)
        const counted = Math.max(20, Math.round(count * (concurrency === 1 ? 0.4 : 1)))
        const product = await load(ours, token, concurrency, counted, next)
        const baseline = await load(bare, null, concurrency, counted, next)
        if (round >= 0) rounds.push({ operation, concurrency, product, baseline })
      }
  console.log(report(rounds))
} finally {
  for (const child of children) child.kill('SIGTERM')
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}

async function startOurs(databaseUrl: string): Promise<string> {
  const port = await freePort()
  const { privateKey } = generateKeyPairSync('ed25519')
  const jwt = Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64')
  const env = { PATH: config.path, PORT: String(port), DATABASE_URL: databaseUrl, JWT_PRIVATE_KEY: jwt, LOG_LEVEL: 'error', NODE_ENV: 'production', ...keys }
  children.push(spawn(process.execPath, ['dist/api.js'], { env, stdio: ['ignore', 'inherit', 'inherit'] }))
  const origin = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 200; tries++) {
    const ready = await fetch(`${origin}/readyz`).then((answer) => answer.ok, () => false)
    if (ready) return origin
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the API did not get ready within 20 seconds')
}

function startBareProcess(options: object): Promise<string> {
  const child = fork(path.resolve('packages/testing/src/bench/bare.ts'), { execArgv: ['--import', 'tsx'] })
  children.push(child)
  child.send(options)
  return new Promise((resolve, reject) => {
    child.once('message', ({ origin }: { origin: string }) => resolve(origin))
    child.once('exit', () => reject(new Error('the bare server did not start')))
  })
}

async function signIn(origin: string, email: string, password: string): Promise<string> {
  const answer = await fetch(`${origin}/api/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) })
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}`)
  return ((await answer.json()) as { accessToken: string }).accessToken // by the contract
}
