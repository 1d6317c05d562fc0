import type { SeriesRule } from '@yoman/contract/series'

/** What is typed of a series; a number is null while its field is empty. */
export interface TypedSeries {
  unit: 'week' | 'month'
  every: number | null
  monthBy: 'date' | 'weekday'
  ends: 'count' | 'until'
  count: number | null
  /** ISO date. */
  until: string | null
}

export const newSeries = (): TypedSeries => ({ unit: 'week', every: 1, monthBy: 'weekday', ends: 'count', count: 6, until: null })

/** What is asked of the server; null while something is missing. */
export function bodyOf({ unit, every, monthBy, ends, count, until }: TypedSeries): { rule: SeriesRule; ending: { count: number } | { until: string } } | null {
  if (every === null || every < 1) return null
  const rule: SeriesRule = unit === 'week' ? { unit, every } : { unit, every, monthBy }
  if (ends === 'until') return until === null ? null : { rule, ending: { until } }
  return count === null || count < 2 ? null : { rule, ending: { count } }
}
