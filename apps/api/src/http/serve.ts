import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import type { FileResponse, RouteSpec, StreamResponse } from '@yoman/contract/route'
import { type FileAnswer, type RouteKey, routes, specOf } from '@yoman/contract/routes'
import { may, type Permission } from '@yoman/domain/access'
import type { DomainEvent } from '@yoman/domain/events'
import { Forbidden } from '@yoman/domain/refusal'
import { recordEvents } from '@yoman/use-cases/record-events'
import { transact } from '@yoman/use-cases/transact'
import type { ApiServices } from '../services.ts'
import { authenticate } from './auth.ts'
import { coerceTexts } from './coerce.ts'
import { originOf, requestContext } from './context.ts'
import { sendFile } from './file.ts'
import type { Handlers, Http, RequestContext } from './handler.ts'
import { HttpProblem } from './problem.ts'
import type { SessionCache } from './session-cache.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The server does not start with a route that lacks one of these. */
    permission?: Permission | 'public'
    audit?: RouteSpec['audit']
    key?: RouteKey
  }
}

// Once out of the table a handler is called by a key known only at run time; `Handlers` has checked each against its entry.
type AnyHandler = (ctx: unknown, input: unknown, http: Http) => Promise<unknown>

/** Puts every route of the table under /api: checked on the way in, cut to its schema on the way out. */
export function serve(app: FastifyInstance, services: ApiServices, handlers: Partial<Handlers>, sessions: SessionCache): void {
  for (const key of Object.keys(routes) as RouteKey[]) {
    const handler = handlers[key] as AnyHandler | undefined
    if (handler) addRoute(app, { services, sessions, key, spec: specOf(key), handler })
  }
}

interface Route {
  services: ApiServices
  sessions: SessionCache
  key: RouteKey
  spec: RouteSpec
  handler: AnyHandler
}

function addRoute(app: FastifyInstance, route: Route): void {
  const { key, spec } = route
  const [method = '', path = ''] = key.split(' ')
  app.route({
    method,
    url: `/api${path}`,
    config: { permission: spec.permission, audit: spec.audit, key },
    ...(spec.bodyLimit === undefined ? {} : { bodyLimit: spec.bodyLimit }),
    schema: schemaOf(spec),
    preValidation: async (request) => {
      if (!spec.body && request.body != null && Object.keys(request.body).length > 0) throw new HttpProblem('malformed', { detail: 'This route takes no body.' })
      if (spec.query) coerceTexts(spec.query, request.query)
    },
    // Who it is comes before what is wrong with the request: a stranger learns nothing of the forms.
    onRequest: spec.permission === 'public' ? [] : (request) => admit(route, request, spec.permission as Permission), // not 'public' here
    handler: (request, reply) => answer(route, request, reply),
  })
}

/** Lets in whoever has signed in and may use the route by their roles of this moment. */
async function admit({ services, sessions, key }: Route, request: FastifyRequest, permission: Permission): Promise<void> {
  const who = await authenticate(request, sessions.find, services.securityClock)
  request.authenticated = who
  const ctx = requestContext(services, request, who, [])
  if (!may(ctx.actor, permission)) throw await refused(ctx, key, permission)
}

function schemaOf(spec: RouteSpec): FastifySchema {
  const nothing = { type: 'object', additionalProperties: false }
  return {
    params: spec.params ?? nothing,
    querystring: spec.query ?? nothing,
    ...(spec.body ? { body: spec.body } : {}),
    ...(isFile(spec.response) || isStream(spec.response) || spec.status === 204 ? {} : { response: { [spec.status]: spec.response } }),
  }
}

async function answer(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { spec } = route
  const input = { params: request.params, query: request.query, body: request.body ?? undefined }
  const result = await run(route, input, { request, reply }).finally(() => mayEndSessions.test(route.key) && route.sessions.forget())
  if (reply.sent) return reply
  reply.code(spec.status)
  if (isFile(spec.response)) return sendFile(reply, spec.response.mediaType, result as FileAnswer) // a file route's handler answers a file
  return spec.status === 204 ? reply.send() : result
}

async function run({ services, key, spec, handler }: Route, input: unknown, http: Http): Promise<unknown> {
  const who = http.request.authenticated
  if (spec.permission === 'public' || !who) return handler({ services, origin: originOf(http.request) }, input, http)
  const readings: DomainEvent[] = []
  const ctx = requestContext(services, http.request, who, readings)
  try {
    const result = await handler(ctx, input, http)
    if (spec.audit === 'read' && readings.length === 0) throw new Error(`${key} shows a record and did not say whose`)
    if (readings.length > 0) await transact(ctx, (tx) => recordEvents(tx, ctx, readings))
    return result
  } catch (error) {
    if (!(error instanceof Forbidden)) throw error
    throw await refused(ctx, key, error.permission)
  }
}

/** Somebody tried a door that is not theirs: the owner can see it later. */
async function refused(ctx: RequestContext, route: string, permission: string): Promise<HttpProblem> {
  const subject = { type: 'staff', id: ctx.actor.staffId ?? ctx.clinicId }
  await transact(ctx, (tx) => recordEvents(tx, ctx, [{ name: 'access.refused', subject, details: { route, permission } }], 'refused'))
  return new HttpProblem('forbidden')
}

const mayEndSessions = /^(POST|PUT|PATCH) \/(auth|me|staff)\b/

const isStream = (response: RouteSpec['response']): response is StreamResponse => 'streamType' in response
const isFile = (response: RouteSpec['response']): response is FileResponse => 'mediaType' in response

/** Refuses to start with a route that nobody said who may use and how it is audited. */
export function demandPermissions(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.permission && route.config.audit) return
    throw new Error(`${String(route.method)} ${route.url} says no permission or audit`)
  })
}
