import { fork } from 'node:child_process'
import path from 'node:path'
import type { Instant } from '@yoman/domain/time'
import type { BenchConfig } from './config.ts'
import { load } from './load.ts'
import { makeCalls } from './calls.ts'
import { type MeasuringPlace, openPlace, signIn } from './place.ts'
import { report, type Round } from './report.ts'

/**
 * What sessions, permissions, row-level security, audit and validation cost. Each operation over HTTP, ours and
 * the bare baseline in turn, round by round, on the same tables; what counts is the ratio of the medians.
 */
export async function benchAnswers(config: BenchConfig, now: Instant): Promise<void> {
  console.log(`Benchmark: ${config.patients} patients, ${config.appointments} appointments. Filling the database takes a minute or two …`)
  const place = await openPlace({ ...config, visitsADay: 18, closesAt: '18:00' }, now, config)
  try {
    const { clinic, origin: ours } = place
    const bare = await startBareProcess(place)
    const calls = makeCalls(clinic, now)
    const rounds: Round[] = []
    for (let round = -1; round < config.rounds; round++) // the round before the first warms up
      for (const concurrency of [1, 16])
        for (const [operation, count, next] of calls) {
          const token = await signIn(ours, clinic)
          const counted = Math.max(20, Math.round(count * (concurrency === 1 ? 0.4 : 1)))
          const product = await load(ours, token, concurrency, counted, next)
          const baseline = await load(bare, null, concurrency, counted, next)
          if (round >= 0) rounds.push({ operation, concurrency, product, baseline })
        }
    console.log(report(rounds))
  } finally {
    await place.stop()
  }
}

function startBareProcess({ clinic, databaseUrl, alsoEnd }: MeasuringPlace): Promise<string> {
  const child = fork(path.resolve('packages/testing/src/bench/bare.ts'), { execArgv: ['--import', 'tsx'] })
  alsoEnd(child)
  child.send({ url: databaseUrl, ...clinic })
  return new Promise((resolve, reject) => {
    child.once('message', ({ origin }: { origin: string }) => resolve(origin))
    child.once('exit', () => reject(new Error('the bare server did not start')))
  })
}
