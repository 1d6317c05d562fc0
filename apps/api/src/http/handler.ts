import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Inputs, Outputs, RouteKey, Routes } from '@yoman/contract/routes'
import type { DomainEvent } from '@yoman/domain/events'
import type { Context } from '@yoman/use-cases/context'
import type { Origin } from '@yoman/use-cases/sessions/services'
import type { ApiServices } from '../services.ts'

/** A request of nobody in particular: signing in, setting up. */
export interface PublicContext {
  services: ApiServices
  origin: Origin
}

/** A request of a person who has signed in; hand it to use cases as their `Context`. */
export interface RequestContext extends Context {
  services: ApiServices
  origin: Origin
  /**
   * Says whose record this answer shows, for example `ctx.reading({ name: 'patient.read', subject: { type: 'patient', id }, patientId: id })`.
   * It is written before the answer leaves. A route of the table with `audit: 'read'` that answers without having said it fails.
   */
  reading(event: DomainEvent): void
}

/** For cookies, files and streams; most handlers do without. */
export interface Http {
  request: FastifyRequest
  reply: FastifyReply
}

type ContextOf<Permission> = Permission extends 'public' ? PublicContext : RequestContext

/** One handler for each of the given keys of the table: `export const patientHandlers = { … } satisfies Handlers<keyof typeof patientRoutes>`. */
export type Handlers<K extends RouteKey = RouteKey> = {
  [P in K]: (ctx: ContextOf<Routes[P]['permission']>, input: Inputs[P], http: Http) => Promise<Outputs[P]>
}
