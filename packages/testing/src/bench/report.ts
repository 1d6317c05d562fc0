import type { Measured } from './load.ts'

export interface Round {
  operation: string
  concurrency: number
  product: Measured
  baseline: Measured
}

/** A table of medians over the rounds. `rate` is ours / bare in requests a second, `time` ours / bare at the median answer. */
export function report(rounds: readonly Round[]): string {
  const groups = new Map<string, Round[]>()
  for (const round of rounds) groups.set(`${round.operation}\t${round.concurrency}`, [...(groups.get(`${round.operation}\t${round.concurrency}`) ?? []), round])
  const lines = [...groups].map(([key, group]) => line(key, group))
  return ['', row(['operation', 'clients', 'ours p50', 'p99', 'bare p50', 'p99', 'rate', 'time', 'answers']), ...lines, ''].join('\n')
}

function line(key: string, group: Round[]): string {
  const [operation = '', clients = ''] = key.split('\t')
  const of = (pick: (round: Round) => number) => median(group.map(pick))
  const ms = (value: number) => `${value.toFixed(2)} ms`
  const statuses = [...new Set(group.flatMap(({ product, baseline }) => [...Object.keys(product.statuses), ...Object.keys(baseline.statuses)]))].join(' ')
  return row([
    operation, clients,
    ms(of((r) => r.product.p50Ms)), ms(of((r) => r.product.p99Ms)), ms(of((r) => r.baseline.p50Ms)), ms(of((r) => r.baseline.p99Ms)),
    of((r) => r.product.perSecond / r.baseline.perSecond).toFixed(2), of((r) => r.product.p50Ms / r.baseline.p50Ms).toFixed(2), statuses,
  ])
}

const widths = [26, 8, 11, 11, 11, 11, 7, 7, 10]
const row = (cells: string[]): string => cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' ')

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
