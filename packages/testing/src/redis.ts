import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findRedis } from './find-programs.ts'
import { freePort } from '@yoman/runtime/free-port'

/** A Redis of one's own: real, on a random port of 127.0.0.1, gone with everything in it at `drop()`. */
export interface TestRedis {
  url: string
  port: number
  /** Ends the server as an operator would; what it holds is written to disk first. */
  stop(): Promise<void>
  /** Ends the server as a power cut would; with `appendonly` at most the last second is lost. */
  kill(): Promise<void>
  /** Starts the server again on the same port and data. */
  start(): Promise<void>
  flush(): Promise<void>
  drop(): Promise<void>
}

/** Starts a Redis with the settings that we tell operators to use: `appendonly yes`, `noeviction`. */
export async function testRedis(): Promise<TestRedis> {
  const program = findRedis()
  if (program === undefined) throw new Error('No redis-server or valkey-server found. `npm test` installs one or says how.')
  const folder = await mkdtemp(join(tmpdir(), 'yoman-redis-'))
  const port = await freePort()
  let server: ChildProcess | undefined

  const start = async (): Promise<void> => {
    if (server !== undefined) return
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--maxmemory-policy', 'noeviction', '--save', '']
    server = spawn(program, settings, { stdio: 'ignore' })
    const failed = once(server, 'exit').then(([code]) => {
      throw new Error(`${program} ended with ${String(code)} before it answered on port ${port}`)
    })
    await Promise.race([untilItAnswers(port), failed])
    failed.catch(() => undefined) // it ends one day, after it has answered: that is no failure any more
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (server === undefined) return
    const ending = server
    server = undefined
    const exited = once(ending, 'exit')
    ending.kill(signal)
    await exited
  }

  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    flush: async () => {
      const answer = await ask(port, 'FLUSHALL')
      if (!answer.startsWith('+OK')) throw new Error(`Redis answered to FLUSHALL: ${answer}`)
    },
    drop: async () => {
      await end('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function untilItAnswers(port: number): Promise<void> {
  for (let left = 400; left > 0; left -= 1) {
    const answer = await ask(port, 'PING').catch((reason: unknown) => String(reason))
    if (answer.startsWith('+PONG')) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`Redis did not answer on port ${port} within ten seconds`)
}

/** One command in Redis's inline form, its first answer as text: too little to need a client. */
function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`))
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer within five seconds')))
    socket.once('error', reject)
    socket.once('data', (data) => {
      resolve(data.toString())
      socket.destroy()
    })
  })
}
