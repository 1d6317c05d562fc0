/** What a desk feels, and how long it may last at most on a cheap computer: milliseconds. */
export const budget = {
  'first diary after sign-in': 2500,
  'from day to day': 300,
  'search results after a keystroke': 150,
  'opening a patient': 400,
  'opening 400 visits and 2,000 messages': 400,
  'main thread for each move of a drag': 20,
  'a change by somebody else': 1000,
} as const

export type Measure = keyof typeof budget
export type Measured = Record<Measure, number[]>

export const noMeasures = (): Measured => ({ 'first diary after sign-in': [], 'from day to day': [], 'search results after a keystroke': [], 'opening a patient': [], 'opening 400 visits and 2,000 messages': [], 'main thread for each move of a drag': [], 'a change by somebody else': [] })

/** A table of medians and worst cases. `ratio` is ours / bare at the median. */
export function report(ours: Measured, bare: Measured): string {
  const names = Object.keys(budget) as Measure[] // keys of a const object
  return ['', row(['', 'budget', 'ours', 'worst', 'bare', 'ratio', '']), ...names.map((name) => line(name, ours[name], bare[name])), ''].join('\n')
}

function line(name: Measure, ours: readonly number[], bare: readonly number[]): string {
  const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`
  return row([name, ms(budget[name]), ms(median(ours)), ms(Math.max(...ours)), ...(bare.length === 0 ? ['-', '-'] : [ms(median(bare)), (median(ours) / median(bare)).toFixed(1)]), median(ours) <= budget[name] ? 'within' : 'OVER'])
}

const widths = [38, 9, 9, 9, 9, 7, 6]
const row = (cells: string[]): string => cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' ').trimEnd()

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
