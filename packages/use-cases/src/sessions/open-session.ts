import { v7 as uuid } from 'uuid'
import { insertSession } from '@yoman/db/sessions/queries'
import { type MeRow, findMe } from '@yoman/db/sessions/me'
import { Refusal } from '@yoman/domain/refusal'
import { absoluteHours, idleUntil } from '@yoman/domain/sessions/refresh'
import type { Instant } from '@yoman/domain/time'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { hashSecret, makeSecret } from './secrets.ts'
import { type Origin, type SessionServices, sessionContext } from './services.ts'

export interface OpenSession {
  clinicId: string
  staffId: string
  sessionId: string
  /** For the cookie; null where the browser keeps the one it has. */
  refreshToken: string | null
  absoluteUntil: Instant
  me: MeRow
}

/** Opens a session for a person whose password was right. Throws `sign_in_failed` where the person has left the clinic. */
export function openSession(services: SessionServices, who: { clinicId: string; staffId: string }, origin: Origin): Promise<OpenSession> {
  const at = services.securityClock.now()
  const refreshToken = makeSecret()
  const sessionId = uuid()
  const absoluteUntil = at.add({ hours: absoluteHours })
  const ctx = sessionContext(services, { ...who, sessionId }, origin)
  return transact(ctx, async (tx) => {
    const me = await findMe(tx, who.staffId)
    if (!me) throw new Refusal('sign_in_failed')
    const session = { id: sessionId, staffId: who.staffId, at, idleUntil: idleUntil(at, 0), absoluteUntil, ip: origin.ip, userAgent: origin.userAgent }
    await Promise.all([
      insertSession(tx, who.clinicId, session, hashSecret(refreshToken)),
      recordEvents(tx, ctx, [{ name: 'session.opened', subject: { type: 'session', id: sessionId } }]),
    ])
    return { ...who, sessionId, refreshToken, absoluteUntil, me }
  })
}
