import { type Instant, isAfter } from '../time.ts'

/** Failed attempts counted under one key. */
export interface Attempts {
  failures: number
  blockedUntil: Instant | null
  lastFailureAt: Instant
}

const longestWaitSeconds = 15 * 60
const forgottenAfterHours = 24

/**
 * The count after one more attempt, taken before the password is looked at so that parallel guesses cannot outrun it.
 * The first `free` failures cost nothing, then each doubles the wait, from one second to fifteen minutes: never a lock for good.
 */
export function countAttempt(before: Attempts | null, free: number, now: Instant): Attempts {
  const forgotten = before === null || isAfter(now, before.lastFailureAt.add({ hours: forgottenAfterHours }))
  const failures = (forgotten ? 0 : before.failures) + 1
  return { failures, lastFailureAt: now, blockedUntil: failures < free ? null : now.add({ seconds: waitSeconds(failures - free) }) }
}

/** Whole seconds, at least one, that are left of the wait; 0 when there is none. */
export function secondsBlocked(attempts: Attempts | null, now: Instant): number {
  if (!attempts?.blockedUntil || !isAfter(attempts.blockedUntil, now)) return 0
  return Math.ceil((attempts.blockedUntil.epochMilliseconds - now.epochMilliseconds) / 1000)
}

const waitSeconds = (over: number): number => Math.min(2 ** Math.min(over, 20), longestWaitSeconds)
