// A worker in a process of its own, to be killed.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { instant } from '@yoman/domain/time'
import type { TestDatabase } from '@yoman/testing/database'
import { systemClock } from '@yoman/use-cases/clock'
import type { WorkerConfig } from './config.ts'

export interface WorkerProcess {
  /** Resolves with how it ended. */
  ended: Promise<{ code: number | null; signal: string | null }>
  stop(): Promise<void>
  output(): string
}

/** Moves the demo's clock, which the worker's processes follow. */
export async function moveClock(database: TestDatabase, to: string): Promise<void> {
  const offset = instant(to).epochMilliseconds - systemClock.now().epochMilliseconds
  await database.ownerPool.query('update demo_clock set offset_ms = $1', [offset])
  await database.ownerPool.query('notify demo_clock')
}

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

export function startProcess(config: WorkerConfig, more: Record<string, string> = {}): WorkerProcess {
  const { twilio } = config
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'], TZ: 'Pacific/Apia',
      DATABASE_URL: config.databaseUrl, DATABASE_POOL: '5', DATA_KEY: config.dataKey.toString('base64'), BLIND_INDEX_KEY: config.blindIndexKey.toString('base64'),
      PUBLIC_URL: config.publicUrl, DEMO: '1', LOG_LEVEL: 'debug', TWILIO_ACCOUNT_SID: twilio.accountSid, TWILIO_AUTH_TOKEN: twilio.authToken, TWILIO_FROM: twilio.from ?? '',
      TWILIO_API_BASE_URL: twilio.apiBaseUrl ?? '', SMTP_URL: config.smtpUrl, MAIL_FROM: config.mailFrom, MESSAGE_LEASE_SECONDS: '2', MESSAGE_LOOKUP_SECONDS: '1',
      ...(config.redisUrl === null ? {} : { REDIS_URL: config.redisUrl }),
      ...more,
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => void (output += data.toString()))
  const ended = once(child, 'exit').then(([code, signal]: (number | string | null)[]) => ({ code: typeof code === 'number' ? code : null, signal: typeof signal === 'string' ? signal : null }))
  return {
    ended,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
    output: () => output,
  }
}
