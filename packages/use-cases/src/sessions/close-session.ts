import { findTokenClinic, lockRefreshToken, revokeSessions } from '@yoman/db/sessions/queries'
import { recordEvents } from '../record-events.ts'
import { signingIn, transact } from '../transact.ts'
import { hashSecret } from './secrets.ts'
import { type Origin, type SessionServices, sessionContext } from './services.ts'

/** Ends the session of a refresh token at once, on every process. A token that nobody knows is no error: the aim is reached. */
export async function closeSession(services: SessionServices, refreshToken: string, origin: Origin): Promise<void> {
  const hash = hashSecret(refreshToken)
  const clinicId = await signingIn(services.pool, (db) => findTokenClinic(db, hash))
  if (clinicId === undefined) return
  const at = services.securityClock.now()
  await transact({ pool: services.pool, clinicId }, async (tx) => {
    const token = await lockRefreshToken(tx, hash)
    if (!token || token.revoked) return
    const ctx = sessionContext(services, { clinicId, staffId: token.staffId, sessionId: token.sessionId }, origin)
    await revokeSessions(tx, clinicId, { sessionId: token.sessionId }, at, 'signed_out')
    await recordEvents(tx, ctx, [{ name: 'session.closed', subject: { type: 'session', id: token.sessionId }, details: { reason: 'signed_out' } }])
  })
}
