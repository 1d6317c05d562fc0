import cookie from '@fastify/cookie'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { KeyObject } from 'node:crypto'
import { v4 as randomId } from 'uuid'
import { findLiveSession } from '@yoman/db/sessions/queries'
import { tellThatGone } from '@yoman/use-cases/encounters/presence'
import { countLate } from '@yoman/db/reminders/checks'
import { countingLate, read } from '@yoman/use-cases/transact'
import { calendarPages } from './calendar-feeds/page.ts'
import { type Demo, demoRoutes } from './dev/routes.ts'
import { handlers } from './handlers.ts'
import { metrics } from './health/metrics.ts'
import { healthRoutes } from './health/routes.ts'
import { type Authenticated, type FindSession, registerTokens } from './http/auth.ts'
import { formats, formatsPlugin } from './http/formats.ts'
import { parseJsonBodies } from './http/json-body.ts'
import { takeFiles } from './http/multipart.ts'
import { openApi } from './http/openapi.ts'
import { HttpProblem } from './http/problem.ts'
import { sendProblem } from './http/problems.ts'
import { secureHeaders } from './http/security.ts'
import { demandPermissions, serve } from './http/serve.ts'
import { cacheSessions } from './http/session-cache.ts'
import { serveWeb } from './http/web.ts'
import { makeLive } from './live/fan-out.ts'
import type { Notices } from './live/notices.ts'
import type { ApiServices } from './services.ts'
import { visitPages } from './visit-links/visit-page.ts'
import { offerPages } from './waitlist/offer-page.ts'
import { bounceHook } from './webhooks/bounces.ts'
import { paymentHook } from './webhooks/payments.ts'
import { twilioHooks } from './webhooks/twilio.ts'

declare module 'fastify' {
  interface FastifyRequest {
    authenticated: Authenticated | null
  }
}

export interface ServerOptions {
  services: ApiServices
  jwtKey: KeyObject
  trustProxy: false | number | string
  logger: FastifyBaseLogger
  notices: Notices
  /** Null outside a demo. */
  demo: Demo | null
  /** The folder of the built screens; null serves the API alone. */
  webDir: string | null
  metricsToken: string | null
  /** Between two signs of life on a live stream; 15 seconds where unset. */
  heartbeatMs?: number
}

/** Builds the server; listening is the caller's. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { services, notices } = options
  const app = makeApp(options)
  let closing = false
  app.addHook('preClose', async () => void (closing = true))

  demandPermissions(app)
  app.decorateRequest('authenticated', null)
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
  app.setNotFoundHandler((request, reply) => sendProblem(new HttpProblem('not_found'), request, reply))
  logRequests(app)
  parseJsonBodies(app)
  await takeFiles(app)
  await app.register(cookie)
  await secureHeaders(app, services.publicUrl)
  await registerTokens(app, options.jwtKey)

  const find: FindSession = (clinicId, sessionId) => read({ pool: services.pool, clinicId }, (db) => findLiveSession(db, sessionId))
  const gone = (clinicId: string, line: string): void => {
    // Screens forget a presence that is not renewed: a notice that is lost with the database is told late, not never.
    tellThatGone({ pool: services.pool, clinicId }, line).catch((error: unknown) => app.log.info({ err: error }, 'the end of a live stream was not told'))
  }
  const live = makeLive({ notices, find, gone, clock: services.clock, securityClock: services.securityClock, ...(options.heartbeatMs ? { heartbeatMs: options.heartbeatMs } : {}) })
  app.addHook('preClose', async () => live.close())
  app.addHook('onClose', () => notices.close())

  healthRoutes(app, services.pool, () => closing)
  metrics(app, services.pool, options.metricsToken, () => countingLate(services.pool, (db) => countLate(db, services.clock.now())))
  const document = JSON.stringify(openApi())
  app.get('/api/openapi.json', { config: { permission: 'public', audit: 'none' } }, (_request, reply) => reply.type('application/json').send(document))
  serve(app, { ...services, live }, handlers, cacheSessions(find, notices, () => performance.now()))
  twilioHooks(app, services)
  bounceHook(app, services, services.bounceKey ?? null)
  paymentHook(app, services)
  calendarPages(app, services)
  offerPages(app, services)
  visitPages(app, services)
  if (options.demo) demoRoutes(app, options.demo, services.publicUrl)
  if (options.webDir !== null) await serveWeb(app, options.webDir)
  return app
}

function makeApp({ logger, trustProxy }: ServerOptions): FastifyInstance {
  return fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: typeof trustProxy === 'number' ? (_address, hop) => hop < trustProxy : trustProxy,
    bodyLimit: 65_536,
    genReqId: () => randomId(),
    requestIdHeader: false,
    routerOptions: { maxParamLength: 200 },
    // What people typed is never changed to fit: unknown fields and wrong types are told.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: true }, plugins: [formatsPlugin] },
    serializerOpts: { ajv: { formats } },
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    return503OnClosing: true,
    forceCloseConnections: 'idle',
  })
}

/** One line for each answer: ids, never names, bodies or query strings. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { url, config } = request.routeOptions
    const who = request.authenticated
    const fields = { method: request.method, route: config?.key ?? url, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10, clinic: who?.clinicId, staff: who?.session.staffId }
    request.log.info(fields, 'answered')
  })
}
