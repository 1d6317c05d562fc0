import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { instant } from '@yoman/domain/time'
import type { DemoClock } from '@yoman/use-cases/demo-clock'
import { HttpProblem } from '../http/problem.ts'
import { refuseOtherSites } from '../sessions/same-site.ts'

export interface Demo {
  clock: DemoClock
  postOfficeUrl: string | null
}

const open = { permission: 'public', audit: 'none' } as const
const farthestMs = 400 * 86_400_000 // what a demo can want; further away the holidays' table and the loaded diary end

/** The demo's own doors: its clock and its post office. Outside a demo they are never registered, so there is nothing to reach. */
export function demoRoutes(app: FastifyInstance, { clock, postOfficeUrl }: Demo, publicUrl: string): void {
  const standing = () => ({ now: clock.now().toString(), offsetMs: clock.offsetMs() })

  app.get('/dev/clock', { config: open }, async () => standing())
  app.post<{ Body: { to: string } | { offsetMs: number } }>('/dev/clock', { config: open, schema: { body: clockBody } }, async (request) => {
    refuseOtherSites(request, publicUrl)
    const offsetMs = 'to' in request.body ? instant(request.body.to).epochMilliseconds - (clock.now().epochMilliseconds - clock.offsetMs()) : request.body.offsetMs
    if (Math.abs(offsetMs) > farthestMs) throw new HttpProblem('malformed', { detail: 'The demo’s clock goes 400 days either way.' })
    await clock.setOffset(Math.round(offsetMs))
    return standing()
  })
  if (postOfficeUrl !== null) forwardPost(app, postOfficeUrl)
}

const clockBody = {
  anyOf: [
    { type: 'object', required: ['to'], additionalProperties: false, properties: { to: { type: 'string', format: 'date-time' } } },
    { type: 'object', required: ['offsetMs'], additionalProperties: false, properties: { offsetMs: { type: 'number' } } },
  ],
}

/** The stand-in for Twilio and e-mail shows its page and answers its buttons under our address. */
function forwardPost(app: FastifyInstance, postOfficeUrl: string): void {
  void app.register(async (part) => {
    part.removeAllContentTypeParsers()
    part.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    const forward = (request: FastifyRequest, reply: FastifyReply) => passOn(postOfficeUrl, request, reply)
    part.route({ method: ['GET', 'POST', 'PUT', 'DELETE'], url: '/dev/post', config: open, handler: forward })
    part.route({ method: ['GET', 'POST', 'PUT', 'DELETE'], url: '/dev/post/*', config: open, handler: forward })
  })
}

const kept = ['content-type', 'content-disposition', 'content-security-policy', 'location']

async function passOn(postOfficeUrl: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  const answer = await fetch(new URL(request.url, postOfficeUrl), {
    method: request.method,
    headers: { 'content-type': request.headers['content-type'] ?? 'application/octet-stream' },
    body: request.method === 'GET' ? null : ((request.body as Buffer | undefined) ?? null), // the parser above makes a Buffer of every body
    redirect: 'manual',
    signal: gone.signal,
  }).catch((error: unknown) => {
    throw new HttpProblem('unavailable', { detail: 'The post office does not answer.', retryAfterSeconds: 2, cause: error })
  })
  reply.code(answer.status).header('cache-control', 'no-store').removeHeader('x-frame-options')
  for (const name of kept) {
    const value = answer.headers.get(name)
    if (value !== null) reply.header(name, value)
  }
  // Its page shows the invoices it was sent in a frame of its own.
  const policy = reply.getHeader('content-security-policy')
  if (typeof policy === 'string') reply.header('content-security-policy', policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"))
  return answer.body ? reply.send(Readable.fromWeb(answer.body)) : reply.send()
}
