import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { account } from './account.ts'
import type { Evening } from './evening.ts'

export interface SendersOptions {
  evening: Evening
  databaseUrl: string
  /** Null: the queue lives in Postgres. */
  redisUrl: string | null
  officeUrl: string
  reminders: number
  processes: number
  path: string
}

/** Processes that stand ready and wait for the word. */
export interface Senders {
  pids: number[]
  go(): Promise<void>
  stop(): Promise<void>
}

/** The product's worker as it is shipped. It hears of due reminders by the clock. */
export async function startOurSenders({ evening, databaseUrl, redisUrl, officeUrl, processes, path: searchPath }: SendersOptions): Promise<Senders> {
  const env = {
    PATH: searchPath, NODE_ENV: 'production', DATABASE_URL: databaseUrl, ...evening.keys, DEMO: '1', LOG_LEVEL: 'info', PUBLIC_URL: 'http://127.0.0.1:9',
    TWILIO_ACCOUNT_SID: account.sid, TWILIO_AUTH_TOKEN: account.token, TWILIO_FROM: account.sender, TWILIO_API_BASE_URL: officeUrl,
    SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'bench@yoman.example', ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
  }
  const children = Array.from({ length: processes }, () => spawn(process.execPath, ['dist/worker.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] }))
  await Promise.all(children.map(untilAtWork))
  return assemble(children, () => evening.letThemBeDue(databaseUrl))
}

/** A worker says in its log that it is at work; the rest of the log is read and let go, as by whoever keeps it. */
function untilAtWork(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => text.includes('at work') && resolve())
    child.once('exit', () => reject(new Error('the worker did not start')))
  })
}

/** Bare BullMQ workers; the first of them also adds the jobs. */
export async function startBareSenders({ databaseUrl, redisUrl, officeUrl, reminders, processes }: SendersOptions): Promise<Senders> {
  const children = Array.from({ length: processes }, () => fork(path.resolve('apps/worker/src/bare-sender.ts'), { execArgv: ['--import', 'tsx'] }))
  const ready = children.map((child) => once(child, 'message'))
  for (const child of children) child.send({ databaseUrl, redisUrl, officeUrl, ...account })
  await Promise.all(ready)
  return assemble(children, async () => void children[0]?.send({ jobs: reminders }))
}

const assemble = (children: ChildProcess[], go: () => Promise<void>): Senders => ({
  pids: children.flatMap(({ pid }) => pid ?? []),
  go,
  stop: async () => void (await Promise.all(children.map(ended))),
})

function ended(child: ChildProcess): Promise<unknown> | undefined {
  if (child.exitCode !== null || child.signalCode !== null) return undefined
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  return gone
}
