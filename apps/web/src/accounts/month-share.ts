import type { MonthNumbers } from '@yoman/contract/reminder-reports'

/** In percent, with one decimal. */
export const shareOf = (n: number, of: number): number => Math.round((n / of) * 1_000) / 10

export interface Trend {
  month: string
  /** Missed of a hundred visits: in the latest month, and in those before it together. */
  now: string
  before: string
  visits: number
  earlierVisits: number
  /** How many months are before it. */
  months: number
}

/** The missed visits of the latest month beside all months before it that had visits; null where there is nothing to put it beside. `months`: the latest first. */
export function trend(months: readonly Pick<MonthNumbers, 'month' | 'visits' | 'missed'>[]): Trend | null {
  const [latest, ...earlier] = months.filter(({ visits }) => visits > 0)
  if (!latest || earlier.length === 0) return null
  const [visits, missed] = earlier.reduce(([all, gone], month) => [all + month.visits, gone + month.missed], [0, 0])
  return { month: latest.month, now: `${shareOf(latest.missed, latest.visits)}%`, before: `${shareOf(missed, visits)}%`, visits: latest.visits, earlierVisits: visits, months: earlier.length }
}
