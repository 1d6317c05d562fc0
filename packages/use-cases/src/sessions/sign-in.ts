import { findLogin } from '@yoman/db/sessions/queries'
import { Refusal } from '@yoman/domain/refusal'
import { recordEvents } from '../record-events.ts'
import { signingIn, transact } from '../transact.ts'
import { type OpenSession, openSession } from './open-session.ts'
import { type Origin, type SessionServices, sessionContext } from './services.ts'
import { forgiveAttempts, takeAttempt } from './throttle.ts'

/**
 * Opens a session with e-mail and password. Throws `sign_in_failed` for a wrong password and an unknown address alike,
 * after the same work, and `TooManyAttempts`.
 */
export async function signIn(services: SessionServices, given: { email: string; password: string }, origin: Origin): Promise<OpenSession> {
  const email = given.email.trim().toLowerCase()
  await takeAttempt(services.pool, email, origin.ip, services.securityClock.now())
  const login = await signingIn(services.pool, (db) => findLogin(db, email))
  const right = await services.passwords.verify(login?.passwordHash ?? null, given.password)
  if (!login) throw new Refusal('sign_in_failed')
  if (!right) {
    await recordRefusal(services, login, origin)
    throw new Refusal('sign_in_failed')
  }
  const session = await openSession(services, login, origin)
  await forgiveAttempts(services.pool, email, origin.ip)
  return session
}

function recordRefusal(services: SessionServices, login: { clinicId: string; staffId: string }, origin: Origin): Promise<void> {
  const ctx = sessionContext(services, { ...login, sessionId: null }, origin)
  // Whoever typed it did not prove to be the person, so the event names the person as its subject, not as its author.
  const anonymous = { ...ctx, actor: { ...ctx.actor, kind: 'anonymous' as const, staffId: null } }
  return transact(ctx, (tx) => recordEvents(tx, anonymous, [{ name: 'session.refused', subject: { type: 'staff', id: login.staffId } }], 'refused'))
}
