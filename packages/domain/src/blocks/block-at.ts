import type { LocalDay } from '../availability/local-day.ts'
import { type DatedHours, spanOf } from '../availability/openings.ts'
import { type Span, covers, overlaps } from '../availability/spans.ts'
import { Refusal } from '../refusal.ts'

/**
 * The block that lies where a visit would be; undefined where there is none. Hours that somebody works on purpose on a day on which
 * the branch is closed stand above the closing, as they do for the openings.
 */
export function blockAt(day: LocalDay, exceptions: readonly DatedHours[], visit: Span): DatedHours | undefined {
  const today = exceptions.filter((exception) => exception.onDate === day.date)
  const extra = today.filter((exception) => exception.kind === 'open' && !exception.whole).map((exception) => spanOf(day, exception))
  return today.find((exception) => exception.block && overlaps(spanOf(day, exception), visit) && !(exception.whole && covers(extra, visit)))
}

/** Throws `time_blocked` with what is there: its kind, its words or the holiday that it is. */
export function refuseBlocked(resourceId: string, found: DatedHours | undefined): void {
  if (!found?.block) return
  const { kind, title, holiday } = found.block
  throw new Refusal('time_blocked', { resourceId, kind, title, ...(holiday === null ? {} : { holiday }) })
}
