import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../refusal.ts'
import type { PlainDate } from '../time.ts'
import { type IncomeGroup, isTimeGroup, type TimeGroup } from './income.ts'

/** Calendar days, both included. */
export interface DayRange {
  from: PlainDate
  to: PlainDate
}

export const comparisons = ['previous', 'year', 'none'] as const
export type Comparison = (typeof comparisons)[number]

/** Days that one report may reach over: three years and a leap day. By day it is one year, which is as many rows as somebody can read. */
export const longestDays = 3 * 365 + 1
export const longestByDay = 366

/** Refuses `report_period_invalid`: ends before it begins, or is longer than `longestDays` (by day `longestByDay`). */
export function requireReportable({ from, to }: DayRange, group: IncomeGroup | null): void {
  const days = daysOf({ from, to })
  const most = group === 'day' ? longestByDay : longestDays
  if (days < 1 || days > most) throw new Refusal('report_period_invalid', { most })
}

export const daysOf = ({ from, to }: DayRange): number => from.until(to, { largestUnit: 'day' }).days + 1

/**
 * What a period is compared with. The previous one: as many months before where it is whole months, else as many days before. The same of last year:
 * a year before, to the last day of the month where the period ends with one.
 */
export function comparable({ from, to }: DayRange, comparison: Exclude<Comparison, 'none'>): DayRange {
  if (comparison === 'year') return { from: from.subtract({ years: 1 }), to: endsMonth(to) ? lastOf(to.subtract({ years: 1 })) : to.subtract({ years: 1 }) }
  if (from.day === 1 && endsMonth(to)) {
    const months = (to.year - from.year) * 12 + to.month - from.month + 1
    return { from: from.subtract({ months }), to: from.subtract({ days: 1 }) }
  }
  return { from: from.subtract({ days: daysOf({ from, to }) }), to: from.subtract({ days: 1 }) }
}

const lastOf = (date: PlainDate): PlainDate => date.with({ day: date.daysInMonth })
const endsMonth = (date: PlainDate): boolean => date.day === date.daysInMonth

/** The first days of the parts of a period, in order; of a week its Sunday, which may lie before the period. None where the group is no time. */
export function partsOf({ from, to }: DayRange, group: IncomeGroup): PlainDate[] {
  if (!isTimeGroup(group)) return []
  const parts: PlainDate[] = []
  for (let part = startOf(from, group); Temporal.PlainDate.compare(part, to) <= 0; part = part.add(step[group])) parts.push(part)
  return parts
}

const step = { month: { months: 1 }, week: { days: 7 }, day: { days: 1 } } as const

/** The first day of the part that a day lies in. The week begins on Sunday. */
export function startOf(date: PlainDate, group: TimeGroup): PlainDate {
  if (group === 'month') return date.with({ day: 1 })
  return group === 'week' ? date.subtract({ days: date.dayOfWeek % 7 }) : date
}
