import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import type { Actor } from '@yoman/domain/access'
import type { Instant } from '@yoman/domain/time'

/** What a part of the system was given when it started. */
export interface Services {
  pool: Pool
  vault: Vault
}

/** Everything a use case may know: who asks, in which clinic, and what time it is. Made at the edges, once per request or job. */
export interface Context extends Services {
  clinicId: string
  actor: Actor
  now: Instant
  requestId: string | null
  sessionId: string | null
  ip: string | null
}

/** The system acting by itself inside one clinic: a sweep, a job. */
export const systemContext = (services: Services, clinicId: string, now: Instant): Context => ({
  ...services,
  clinicId,
  now,
  actor: { kind: 'system', staffId: null, roles: [], branchIds: [] },
  requestId: null,
  sessionId: null,
  ip: null,
})

/** A patient who answers: by the link of a message, or by a reply. Nothing of theirs is known but the answer. */
export const patientContext = (services: Services, clinicId: string, now: Instant, ip: string | null): Context => {
  const ctx = systemContext(services, clinicId, now)
  return { ...ctx, ip, actor: { ...ctx.actor, kind: 'patient' } }
}
