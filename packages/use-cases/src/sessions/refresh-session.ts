import { findTokenClinic, insertRefreshToken, lockRefreshToken, type LockedToken, markTokenUsed, revokeSessions, touchSession } from '@yoman/db/sessions/queries'
import type { Tx } from '@yoman/db/database'
import { findMe } from '@yoman/db/sessions/me'
import { Refusal } from '@yoman/domain/refusal'
import { decideRefresh, idleUntil } from '@yoman/domain/sessions/refresh'
import { type Instant, isBefore } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { signingIn, transact } from '../transact.ts'
import type { OpenSession } from './open-session.ts'
import { hashSecret, makeSecret } from './secrets.ts'
import { type Origin, type SessionServices, sessionContext } from './services.ts'

/**
 * Goes on with a session by its refresh token. Survives a lost answer and two tabs at once; a token that two people hold
 * ends the session. Throws `sign_in_failed` where there is nothing to go on with.
 * @param idleSeconds since the person last touched something, told by the client; asking alone keeps nothing alive.
 */
export async function refreshSession(services: SessionServices, refreshToken: string, idleSeconds: number, origin: Origin): Promise<OpenSession> {
  const hash = hashSecret(refreshToken)
  const clinicId = await signingIn(services.pool, (db) => findTokenClinic(db, hash))
  if (clinicId === undefined) throw new Refusal('sign_in_failed')
  const at = services.securityClock.now()
  const session = await transact({ pool: services.pool, clinicId }, async (tx) => {
    const token = await lockRefreshToken(tx, hash)
    if (!token || isOver(token, at)) return null
    const ctx = sessionContext(services, { clinicId, staffId: token.staffId, sessionId: token.sessionId }, origin)
    return goOn(tx, ctx, { token, hash, at, idleSeconds })
  })
  // Thrown after the commit: the end of a stolen session must stay in the record.
  if (session === null) throw new Refusal('sign_in_failed')
  return session
}

interface Presented {
  token: LockedToken
  hash: Buffer
  at: Instant
  idleSeconds: number
}

async function goOn(tx: Tx, ctx: Context, { token, hash, at, idleSeconds }: Presented): Promise<OpenSession | null> {
  const successor = token.successorHash === null ? null : { usedAt: token.successorUsedAt }
  const decision = decideRefresh({ usedAt: token.usedAt, successor }, at)
  const me = decision === 'reuse' ? undefined : await findMe(tx, token.staffId)
  if (!me) {
    const reason = decision === 'reuse' ? 'refresh_reuse' : 'staff_left'
    await revokeSessions(tx, ctx.clinicId, { sessionId: token.sessionId }, at, reason)
    await recordEvents(tx, ctx, [{ name: 'session.closed', subject: { type: 'session', id: token.sessionId }, details: { reason } }])
    return null
  }
  const known = { clinicId: ctx.clinicId, staffId: token.staffId, sessionId: token.sessionId, absoluteUntil: token.absoluteUntil, me }
  await touchSession(tx, token.sessionId, at, idleUntil(at, idleSeconds))
  if (decision === 'access_only') return { ...known, refreshToken: null }
  const fresh = makeSecret()
  await insertRefreshToken(tx, ctx.clinicId, token.sessionId, hashSecret(fresh), at)
  await markTokenUsed(tx, hash, at, hashSecret(fresh))
  if (token.successorHash) await markTokenUsed(tx, token.successorHash, at, null)
  return { ...known, refreshToken: fresh }
}

const isOver = (token: LockedToken, at: Instant): boolean =>
  token.revoked || !isBefore(at, token.idleUntil) || !isBefore(at, token.absoluteUntil)
