import { isReminded } from '../reminders/plan.ts'
import { type Instant, addMinutes, isAfter } from '../time.ts'

/** What the patient was last told of a visit, by a message that has left or may have. */
export interface LastTold {
  kind: 'reminder' | 'booked' | 'moved' | 'cancelled'
  /** The start that the message spoke of. */
  startsAt: Instant
}

/** So many minutes a notice waits before it leaves, where the clinic says nothing else: who moves a visit and takes it back within it has said nothing to anybody. */
export const noticeGraceMinutes = 3
/** What begins sooner is told at once: the patient may be on the way. */
const urgentMinutes = 30

/** When a notice may leave that was found due now. @param soonest the earliest of the times that it is about, old or new. @param graceMinutes from 0 to 15, the clinic's. */
export const leavesAt = (soonest: Instant, now: Instant, graceMinutes: number): Instant => (isAfter(soonest, addMinutes(now, urgentMinutes)) ? addMinutes(now, graceMinutes) : now)

/** Whether a message of this kind tells what changes a patient's day, so that somebody has to call where it does not arrive. */
export const isNews = (kind: string): boolean => ['moved', 'cancelled', 'series_changed', 'series_cancelled'].includes(kind)

export type Notice = 'booked' | 'moved' | 'cancelled'

/**
 * What the patient has to hear because the visit is no longer what they were told; null where nothing is. Whoever was told
 * nothing yet hears nothing of changes: their reminder will speak of the visit as it is. What is over needs no notice.
 */
export function noticeDue(told: LastTold | null, visit: { status: string; startsAt: Instant }, now: Instant): Notice | null {
  if (told === null || !isAfter(visit.startsAt, now)) return null
  if (visit.status === 'cancelled') return told.kind === 'cancelled' ? null : 'cancelled'
  if (!isReminded(visit.status)) return null
  if (told.kind === 'cancelled') return 'booked' // the cancellation was undone
  return told.startsAt.equals(visit.startsAt) ? null : 'moved'
}

/** Whether a notice still tells the truth about the visit: the last look before it leaves. */
export function noticeHolds(notice: { kind: Notice; startsAt: Instant }, visit: { status: string; startsAt: Instant }, now: Instant): boolean {
  if (!isAfter(visit.startsAt, now) || !visit.startsAt.equals(notice.startsAt)) return false
  return notice.kind === 'cancelled' ? visit.status === 'cancelled' : isReminded(visit.status)
}
