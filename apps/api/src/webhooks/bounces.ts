import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { isUuid } from '@yoman/domain/ids'
import { isDeadMailbox, readBounce } from '@yoman/messaging/email/dsn'
import { systemContext } from '@yoman/use-cases/context'
import { findClinicOfMessage } from '@yoman/use-cases/messages/receive-reply'
import { takeBounce } from '@yoman/use-cases/messages/take-bounce'
import { HttpProblem } from '../http/problem.ts'
import type { ApiServices } from '../services.ts'

const mostBytes = 262_144 // a report may hold the whole mail, with its PDF cut off by then

/**
 * The door for returned mail, outside /api: the raw report (RFC 3464), as a mail server or a provider's route hands it on, signed over
 * its bytes with the shared key. What is no report, or of no mail of ours, is taken and left alone: nobody needs to send it again.
 */
export function bounceHook(app: FastifyInstance, services: ApiServices, key: string | null): void {
  void app.register(async (part) => {
    part.removeAllContentTypeParsers()
    part.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: mostBytes }, (_request, body, done) => done(null, body))
    part.post('/hooks/bounces', { config: { permission: 'public', audit: 'write' } }, async (request, reply) => {
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      if (key === null || !isSigned(raw, key, request.headers['x-yoman-signature'])) throw new HttpProblem('forbidden')
      await take(services, raw.toString('utf8'))
      return reply.code(204).send()
    })
  })
}

/** `sha256=` and the HMAC of the body, in hex. */
export const signatureOfBounce = (raw: Buffer, key: string): string => `sha256=${createHmac('sha256', key).update(raw).digest('hex')}`

function isSigned(raw: Buffer, key: string, given: unknown): boolean {
  const [wanted, said] = [Buffer.from(signatureOfBounce(raw, key)), Buffer.from(typeof given === 'string' ? given : '')]
  return wanted.length === said.length && timingSafeEqual(wanted, said)
}

async function take(services: ApiServices, raw: string): Promise<void> {
  const bounce = readBounce(raw)
  const messageId = bounce?.messageId.slice(1, bounce.messageId.indexOf('@')) ?? ''
  if (!bounce || !isUuid(messageId)) return
  const clinicId = await findClinicOfMessage(services.pool, messageId)
  if (clinicId === undefined) return
  await takeBounce(systemContext(services, clinicId, services.clock.now()), messageId, { action: bounce.action, status: bounce.status, dead: isDeadMailbox(bounce.status) })
}
