import type { FastifyRequest } from 'fastify'
import type { DomainEvent } from '@yoman/domain/events'
import type { Origin } from '@yoman/use-cases/sessions/services'
import type { ApiServices } from '../services.ts'
import type { Authenticated } from './auth.ts'
import type { RequestContext } from './handler.ts'

export const originOf = (request: FastifyRequest): Origin => ({
  // An IPv4 address that came over an IPv6 socket is written as what it is.
  ip: request.ip.replace(/^::ffff:(?=\d+\.)/, '') || null,
  userAgent: readableAgent(request.headers['user-agent']),
  requestId: request.id,
})

// Headers are Latin-1 and anybody's: only printable ASCII is kept, and not much of it.
const readableAgent = (header: string | undefined): string | null => header?.replace(/[^\x20-\x7e]/g, '').slice(0, 300) || null

/** The only place that opens a clinic to a request: whoever holds this context may see that clinic's rows. */
export function requestContext(services: ApiServices, request: FastifyRequest, who: Authenticated, readings: DomainEvent[]): RequestContext {
  const origin = originOf(request)
  return {
    pool: services.pool,
    vault: services.vault,
    clinicId: who.clinicId,
    actor: { kind: 'staff', staffId: who.session.staffId, roles: who.session.roles, branchIds: who.session.branchIds },
    now: services.clock.now(),
    requestId: origin.requestId,
    sessionId: who.sessionId,
    ip: origin.ip,
    services,
    origin,
    reading: (event) => void readings.push(event),
  }
}
