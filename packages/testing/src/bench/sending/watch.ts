import { execFile } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Ledger } from '@yoman/runtime/post-office/ledger'
import type { Senders } from './senders.ts'

export interface Sent {
  seconds: number
  /** Resident memory of all senders in MB when a tenth, a half and all had left. */
  memory: number[]
}

const marks = [0.1, 0.5, 1]
const patienceSeconds = 120

/** Gives the word and waits until the provider has accepted all of them. @throws Error where one is missing for two minutes, or came twice. */
export async function watchSending(ledger: Ledger, senders: Senders, count: number): Promise<Sent> {
  const begun = Date.now()
  const memory: number[] = []
  await senders.go()
  let [seen, seenAt] = [0, Date.now()]
  while (seen < count) {
    await pause(100)
    const now = ledger.sent().length
    if (now > seen) [seen, seenAt] = [now, Date.now()]
    if (Date.now() - seenAt > patienceSeconds * 1_000) throw new Error(`only ${seen} of ${count} were accepted`)
    while (memory.length < marks.length && seen >= count * (marks[memory.length] ?? 1)) memory.push(await megabytes(senders.pids))
  }
  const sent = ledger.sent()
  if (new Set(sent.map(({ statusCallback }) => statusCallback)).size !== count || sent.length !== count) throw new Error('something was accepted twice')
  return { seconds: (Math.max(...sent.slice(-100).map(({ createdAt }) => createdAt)) - begun) / 1000, memory }
}

async function megabytes(pids: readonly number[]): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', pids.join(',')])
  return Math.round(stdout.split('\n').reduce((sum, line) => sum + Number(line), 0) / 1024)
}
