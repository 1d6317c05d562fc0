import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@yoman/runtime/free-port'
import { copyPrepared } from './prepared.ts'

/** The whole product as a newcomer has it after `npm start`: database, API, worker, screens and post office, with the demo clinic. */
export interface TestProduct {
  /** Where the screens and the API are, without a slash at the end. */
  url: string
  /** What `npm start` has said so far. */
  output(): string
  /** Kills one of its programs as a crash would; the launcher starts it again, up to three times a minute. */
  crash(program: 'api' | 'worker'): void
  /** Ends it as Ctrl-C does and removes its data. Throws when it does not end cleanly. */
  stop(): Promise<void>
}

/**
 * Starts the product on a free port and waits until it is ready: half a minute when it has to be built. Its data folder is
 * empty, or, where its clock is set, a copy of the one that the run's first product of these settings was prepared with.
 */
export async function testProduct(settings: Record<string, string> = {}): Promise<TestProduct> {
  const folder = await mkdtemp(join(tmpdir(), 'yoman-product-'))
  chmodSync(folder, 0o755) // the database's own account has to pass through
  if (settings['CLOCK_START']) await copyPrepared(settings, folder)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const started = spawn(process.execPath, [fileURLToPath(new URL('../../../scripts/start.mjs', import.meta.url))], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: url, DATA_DIR: folder, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [started.stdout, started.stderr]) stream.on('data', (data) => (output += String(data)))
  const ended = once(started, 'close').then(([code]) => Number(code))

  const stop = async (): Promise<void> => {
    started.kill('SIGINT')
    const code = await ended
    await rm(folder, { recursive: true, force: true })
    if (code !== 0 && code !== 130) throw new Error(`npm start ended with ${code}:\n${output}`)
  }
  try {
    await Promise.race([untilReady(url), ended.then((code) => Promise.reject(new Error(`npm start ended with ${code} before it was ready:\n${output}`)))])
  } catch (error) {
    started.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  const crash = (program: string): void => {
    const children = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n').map((line) => line.trim().split(/\s+/))
    const [pid] = children.find(([, parent, ...args]) => Number(parent) === started.pid && args.some((arg) => arg.endsWith(`${program}.js`))) ?? []
    if (pid === undefined) throw new Error(`no ${program} runs`)
    process.kill(Number(pid), 'SIGKILL')
  }
  return { url, output: () => output, crash, stop }
}

async function untilReady(url: string): Promise<void> {
  for (let left = 600; left > 0; left -= 1) {
    // Refused connections and 503 both mean "not yet"; the launcher itself tells of real failures by ending.
    const ready = await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`${url}/readyz was not ready after 150 seconds`)
}
