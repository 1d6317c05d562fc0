import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NotFound } from '@yoman/domain/refusal'
import { composeOfferMessage } from '@yoman/messaging/offers/compose'
import { TooManyAttempts } from '@yoman/use-cases/sessions/throttle'
import { answerOffer, openOffer, type OfferPage, readOfferPage } from '@yoman/use-cases/waitlist/open-link'
import { originOf } from '../http/context.ts'
import type { ApiServices } from '../services.ts'
import { patientCss } from '../http/patient-page.ts'
import { offerHtml, unknownHtml } from './offer-html.ts'

interface Asked {
  Params: { token: string }
  Body: Record<string, string> | undefined
}

const open = { permission: 'public', audit: 'write' } as const

/**
 * The patient's own door, outside /api and without a session: whoever has the link may look, and answer. Looking changes nothing,
 * for programs that preview messages open every link in them.
 */
export function offerPages(app: FastifyInstance, services: ApiServices): void {
  void app.register(async (part) => {
    part.removeAllContentTypeParsers()
    part.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 1_024 }, (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))))
    part.setErrorHandler((error, _request, reply) => unknown(error, reply))

    part.get('/o/page.css', { config: { permission: 'public', audit: 'none' } }, (_request, reply) => reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(patientCss))

    part.get<Asked>('/o/:token', { config: { permission: 'public', audit: 'none' } }, async (request, reply) => {
      const { ctx, offerId } = await find(services, request)
      return show(reply, await readOfferPage(ctx, offerId))
    })

    part.post<Asked>('/o/:token', { config: open }, async (request, reply) => {
      const { ctx, offerId } = await find(services, request)
      const answer = request.body?.['answer']
      if (answer !== 'take' && answer !== 'decline') return show(reply.code(400), await readOfferPage(ctx, offerId))
      const page = await answerOffer({ ...ctx, ip: originOf(request).ip, requestId: request.id }, offerId, answer, composeOfferMessage)
      return show(reply.code(page.state === (answer === 'take' ? 'taken' : 'declined') ? 200 : 409), page)
    })
  })
}

async function find(services: ApiServices, request: FastifyRequest<Asked>) {
  const { token } = request.params
  // Nothing else can be one of ours; counted all the same.
  const asked = /^[A-Za-z0-9_-]{22}$/.test(token) ? token : ''
  return openOffer(services, asked, services.clock.now(), { ip: originOf(request).ip, machineNow: services.securityClock.now() })
}

const show = (reply: FastifyReply, page: OfferPage): FastifyReply => html(reply, offerHtml(page))

/** A link that opens nothing is told so, and so is whoever tries many; everything else is our own fault, and told as elsewhere. */
function unknown(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof NotFound) return html(reply.code(404), unknownHtml())
  if (error instanceof TooManyAttempts) return html(reply.code(429).header('retry-after', String(error.seconds)), unknownHtml())
  throw error
}

const html = (reply: FastifyReply, text: string): FastifyReply => reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').header('x-robots-tag', 'noindex').send(text)
