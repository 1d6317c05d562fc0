import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Pool } from '@yoman/db/connect'
import { readGauges } from '@yoman/db/messages/gauges'
import { systemClock } from '@yoman/use-cases/clock'
import { outsideClinics } from '@yoman/use-cases/transact'
import { HttpProblem } from '../http/problem.ts'

/** For Prometheus: how long requests took, how busy the process and its connections are. By route of the table, never by address. */
export function metrics(app: FastifyInstance, pool: Pool, token: string | null, countLate: () => Promise<number>): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'http_request_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const connections: [string, () => number][] = [['total', () => pool.totalCount], ['idle', () => pool.idleCount], ['waiting', () => pool.waitingCount]]
  const gauge = new Gauge({
    name: 'db_connections',
    help: 'Connections to the database, and requests waiting for one',
    labelNames: ['state'],
    registers: [registry],
    collect: () => connections.forEach(([state, count]) => gauge.set({ state }, count())),
  })
  const messages = new Gauge({
    name: 'messages',
    help: 'Messages of all clinics, counted by the worker: waiting for their sender, overdue, being sent, of unknown outcome, ever known to be carried twice. Absent while no worker counts',
    labelNames: ['state'],
    registers: [registry],
    collect: async () => {
      messages.reset()
      // The other numbers are wanted most while the database is away; /readyz says that it is.
      const counts = await outsideClinics(pool, (tx) => readGauges(tx, systemClock.now().subtract({ minutes: 3 }))).catch(() => new Map<string, number>())
      for (const [state, count] of counts) messages.set({ state }, count)
    },
  })
  const late: Gauge = new Gauge({
    name: 'messages_late',
    help: 'Messages to patients, over all clinics, that should have left or been answered by the provider and have not',
    registers: [registry],
    // With the database away nobody knows; the health check says that it is.
    collect: async (): Promise<void> => late.set(await countLate().catch(() => Number.NaN)),
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.config.key ?? request.routeOptions.url ?? 'none'
    seconds.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
  app.get('/metrics', { config: { permission: 'public', audit: 'none' }, logLevel: 'warn' }, async (request, reply) => {
    if (!mayLook(request, token)) throw new HttpProblem('not_found')
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

/** With a token set, whoever has it; else this machine alone, and not a proxy on it that brings somebody else's request. */
function mayLook(request: FastifyRequest, token: string | null): boolean {
  if (token !== null) return same(request.headers.authorization ?? '', `Bearer ${token}`)
  const proxied = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via', 'x-real-ip'].some((name) => name in request.headers)
  return !proxied && /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '')
}

const same = (given: string, wanted: string): boolean => timingSafeEqual(digest(given), digest(wanted))
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
