import { sessionChannel } from '@yoman/db/sessions/queries'
import type { Notices } from '../live/notices.ts'
import type { FindSession } from './auth.ts'

export interface SessionCache {
  find: FindSession
  /** To be called before the answer to a request that may have ended sessions or changed roles. */
  forget(): void
}

const freshMs = 2_000
const most = 5_000

/**
 * Remembers for two seconds who sits behind a session, so that a screen that asks five things looks once. Whatever ends a session
 * or changes roles is heard at once: in this process by `forget`, from others by notice; while notices cannot be heard nothing is remembered.
 * @param nowMs milliseconds of a clock that only goes forward.
 */
export function cacheSessions(look: FindSession, notices: Notices, nowMs: () => number): SessionCache {
  const known = new Map<string, { session: Awaited<ReturnType<FindSession>>; until: number }>()
  let generation = 0
  const forget = (): void => {
    generation += 1
    known.clear()
  }
  notices.hear((notice) => {
    if ('lost' in notice || notice.channel === sessionChannel) forget()
  })
  return {
    forget,
    find: async (clinicId, sessionId) => {
      const key = `${clinicId} ${sessionId}`
      const remembered = known.get(key)
      if (remembered && remembered.until > nowMs() && notices.listening()) return remembered.session
      const seen = generation
      const session = await look(clinicId, sessionId)
      // A notice that came while we looked may be about just this session.
      if (session && seen === generation && notices.listening()) {
        if (known.size >= most) known.clear()
        known.set(key, { session, until: nowMs() + freshMs })
      }
      return session
    },
  }
}
