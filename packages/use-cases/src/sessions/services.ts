import type { Context, Services } from '../context.ts'
import type { Clock } from '../clock.ts'

/** Hashes and checks passwords; made at the edge, for it is slow on purpose and must not run on the main thread. */
export interface Passwords {
  hash(password: string): Promise<string>
  /** A null hash costs the same time and is never right, so that an unknown address looks like a wrong password. */
  verify(hash: string | null, password: string): Promise<boolean>
}

export interface SessionServices extends Services {
  /** The clock of the clinic's business, which the demo moves. */
  clock: Clock
  /** Real time: sessions, tokens and throttling never follow a moved clock. */
  securityClock: Clock
  passwords: Passwords
}

/** Where a request came from. */
export interface Origin {
  ip: string | null
  userAgent: string | null
  requestId: string | null
}

/** A context for what the sign-in itself writes, before there is one of the request. */
export const sessionContext = (
  services: SessionServices,
  who: { clinicId: string; staffId: string; sessionId: string | null },
  origin: Origin,
): Context => ({
  pool: services.pool,
  vault: services.vault,
  clinicId: who.clinicId,
  now: services.clock.now(),
  actor: { kind: 'staff', staffId: who.staffId, roles: [], branchIds: [] },
  requestId: origin.requestId,
  sessionId: who.sessionId,
  ip: origin.ip,
})
