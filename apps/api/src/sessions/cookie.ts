import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Instant } from '@yoman/domain/time'

// The prefix makes browsers refuse the cookie from anywhere but this host over TLS; over plain http on a test machine they would refuse it altogether.
const nameFor = (secure: boolean): string => (secure ? '__Host-yoman-refresh' : 'yoman-refresh')

export const readRefreshCookie = (request: FastifyRequest, secure: boolean): string | undefined => {
  const value = request.cookies[nameFor(secure)]
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined
}

export const setRefreshCookie = (reply: FastifyReply, secure: boolean, token: string, until: Instant): void =>
  // eslint-disable-next-line no-restricted-syntax -- the cookie library wants a Date; no clock is read
  void reply.setCookie(nameFor(secure), token, { ...attributes(secure), expires: new Date(until.epochMilliseconds) })

export const clearRefreshCookie = (reply: FastifyReply, secure: boolean): void => void reply.clearCookie(nameFor(secure), attributes(secure))

const attributes = (secure: boolean) => ({ path: '/', httpOnly: true, secure, sameSite: 'strict' as const })
