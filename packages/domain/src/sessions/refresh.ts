import { type Instant, addMinutes, isBefore } from '../time.ts'

/** One refresh token as it stands in the record. */
export interface RefreshToken {
  usedAt: Instant | null
  /** The token that took its place; null on a used token means it was made void, for its owner never got it. */
  successor: { usedAt: Instant | null } | null
}

/**
 * What a presented token means. `rotate`: the current one, gets a successor. `access_only`: a second tab asked in the same
 * moment and shares the cookie that the first one got. `replace`: the answer with the successor was lost on its way.
 * `reuse`: two holders of one chain, so one of them is a thief.
 */
export type RefreshDecision = 'rotate' | 'access_only' | 'replace' | 'reuse'

const graceSeconds = 10

export function decideRefresh(token: RefreshToken, now: Instant): RefreshDecision {
  if (token.usedAt === null) return 'rotate'
  if (token.successor === null) return 'reuse'
  if (isBefore(now, token.usedAt.add({ seconds: graceSeconds }))) return 'access_only'
  return token.successor.usedAt === null ? 'replace' : 'reuse'
}

/** Hours after which a session ends whatever happens; set when it opens, never extended. */
export const absoluteHours = 10
/** Minutes without a person's input after which it ends. */
export const idleMinutes = 30
/** Seconds an access token is good for. */
export const accessSeconds = 300

/** Until when a session lives whose user last touched something `idleSeconds` ago (0 or more, told by the client). */
export const idleUntil = (now: Instant, idleSeconds: number): Instant =>
  addMinutes(now, idleMinutes).subtract({ seconds: Math.max(0, Math.trunc(idleSeconds)) })
