import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startPostOffice } from '@yoman/runtime/post-office/start'
import { findRedis } from '../../find-programs.ts'
import { testRedis } from '../../redis.ts'
import type { BenchConfig } from '../config.ts'
import { account } from './account.ts'
import { type Evening, openEvening } from './evening.ts'
import { sendingReport } from './report.ts'
import { startBareSenders, startOurSenders } from './senders.ts'
import { type Sent, watchSending } from './watch.ts'

/** What the gateway takes for an answer. */
const gatewayMs = 50

/**
 * What it costs to send each reminder once: due rows planned into messages, claimed, handed to a provider that answers in 50 ms and
 * settled, beside bare BullMQ workers that were given address and text and hand the same number over through the same SDK; as many
 * processes and ten calls at once in each, on either home of the queue. The clock runs from the moment the reminders are due (the
 * jobs are added) to the provider's last acceptance, by the provider's ledger.
 */
export async function benchSending(config: BenchConfig): Promise<void> {
  console.log(`Sending: ${config.reminders} reminders, ${config.senders} ${config.senders === 1 ? 'process' : 'processes'} of ten calls, a gateway of ${gatewayMs} ms. Each of four runs takes ${Math.ceil(config.reminders * (gatewayMs / 10_000 / config.senders))} seconds at the least …`)
  const evening = await openEvening(config)
  const redis = findRedis() === undefined ? null : await testRedis()
  if (!redis) console.log('No redis-server found: the queue on Redis is not measured.')
  try {
    for (const redisUrl of redis ? [redis.url, null] : [null]) {
      const bare = await inOffice(evening, config, redisUrl, startBareSenders)
      await redis?.flush()
      const ours = await inOffice(evening, config, redisUrl, startOurSenders)
      console.log(sendingReport(redisUrl === null ? 'Postgres' : 'Redis', config.reminders, ours, bare))
    }
  } finally {
    await redis?.drop()
    await evening.stop()
  }
}

/** One run with a database, a provider and senders of its own. */
async function inOffice(evening: Evening, { reminders, senders: processes, path: searchPath }: BenchConfig, redisUrl: string | null, start: typeof startOurSenders): Promise<Sent> {
  const folder = await mkdtemp(path.join(tmpdir(), 'yoman-bench-office-'))
  await chmod(folder, 0o700)
  const office = await startPostOffice({ dataDir: folder, accountSid: account.sid, authToken: account.token, paceMs: 5, log: (line) => console.error(line) })
  await office.faults.set({ sms: { delayMs: gatewayMs }, callbacks: { lost: true } })
  const senders = await start({ evening, databaseUrl: await evening.freshDatabase(), redisUrl, officeUrl: office.httpUrl, reminders, processes, path: searchPath })
  try {
    return await watchSending(office.ledger, senders, reminders)
  } finally {
    await senders.stop()
    await office.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
