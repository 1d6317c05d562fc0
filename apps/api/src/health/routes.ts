import type { FastifyInstance } from 'fastify'
import type { Pool } from '@yoman/db/connect'

const open = { permission: 'public', audit: 'none' } as const

/** For whoever runs the system: is it alive, can it work. Strangers learn nothing beyond yes and no. */
export function healthRoutes(app: FastifyInstance, pool: Pool, isClosing: () => boolean): void {
  app.get('/livez', { config: open, logLevel: 'warn' }, async () => ({ status: 'ok' }))
  app.get('/readyz', { config: open, logLevel: 'warn' }, async (request, reply) => {
    if (!isClosing() && (await canWork(pool, request.log))) return { status: 'ok' }
    return reply.code(503).header('retry-after', '2').send({ status: 'not ready' })
  })
}

/** The database answers and its schema is at least the one this version was written for. */
async function canWork(pool: Pool, log: FastifyInstance['log']): Promise<boolean> {
  try {
    await pool.query('select 1 from demo_clock, setup_link limit 0')
    return true
  } catch (error) {
    log.warn({ code: error instanceof Error && 'code' in error ? error.code : undefined }, 'not ready: the database does not answer')
    return false
  }
}
