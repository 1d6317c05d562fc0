import { noticeGraceMinutes } from '../messages/notice-due.ts'
import { isReminded } from '../reminders/plan.ts'
import { type Instant, addMinutes, isAfter, isBefore } from '../time.ts'

/** A visit of a series as it stands, and what its patient knows of it. */
export interface SeriesVisitKnown {
  id: string
  startsAt: Instant
  status: string
  /** What the last message that left said of it; null where none did. */
  told: { startsAt: Instant; cancelled: boolean } | null
  /** Where it was before it first changed together with others, as the patient heard it at the desk; null where it never did. */
  heard: { startsAt: Instant } | null
}

export interface SeriesNotice {
  kind: 'series_changed' | 'series_cancelled'
  /** The visits that the message names, in the order of their times: those that take place, or those that do not any more. */
  names: readonly SeriesVisitKnown[]
  /** All that the patient knows of once it has left. */
  said: readonly { id: string; startsAt: Instant; cancelled: boolean }[]
}

/**
 * The one message about visits of a series that changed together, which speaks of how they stand now. `one` where a single visit
 * is no longer what the patient knows: that is told as any visit is. Null where they know everything.
 */
export function seriesNoticeDue(visits: readonly SeriesVisitKnown[], now: Instant): SeriesNotice | 'one' | null {
  const news = visits.filter((visit) => isNews(visit, now))
  if (news.length < 2) return news.length === 1 ? 'one' : null
  const first = news.map(({ startsAt }) => startsAt).reduce((a, b) => (isBefore(b, a) ? b : a))
  const stay = inOrder(visits.filter((visit) => isReminded(visit.status) && isAfter(visit.startsAt, now) && !isBefore(visit.startsAt, first)))
  const gone = inOrder(news.filter(({ status }) => status === 'cancelled'))
  const said = [...stay.map((visit) => saidOf(visit, false)), ...gone.map((visit) => saidOf(visit, true))]
  return stay.length === 0 ? { kind: 'series_cancelled', names: gone, said } : { kind: 'series_changed', names: stay, said }
}

/** Whether such a message still tells the truth: the last look before it leaves. */
export function seriesNoticeHolds(said: readonly { startsAt: Instant; cancelled: boolean; now: { startsAt: Instant; status: string } }[], now: Instant): boolean {
  const ahead = said.filter(({ startsAt }) => isAfter(startsAt, now))
  return ahead.length > 0 && ahead.every((one) => (one.now.status === 'cancelled') === one.cancelled && one.now.startsAt.equals(one.startsAt))
}

function isNews({ startsAt, status, told, heard }: SeriesVisitKnown, now: Instant): boolean {
  const known = told ?? (heard && { ...heard, cancelled: false })
  if (known === null || !isAfter(startsAt, now)) return false
  if (status === 'cancelled') return !known.cancelled
  return isReminded(status) && (known.cancelled || !known.startsAt.equals(startsAt))
}

/** What was booked a moment before it changed was a try at the desk: the patient never heard of it. */
export const wasHeard = (bookedAt: Instant, changedAt: Instant): boolean => isAfter(changedAt, addMinutes(bookedAt, noticeGraceMinutes))

const saidOf = ({ id, startsAt }: SeriesVisitKnown, cancelled: boolean) => ({ id, startsAt, cancelled })
const inOrder = (visits: readonly SeriesVisitKnown[]): SeriesVisitKnown[] => [...visits].sort((a, b) => a.startsAt.epochMilliseconds - b.startsAt.epochMilliseconds)
