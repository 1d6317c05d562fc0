import type { TSchema } from 'typebox'
import { Problem } from '@yoman/contract/common'
import type { RouteSpec } from '@yoman/contract/route'
import { type RouteKey, routes, specOf } from '@yoman/contract/routes'
import { refusals } from '@yoman/domain/refusal'
import { httpProblems, isRefusalCode } from './problem.ts'

/** The API as an OpenAPI 3.1 document, made from the same table that the server runs on. Every schema is JSON Schema as it stands. */
export function openApi() {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const key of Object.keys(routes) as RouteKey[]) {
    const [method = '', path = ''] = key.split(' ')
    const address = `/api${path.replace(/:(\w+)/g, '{$1}')}`
    paths[address] = { ...paths[address], [method.toLowerCase()]: operation(key, specOf(key)) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Yoman', version: '0.1.0', description: 'Errors are problems as in RFC 9457; docs/PROBLEMS.md lists their codes. `x-permission` names what a person’s roles must carry, `x-audit` what is written of the call.' },
    servers: [{ url: '/' }],
    components: {
      schemas: { Problem },
      securitySchemes: { session: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From POST /api/auth/sign-in; five minutes, renewed by the refresh cookie.' } },
    },
    paths,
  }
}

function operation(key: RouteKey, spec: RouteSpec) {
  return {
    operationId: key.toLowerCase().replace(/[^a-z]+/g, '-'),
    summary: spec.summary,
    tags: [key.split(/[ /]/)[2]],
    security: spec.permission === 'public' ? [] : [{ session: [] }],
    'x-permission': spec.permission,
    'x-audit': spec.audit,
    ...parametersOf(spec),
    ...(spec.body ? { requestBody: { required: true, content: { 'application/json': { schema: spec.body } } } } : {}),
    responses: responsesOf(spec),
  }
}

interface ObjectSchema {
  properties?: Record<string, TSchema>
  required?: string[]
}

function parametersOf(spec: RouteSpec) {
  const of = (place: 'path' | 'query', schema: TSchema | undefined) => {
    const { properties = {}, required = [] } = (schema ?? {}) as ObjectSchema // TypeBox schemas are JSON Schema
    return Object.entries(properties).map(([name, one]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: one }))
  }
  const parameters = [...of('path', spec.params), ...of('query', spec.query)]
  return parameters.length > 0 ? { parameters } : {}
}

function responsesOf(spec: RouteSpec) {
  const responses: Record<string, unknown> = { [spec.status]: { description: spec.summary, ...contentOf(spec) } }
  const byStatus = new Map<number, string[]>()
  for (const code of codesOf(spec)) {
    const status = isRefusalCode(code) ? refusals[code] : httpProblems[code].status
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  for (const [status, codes] of [...byStatus].sort(([a], [b]) => a - b)) {
    responses[status] = { description: `Codes: ${codes.join(', ')}`, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }
  }
  return responses
}

function contentOf(spec: RouteSpec) {
  if (spec.status === 204) return {}
  const { response } = spec
  if ('mediaType' in response) return { content: { [response.mediaType as string]: {} } }
  if ('streamType' in response) return { content: { [response.streamType as string]: {} } }
  return { content: { 'application/json': { schema: response } } }
}

/** What any such route may answer beside its own refusals. */
function codesOf(spec: RouteSpec) {
  const always = ['malformed', 'too_many_attempts', 'internal', 'unavailable'] as const
  const signedIn = spec.permission === 'public' ? [] : (['unauthenticated', 'forbidden'] as const)
  const found = spec.params ? (['not_found'] as const) : []
  const body = spec.body ? (['body_too_large', 'unsupported_media_type'] as const) : []
  return [...new Set([...always, ...signedIn, ...found, ...body, ...(spec.problems ?? [])])]
}
