import type { LocalDay } from '../availability/local-day.ts'
import { type Span, without } from '../availability/spans.ts'
import { type Holiday, holidayOf } from '../calendar/israel.ts'
import { plainDate } from '../time.ts'

/** What a month's overview says of one day; minutes are of all the resources together. */
export interface DayOverview {
  /** ISO. */
  date: string
  visits: number
  openMinutes: number
  freeMinutes: number
  holiday: Holiday | null
}

export interface DayFacts {
  /** When each resource is open that day. */
  open: readonly { id: string; spans: readonly Span[] }[]
  /** What occupies each resource, on this day or any other. */
  busy: ReadonlyMap<string, readonly Span[]>
  /** The minutes since 1970 at which visits begin, on this day or any other. */
  starts: readonly number[]
}

/** How full a day is. A place that is taken outside the open hours takes nothing from the free ones. */
export function overviewOf(day: LocalDay, { open, busy, starts }: DayFacts): DayOverview {
  return {
    date: day.date,
    visits: starts.filter((start) => day.span.from <= start && start < day.span.to).length,
    openMinutes: sum(open.map(({ spans }) => lengthOf(spans))),
    freeMinutes: sum(open.map(({ id, spans }) => lengthOf(without(spans, busy.get(id) ?? [])))),
    holiday: holidayOf(plainDate(day.date)),
  }
}

const lengthOf = (spans: readonly Span[]): number => sum(spans.map(({ from, to }) => to - from))
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
