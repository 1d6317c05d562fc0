import type { FastifyRequest } from 'fastify'
import { HttpProblem } from '../http/problem.ts'

/**
 * Guards what a cookie alone opens. A browser must say that the call comes from our own pages: `Sec-Fetch-Site`, or, where it
 * sends none (plain http on a local network), an `Origin` that is ours; and a header that no form of another site can set.
 * Throws `cross_site`.
 */
export function demandOwnPage(request: FastifyRequest, publicUrl: string): void {
  if (request.headers['x-yoman'] !== '1' || !isOwn(request, publicUrl)) throw new HttpProblem('cross_site')
}

/** Refuses what is known to come from elsewhere, for calls that carry their own secret. Throws `cross_site`. */
export function refuseOtherSites(request: FastifyRequest, publicUrl: string): void {
  const { origin, 'sec-fetch-site': site } = request.headers
  if ((origin !== undefined || site !== undefined) && !isOwn(request, publicUrl)) throw new HttpProblem('cross_site')
}

function isOwn(request: FastifyRequest, publicUrl: string): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers
  if (site !== undefined) return site === 'same-origin'
  if (origin === undefined || !URL.canParse(origin)) return false
  return new URL(origin).origin === new URL(publicUrl).origin || new URL(origin).host === request.headers.host
}
