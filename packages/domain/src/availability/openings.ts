import type { LocalDay } from './local-day.ts'
import { minutesPerDay } from './local-day.ts'
import { type Span, merged, without } from './spans.ts'

/** A row of a week's hours of one resource in one branch; minutes of the wall clock. A break is the gap between two rows. */
export interface WeeklyHours {
  weekday: number
  starts: number
  ends: number
  /** ISO dates, both included; null is unbounded. */
  validFrom: string | null
  validTo: string | null
}

/** One date that differs. `whole`: the branch's, for everyone in it; else the resource's own. No times: all day. */
export interface DatedHours {
  onDate: string
  kind: 'closed' | 'open'
  whole: boolean
  starts: number | null
  ends: number | null
  /** Of a day that a block takes away: what it says. */
  block?: BlockWords | null
}

/** What stands in the diary where a block is. */
export interface BlockWords {
  kind: string
  title: string
  holiday: string | null
}

/**
 * When a resource may be booked that day. The week's hours hold; a closing of the branch takes away from them; the resource's
 * own closing takes away more; its own extra hours come on top of everything, so that somebody can work on a day on which the
 * branch is closed. A block of the resource itself (a meeting on that very day) takes away from those too. The branch's extra
 * hours open its door and nobody's diary.
 */
export function openings(day: LocalDay, hours: readonly WeeklyHours[], exceptions: readonly DatedHours[]): Span[] {
  const weekly = hours.filter((row) => row.weekday === day.weekday && isValid(row, day.date))
  return withExceptions(day, merged(weekly.map((row) => ({ from: day.at(row.starts), to: day.at(row.ends) }))), exceptions)
}

/** A room, chair or device that has no hours of its own is there all day. */
export const alwaysOpen: readonly WeeklyHours[] = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: 0, ends: minutesPerDay, validFrom: null, validTo: null }))

/** When the branch itself is open that day: its week, closings and extra hours. */
export function branchOpenings(day: LocalDay, hours: readonly WeeklyHours[], exceptions: readonly DatedHours[]): Span[] {
  return openings(day, hours, exceptions.filter((exception) => exception.whole).map((exception) => ({ ...exception, whole: exception.kind === 'closed' })))
}

function withExceptions(day: LocalDay, weekly: Span[], exceptions: readonly DatedHours[]): Span[] {
  const today = exceptions.filter((exception) => exception.onDate === day.date)
  const spans = (which: (exception: DatedHours) => boolean): Span[] => today.filter(which).map((exception) => spanOf(day, exception))
  const open = [...without(weekly, spans(({ kind }) => kind === 'closed')), ...spans(({ kind, whole }) => kind === 'open' && !whole)]
  return without(open, spans(({ block, whole }) => Boolean(block) && !whole))
}

const isValid = (row: WeeklyHours, date: string): boolean => (row.validFrom === null || row.validFrom <= date) && (row.validTo === null || date <= row.validTo)

/** The minutes of a dated exception on its day. */
export const spanOf = (day: LocalDay, { starts, ends }: Pick<DatedHours, 'starts' | 'ends'>): Span => ({ from: day.at(starts ?? 0), to: day.at(ends ?? minutesPerDay) })
