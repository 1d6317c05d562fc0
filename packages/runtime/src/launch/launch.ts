import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { wallClock } from '../clock.ts'
import { claimAddress, untilReady } from './address.ts'
import { readLaunchConfig, type LaunchConfig } from './config.ts'
import { Crew } from './crew.ts'
import { startDatabase, type Database } from './database.ts'
import { loadKeys } from './keys.ts'
import { startAccountingStandIn, type AccountingStandIns } from './accounting.ts'
import { startAuthority, type Authority } from './authority.ts'
import { startPayments, type Payments } from './payments.ts'
import { startPosting, type Posting } from './posting.ts'
import { serverPrograms, oneOff } from './parts.ts'
import { childEnvironment } from './environment.ts'
import { welcome, type DemoLogin } from './welcome.ts'

const READY_MS = 60_000

/**
 * `npm start` after installing and building: database, schema, demo clinic, post office, API and worker, on one address.
 * Resolves when a signal has ended it all in order; with `prepare` when the data folder is what the programs would find.
 * @throws Error whose message says what to do; everything that was started has ended by then
 */
export async function launch(input: { root: string; dev: boolean; prepare: boolean; env: NodeJS.ProcessEnv }): Promise<void> {
  const config = readLaunchConfig(input)
  const signals = listenForSignals(input.env['npm_lifecycle_event'] !== undefined)
  const say = (line: string) => console.log(line)
  // A closed window takes our output with it; that must not keep us from ending in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const crew = new Crew(say, wallClock)
  const started: Started = {}
  const running = run(config, crew, started, signals.stopping, say, input.prepare)
  try {
    await Promise.race([running.then(() => (input.prepare ? 'prepared' : Promise.race([crew.failed, started.database?.lost]))), signals.first])
    say('\nEnding …')
  } finally {
    signals.stop()
    // A step that is under way when the signal comes must not leave behind what it just started.
    await Promise.allSettled([running])
    await crew.stop(signals.second)
    await started.posting?.stop()
    await started.authority?.stop()
    await started.payments?.stop()
    await started.accounting?.stop()
    await started.database?.stop()
    rmSync(join(config.dataDir, 'launcher.json'), { force: true })
    signals.forget()
  }
  say('Ended.')
}

type Started = { database?: Database; posting?: Posting; authority?: Authority; payments?: Payments; accounting?: AccountingStandIns }

async function run(config: LaunchConfig, crew: Crew, started: Started, stopping: AbortSignal, say: (line: string) => void, prepare: boolean): Promise<void> {
  await claimAddress(config.host, config.port)
  const keys = loadKeys(config.dataDir, config.env)
  say(config.databaseUrl ? 'Using the database of DATABASE_URL.' : 'Starting the database …')
  stopping.throwIfAborted()
  started.database = await startDatabase(config, keys)
  stopping.throwIfAborted()
  writeFileSync(join(config.dataDir, 'launcher.json'), JSON.stringify({ pid: process.pid, port: config.port }))
  started.posting = await startPosting(config, keys)
  started.authority = await startAuthority(config)
  started.payments = await startPayments(config)
  started.accounting = await startAccountingStandIn(config)
  stopping.throwIfAborted()
  const env = childEnvironment(config, keys, started.database, [started.posting.env, started.authority.env, started.payments.env, started.accounting.env])

  await oneOff('migrate', config, env, stopping)
  const logins = config.demo ? await loadDemo(config, env, stopping, say) : []
  if (prepare) return
  for (const program of serverPrograms(config, env)) crew.start(program)
  await Promise.race([untilReady(readinessUrl(config), READY_MS, stopping), crew.failed])
  welcome(config, started.posting, logins, say)
}

/** The demo's loader does nothing where a clinic exists, and prints its logins as one line of JSON either way. */
async function loadDemo(config: LaunchConfig, env: NodeJS.ProcessEnv, stopping: AbortSignal, say: (line: string) => void): Promise<DemoLogin[]> {
  say('Looking after the demo clinic …')
  const printed = await oneOff('demo', config, env, stopping)
  const line = printed.trim().split('\n').findLast((text) => text.startsWith('{'))
  if (!line) throw new Error(`The demo's loader printed no logins: ${printed}`)
  const { logins }: { logins: DemoLogin[] } = JSON.parse(line)
  return logins
}

function readinessUrl({ dev, host, port }: LaunchConfig): string {
  return dev ? `http://127.0.0.1:${port + 1}/readyz` : `http://${reachable(host)}:${port}/readyz`
}

function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

/**
 * A signal to npm ends npm and its shell but does not always come down to us: started by npm, we take our parent's end
 * as one. Started otherwise, living on without a parent may be what was meant.
 */
function listenForSignals(startedByNpm: boolean) {
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  let count = 0
  let resolveFirst: (outcome: 'signal') => void
  let resolveSecond: (outcome: 'signal') => void
  const first = new Promise<'signal'>((resolve) => (resolveFirst = resolve))
  const second = new Promise<'signal'>((resolve) => (resolveSecond = resolve))
  const stopping = new AbortController()
  const hear = () => (++count === 1 ? resolveFirst : resolveSecond)('signal')
  void first.then(() => stopping.abort())
  for (const name of names) process.on(name, hear)
  const parent = process.ppid
  const forget = () => {
    clearInterval(watch)
    for (const name of names) process.off(name, hear)
  }
  const watch = setInterval(() => startedByNpm && process.ppid !== parent && count === 0 && hear(), 500)
  return { first, second, stopping: stopping.signal, stop: () => stopping.abort(), forget }
}
