import type { TSchema } from 'typebox'
import type { Permission } from '@yoman/domain/access'
import type { RefusalCode } from '@yoman/domain/refusal'

/**
 * One entry of the route table. The server does not start without `permission` and `audit`:
 * `public` needs no session; `write` leaves events by its use case; `read` leaves an event of the reading itself;
 * `none` touches nothing of a patient.
 */
export interface RouteSpec {
  permission: Permission | 'public'
  audit: 'write' | 'read' | 'none'
  summary: string
  params?: TSchema
  query?: TSchema
  body?: TSchema
  status: 200 | 201 | 202 | 204
  /** The JSON that leaves, and nothing beside it; or the media type of a file or stream. */
  response: TSchema | FileResponse | StreamResponse
  /** Refusals that are part of the conversation; any route may also answer 400, 401, 403, 404, 429 and 500. */
  problems?: readonly RefusalCode[]
  /** Bytes of body; 64 KB where unset. */
  bodyLimit?: number
}

export interface FileResponse {
  mediaType: string
}

/** An answer that goes on; its handler writes it by itself. */
export interface StreamResponse {
  streamType: string
}

export const stream = <const M extends string>(streamType: M) => ({ streamType })
export const file = <const M extends string>(mediaType: M) => ({ mediaType })

/** Keeps the literal types of a noun's part of the table while checking its form. */
export const routeTable = <const T extends Record<`${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`, RouteSpec>>(table: T): T => table
