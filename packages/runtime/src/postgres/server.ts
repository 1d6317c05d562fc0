import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { serverEnvironment } from './cluster.ts'

type Job = { dataDir: string; port: number; binaries: Binaries; account: Account; settings: Record<string, string | number>; log: (line: string) => void }

export type Server = {
  pid: number
  /** `listening` when the port is ours, `still-held` when a dying predecessor holds the folder, `failed` otherwise. */
  started: Promise<'listening' | 'still-held' | 'failed'>
  ended: Promise<string>
  stop: () => Promise<void>
  /** A sentence made of the server's last words. */
  whyItFailed: () => string
}

const KEPT_LINES = 20

/** Starts Postgres under its watchdog. Does not wait for anything but the process. */
export async function runServer(job: Job): Promise<Server> {
  const watchdog = spawn(process.execPath, [fileURLToPath(new URL('./watchdog.mjs', import.meta.url))], {
    detached: true, // its own group: a Ctrl-C in the terminal must not reach the database before the program has drained
    stdio: ['pipe', 'pipe', 'pipe'],
    env: serverEnvironment(),
  })
  watchdog.stdin.on('error', () => {}) // it ended first: told by `exit`
  watchdog.stdin.write(`${JSON.stringify(describe(job))}\n`)

  const last: string[] = []
  const ended = new Promise<string>((resolve) => watchdog.on('exit', () => resolve(`The database server has ended. Its last words: ${last.slice(-3).join(' / ')}`)))
  const started = new Promise<'listening' | 'still-held' | 'failed'>((resolve) => {
    createInterface({ input: watchdog.stderr }).on('line', (line) => {
      last.push(line)
      if (last.length > KEPT_LINES) last.shift()
      job.log(line)
      if (line.includes('ready to accept connections')) resolve('listening')
    })
    watchdog.on('close', () => resolve(last.some((line) => /pre-existing shared memory|Is another postmaster \(PID/.test(line)) ? 'still-held' : 'failed'))
  })
  const pid = await new Promise<number>((resolve, reject) => {
    createInterface({ input: watchdog.stdout }).once('line', (line) => resolve(Number(line)))
    watchdog.on('error', reject)
    watchdog.on('close', () => reject(new Error(explain(last, job))))
  })
  const stop = async () => {
    watchdog.stdin.end()
    await ended
  }
  return { pid, started, ended, stop, whyItFailed: () => explain(last, job) }
}

function describe({ dataDir, port, binaries, account, settings }: Job) {
  const chosen = Object.entries({ ...settings, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return {
    command: join(binaries.bin, 'postgres'),
    args: ['-D', dataDir, ...chosen],
    options: { ...account, cwd: dataDir, env: serverEnvironment() },
    pgCtl: join(binaries.bin, 'pg_ctl'),
    dataDir,
  }
}

function explain(last: string[], { port, dataDir }: Job): string {
  const text = last.join('\n')
  if (text.includes('Address already in use')) {
    return `Port ${port} of 127.0.0.1, where the database should listen, is taken by another program. End that program or choose another port.`
  }
  if (/No space left on device/.test(text)) return `The disk that holds ${dataDir} is full. Make room and start again.`
  const reason = last.filter((line) => /FATAL|PANIC|ERROR|HINT/.test(line)).join(' ')
  return `The database in ${dataDir} did not start: ${reason || text || 'it said nothing'}`
}
