import type { WaitingRoom } from '@yoman/contract/waiting-rooms'
import { instant, type Instant } from '@yoman/domain/time'

type Call = WaitingRoom['called'][number]

const freshSeconds = 60

/** Whether a call was made a moment ago. Goes by the time of the call and never by when it was first seen, so that no old call looks new after an outage. */
export function isFresh({ calledAt }: Pick<Call, 'calledAt'>, now: Instant): boolean {
  const seconds = (now.epochMilliseconds - instant(calledAt).epochMilliseconds) / 1000
  return seconds >= -freshSeconds && seconds < freshSeconds
}

/** What tells one call from another: the same patient called again is another. */
export const callKey = ({ label, place, calledAt }: Call): string => [label, place, calledAt].join('|')

/** Calls that were not there before and are fresh: those that a chime is for. */
export const newCalls = (before: readonly Call[], after: readonly Call[], now: Instant): Call[] => {
  const known = new Set(before.map(callKey))
  return after.filter((call) => !known.has(callKey(call)) && isFresh(call, now))
}
