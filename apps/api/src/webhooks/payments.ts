import type { FastifyInstance } from 'fastify'
import { isFromPayPlus, readCallback } from '@yoman/messaging/payment-links/callback'
import { systemContext } from '@yoman/use-cases/context'
import { findClinicOfWord, hearOfMoney, signingKey } from '@yoman/use-cases/payment-links/hear'
import { HttpProblem } from '../http/problem.ts'
import type { ApiServices } from '../services.ts'

const mostBytes = 65_536

/**
 * The door for PayPlus, outside /api: that something became of a page. The word in the address says whose; the body's bytes are signed with that
 * clinic's secret key. What it says is a hint alone: the worker asks PayPlus, and this answers at once.
 */
export function paymentHook(app: FastifyInstance, services: ApiServices): void {
  void app.register(async (part) => {
    part.removeAllContentTypeParsers()
    part.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: mostBytes }, (_request, body, done) => done(null, body))
    part.post<{ Params: { word: string } }>('/hooks/payments/:word', { config: { permission: 'public', audit: 'write' } }, async (request, reply) => {
      const clinicId = await findClinicOfWord(services.pool, request.params.word)
      if (clinicId === undefined) throw new HttpProblem('not_found')
      const ctx = systemContext(services, clinicId, services.clock.now())
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const key = await signingKey(ctx)
      if (key === null || !isFromPayPlus(raw, key, { hash: request.headers['hash'], userAgent: request.headers['user-agent'] })) {
        request.log.warn({ clinic: clinicId }, 'a callback about a payment was not signed by the provider')
        throw new HttpProblem('unauthenticated')
      }
      const named = readCallback(raw)
      if (!named || !(await hearOfMoney(ctx, named))) throw new HttpProblem('not_found')
      return reply.code(204).send()
    })
  })
}
