import { isWhole, type Span, type WholeSpan } from '../week-hours.ts'
import type { Resource } from './resource-groups.ts'

/** The weeks of one stretch of the calendar; a bound of null is open. Both days belong to it. */
export interface Period {
  validFrom: string | null
  validTo: string | null
  spans: Span[]
}

type Hours = Resource['hours'][number]

/** Hours by the dates for which they hold: those without dates first, then by their first day. At least one period. */
export function periodsOf(hours: readonly Hours[]): Period[] {
  const periods = new Map<string, Period>()
  for (const { validFrom, validTo, ...span } of hours) {
    const key = `${validFrom ?? ''}/${validTo ?? ''}`
    const period = periods.get(key) ?? { validFrom, validTo, spans: [] }
    period.spans.push(span)
    periods.set(key, period)
  }
  if (periods.size === 0) return [{ validFrom: null, validTo: null, spans: [] }]
  return [...periods.values()].sort((a, b) => (a.validFrom ?? '').localeCompare(b.validFrom ?? ''))
}

/** Every stretch with the dates of its period. */
export const datedSpans = (periods: readonly Period[]): (Span & { validFrom: string | null; validTo: string | null })[] =>
  periods.flatMap(({ validFrom, validTo, spans }) => spans.map((span) => ({ ...span, validFrom, validTo })))

/** The rows of the contract; stretches without both times or a branch are left out, so check before. */
export const hoursOf = (periods: readonly Period[]): Hours[] =>
  datedSpans(periods)
    .filter((span): span is WholeSpan & { branchId: string; validFrom: string | null; validTo: string | null } => isWhole(span) && span.branchId !== null)
    .map(({ weekday, branchId, starts, ends, validFrom, validTo }) => ({ weekday, branchId, starts, ends, validFrom, validTo }))
