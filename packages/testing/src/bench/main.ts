import { systemClock } from '@yoman/use-cases/clock'
import { benchAnswers } from './answers.ts'
import { readBenchConfig } from './config.ts'
import { benchSending } from './sending/bench.ts'

// npm run bench: both measurements. npm run bench -- answers, npm run bench -- sending: one of them.
const [only] = process.argv.slice(2)
const parts = { answers: () => benchAnswers(config, systemClock.now()), sending: () => benchSending(config) }
const config = readBenchConfig(process.env)
if (only !== undefined && !(only in parts)) throw new Error(`There is ${Object.keys(parts).join(' and ')}, not ${only}.`)
for (const [name, measure] of Object.entries(parts)) if (only === undefined || only === name) await measure()
