import { type Instant, minutesBetween } from '../time.ts'

/** What a clinic wants its screens to show of a patient; the first is the most private. */
export const screenNames = ['number', 'initials', 'first_name'] as const
export type ScreenNames = (typeof screenNames)[number]

/** How the waiting room of a branch is run. Minutes; from the given one on a wait is too long, or a patient late. */
export interface FlowSetting {
  waitingMinutes: number
  lateMinutes: number
  screenNames: ScreenNames
}

/** Of a branch where nobody has said anything else. */
export const usualFlow: FlowSetting = { waitingMinutes: 20, lateMinutes: 10, screenNames: 'number' }

/** Whole minutes from `since` to `now`; 0 where nobody knows since when, and never less. */
export const minutesSince = (since: Instant | null, now: Instant): number => (since === null ? 0 : Math.max(0, Math.floor(minutesBetween(since, now))))

export const isTooLong = (waitedMinutes: number, { waitingMinutes }: Pick<FlowSetting, 'waitingMinutes'>): boolean => waitedMinutes >= waitingMinutes

/** Should have come and has not: the visit is ahead still and its start is long enough ago. */
export const isLate = (visit: { status: string; startsAt: Instant }, { lateMinutes }: Pick<FlowSetting, 'lateMinutes'>, now: Instant): boolean =>
  (visit.status === 'booked' || visit.status === 'confirmed') && minutesBetween(visit.startsAt, now) >= lateMinutes
