import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { type Instant, instant, plainDate } from '@yoman/domain/time'
import { calendarEntry, calendarUid } from '@yoman/messaging/visits/calendar-entry'
import { visitPageWords } from '@yoman/messaging/visits/page-words'
import { TooManyAttempts } from '@yoman/use-cases/sessions/throttle'
import { askByLink, cancelByLink, confirmByLink, freeTimes, moveByLink } from '@yoman/use-cases/visit-links/answer'
import { type OpenedLink, openVisitLink, readVisitPage, slowDown } from '@yoman/use-cases/visit-links/open-link'
import { originOf } from '../http/context.ts'
import { patientCss } from '../http/patient-page.ts'
import type { ApiServices } from '../services.ts'
import { cancelHtml, type Said, timesHtml, tooOftenHtml, unknownHtml, visitHtml } from './visit-html.ts'

interface Asked {
  Params: { token: string }
  Querystring: { from?: string }
  Body: Record<string, string> | undefined
}

const look = { permission: 'public', audit: 'none' } as const
const answer = { permission: 'public', audit: 'write' } as const

/**
 * The patient's own door to one visit, outside /api and without a session: whoever has the link may look, and answer. Looking changes
 * nothing, for programs that preview messages and look for viruses open every link in them; an answer is a POST.
 */
export function visitPages(app: FastifyInstance, services: ApiServices): void {
  void app.register(async (part) => {
    part.removeAllContentTypeParsers()
    part.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 1_024 }, (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))))
    part.setErrorHandler((error, _request, reply) => unknown(error, reply))

    part.get('/v/page.css', { config: look }, (_request, reply) => reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(patientCss))
    part.get<Asked>('/v/:token', { config: look }, async (request, reply) => show(request, reply, await find(services, request), null))
    part.get<Asked>('/v/:token/cancel', { config: look }, async (request, reply) => askCancel(request, reply, await find(services, request)))
    part.get<Asked>('/v/:token/times', { config: look }, async (request, reply) => showTimes(services, request, reply, await find(services, request), null))
    part.get<Asked>('/v/:token/visit.ics', { config: look }, async (request, reply) => calendar(reply, await find(services, request)))
    part.post<Asked>('/v/:token', { config: answer }, async (request, reply) => {
      const link = await find(services, request)
      await slowDown(services, request.params.token, visitorOf(services, request))
      return take(services, request, reply, { ...link, ctx: { ...link.ctx, requestId: request.id } })
    })
  })
}

async function take(services: ApiServices, request: FastifyRequest<Asked>, reply: FastifyReply, link: OpenedLink): Promise<FastifyReply> {
  const said = request.body?.['answer']
  const to = instantOf(request.body?.['to'])
  if ((said !== 'confirm' && said !== 'cancel' && said !== 'move' && said !== 'ask') || (said === 'move' && to === null)) return show(request, reply.code(400), link, null)
  try {
    if (said === 'confirm') await confirmByLink(link)
    else if (said === 'cancel') await cancelByLink(link)
    else if (said === 'ask') await askByLink(link)
    else if (to) await moveByLink(link, to)
    return await show(request, reply, link, { words: said })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refused(services, request, reply.code(409), link, said, error)
  }
}

/** What could not be done: the page as it is now says so; of a time that is gone, the others. */
function refused(services: ApiServices, request: FastifyRequest<Asked>, reply: FastifyReply, link: OpenedLink, said: 'confirm' | 'cancel' | 'move' | 'ask', { code }: Refusal): Promise<FastifyReply> {
  if (code === 'visit_link_closed' || said === 'confirm' || said === 'ask') return show(request, reply, link, null)
  if (code === 'answer_needs_call' || said === 'cancel') return show(request, reply, link, { words: 'call' })
  return showTimes(services, request, reply, link, { words: 'taken' })
}

async function find(services: ApiServices, request: FastifyRequest<Asked>): Promise<OpenedLink> {
  const { token } = request.params
  // Nothing else can be one of ours; counted all the same.
  return openVisitLink(services, /^[A-Za-z0-9_-]{22}$/.test(token) ? token : '', services.clock.now(), visitorOf(services, request))
}

const visitorOf = (services: ApiServices, request: FastifyRequest) => ({ ip: originOf(request).ip, machineNow: services.securityClock.now() })

const show = async (request: FastifyRequest<Asked>, reply: FastifyReply, link: OpenedLink, said: Said | null): Promise<FastifyReply> =>
  html(reply, visitHtml(await readVisitPage(link), request.params.token, said))

async function askCancel(request: FastifyRequest<Asked>, reply: FastifyReply, link: OpenedLink): Promise<FastifyReply> {
  const page = await readVisitPage(link)
  const open = page.mayCancel && (page.state === 'booked' || page.state === 'confirmed')
  return html(reply, open ? cancelHtml(page, request.params.token) : visitHtml(page, request.params.token, null))
}

async function showTimes(services: ApiServices, request: FastifyRequest<Asked>, reply: FastifyReply, link: OpenedLink, said: Said | null): Promise<FastifyReply> {
  await slowDown(services, request.params.token, visitorOf(services, request))
  const { from } = request.query
  try {
    const times = await freeTimes(link, from !== undefined && /^20\d\d-[01]\d-[0-3]\d$/.test(from) ? dateOf(from) : null)
    return html(reply, timesHtml(await readVisitPage(link), request.params.token, times, said))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return show(request, reply, link, error.code === 'answer_needs_call' ? { words: 'call' } : null)
  }
}

/** The visit for the patient's own calendar. Its name there follows from the link, so that no id of ours leaves. */
async function calendar(reply: FastifyReply, link: OpenedLink): Promise<FastifyReply> {
  const page = await readVisitPage(link)
  if (page.state === 'cancelled' || page.state === 'over') throw new NotFound('visit link')
  const uid = calendarUid(link.appointmentId)
  const entry = calendarEntry({
    uid, sequence: page.version, summary: `${visitPageWords[page.language].booked} – ${page.clinicName}`,
    location: [page.branchName, page.address].filter((part) => part !== '').join(', '), startsAt: page.startsAt, endsAt: page.endsAt, writtenAt: link.ctx.now,
  })
  return reply.type('text/calendar; charset=utf-8').header('cache-control', 'no-store').header('content-disposition', 'attachment; filename="visit.ics"').send(entry)
}

/** A link that opens nothing is told so, and so is whoever tries many; everything else is our own fault, and told as elsewhere. */
function unknown(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof NotFound) return html(reply.code(404), unknownHtml())
  if (error instanceof TooManyAttempts) return html(reply.code(429).header('retry-after', String(error.seconds)), tooOftenHtml())
  throw error
}

function instantOf(typed: string | undefined): Instant | null {
  return typed !== undefined && /^20\d\d-\d\d-\d\dT\d\d:\d\d:00Z$/.test(typed) ? orNull(() => instant(typed)) : null
}

const dateOf = (typed: string) => orNull(() => plainDate(typed))

/** Null for a day that no calendar has, such as the 31st of February. */
function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const html = (reply: FastifyReply, words: string): FastifyReply => reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').header('x-robots-tag', 'noindex').send(words)
