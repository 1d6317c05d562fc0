import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { NotFound } from '@yoman/domain/refusal'
import { calendarFeed, calendarUid } from '@yoman/messaging/visits/calendar-entry'
import { readFeed } from '@yoman/use-cases/calendar-feeds/feed'
import { TooManyAttempts } from '@yoman/use-cases/sessions/throttle'
import { originOf } from '../http/context.ts'
import type { ApiServices } from '../services.ts'

const words = { he: { name: 'התורים שלי', visit: 'תור' }, en: { name: 'My appointments', visit: 'Appointment' } }
const mostInAMinute = 12 // a calendar program asks a few times an hour

interface Asked {
  Params: { file: string }
}

/**
 * A practitioner's own calendar, for the program that subscribes to it: outside /api and without a session, by a secret in its address.
 * Times and places, nothing of whom or what for. What has not changed is told in a few bytes.
 */
export function calendarPages(app: FastifyInstance, services: ApiServices): void {
  const asked = new Map<string, { minute: number; count: number }>()
  app.get<Asked>('/calendars/:file', { config: { permission: 'public', audit: 'none' } }, async (request, reply) => {
    const token = /^([A-Za-z0-9_-]{43})\.ics$/.exec(request.params.file)?.[1] ?? ''
    const machineNow = services.securityClock.now()
    const wait = secondsToWait(asked, token, Math.floor(machineNow.epochMilliseconds / 60_000))
    if (wait > 0) return reply.code(429).header('retry-after', String(wait)).send()
    try {
      const { language, visits } = await readFeed(services, token, services.clock.now(), { ip: originOf(request).ip, machineNow })
      const { name, visit } = words[language]
      const body = calendarFeed(name, visits.map((one) => ({ uid: calendarUid(one.id), sequence: one.version, summary: visit, location: language === 'en' ? one.branchNameEn : one.branchName, startsAt: one.startsAt, endsAt: one.endsAt, writtenAt: one.createdAt })))
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
      void reply.header('etag', etag).header('cache-control', 'private, no-cache').header('x-robots-tag', 'noindex')
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      return reply.type('text/calendar; charset=utf-8').header('content-disposition', 'inline; filename="yoman.ics"').send(body)
    } catch (error) {
      if (error instanceof NotFound) return reply.code(404).send()
      if (error instanceof TooManyAttempts) return reply.code(429).header('retry-after', String(error.seconds)).send()
      throw error
    }
  })
}

/** Counts within this process; a token that asks too often waits for the next minute. */
function secondsToWait(asked: Map<string, { minute: number; count: number }>, token: string, minute: number): number {
  if (asked.size > 10_000) asked.clear()
  const known = asked.get(token)
  const count = known?.minute === minute ? known.count + 1 : 1
  asked.set(token, { minute, count })
  return token !== '' && count > mostInAMinute ? 60 : 0
}
