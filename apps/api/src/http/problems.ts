import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '@yoman/contract/common'
import { isDatabaseAway } from '@yoman/db/database-away'
import { errorForLog } from '@yoman/db/error-for-log'
import { NotFound, Refusal, refusals } from '@yoman/domain/refusal'
import { TooManyAttempts } from '@yoman/use-cases/sessions/throttle'
import { type FieldError, HttpProblem, httpProblems, type HttpProblemCode } from './problem.ts'
import { refusalTitles } from './refusal-titles.ts'

/** Answers any error as application/problem+json (RFC 9457). A fault of ours says nothing but the number of the request. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { problem, retryAfterSeconds } = toProblem(error)
  if (problem.status >= 500) request.log.error({ err: withoutData(error) }, `request failed: ${problem.code}`)
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({ ...problem, instance: `urn:uuid:${request.id}` })
}

export function toProblem(error: unknown): { problem: Problem; retryAfterSeconds?: number } {
  if (error instanceof Refusal) return { problem: refused(error) }
  const known = error instanceof HttpProblem ? error : asHttpProblem(error)
  const { status, title } = httpProblems[known.code]
  const problem: Problem = { type: typeOf(known.code), title, status, code: known.code }
  if (known.detail !== undefined) problem.detail = known.detail
  if (known.errors) problem.errors = [...known.errors]
  if (known.params) problem.params = { ...known.params }
  return known.retryAfterSeconds === undefined ? { problem } : { problem, retryAfterSeconds: known.retryAfterSeconds }
}

function refused(refusal: Refusal): Problem {
  const problem: Problem = { type: typeOf(refusal.code), title: refusalTitles[refusal.code], status: refusals[refusal.code], code: refusal.code }
  if (Object.keys(refusal.params).length > 0) problem.params = { ...refusal.params }
  return problem
}

/** A name, not an address: docs/PROBLEMS.md explains it, and no server need be asked. */
export const typeOf = (code: string): string => `urn:yoman:problem:${code}`

function asHttpProblem(error: unknown): HttpProblem {
  if (error instanceof NotFound) return new HttpProblem('not_found')
  if (error instanceof TooManyAttempts) return new HttpProblem('too_many_attempts', { retryAfterSeconds: error.seconds, params: { seconds: error.seconds } })
  if (isDatabaseAway(error)) return new HttpProblem('unavailable', { retryAfterSeconds: 2, cause: error })
  if (!isFastifyError(error)) return new HttpProblem('internal', { cause: error })
  if (error.validation) return new HttpProblem('malformed', { errors: error.validation.map((one) => fieldError(one, error.validationContext)) })
  const code = codeByStatus[error.statusCode ?? 500]
  return code === undefined ? new HttpProblem('internal', { cause: error }) : new HttpProblem(code)
}

const codeByStatus: Record<number, HttpProblemCode> = {
  400: 'malformed',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'not_found',
  406: 'malformed',
  413: 'body_too_large',
  414: 'malformed',
  415: 'unsupported_media_type',
  503: 'unavailable',
}

const isFastifyError = (error: unknown): error is FastifyError => error instanceof Error && 'code' in error && 'statusCode' in error || (error instanceof Error && 'validation' in error)

interface Complaint {
  instancePath: string
  keyword: string
  message?: string
  params: Record<string, unknown>
}

function fieldError(complaint: Complaint, context: string | undefined): FieldError {
  const under = context === undefined || context === 'body' ? '' : `/${context === 'querystring' ? 'query' : context}`
  // The name of a missing or unknown field is the sender's own; it is cut, for it could be anything.
  const named = complaint.params['missingProperty'] ?? complaint.params['additionalProperty']
  const last = typeof named === 'string' ? `/${named.slice(0, 80).replaceAll('~', '~0').replaceAll('/', '~1')}` : ''
  return { pointer: `${under}${complaint.instancePath}${last}`, code: complaint.keyword, detail: complaint.message ?? '' }
}

/** What is behind a problem, without the rows it is about. */
function withoutData(error: unknown): unknown {
  if (!(error instanceof Error)) return 'not an error'
  return errorForLog(error instanceof HttpProblem && error.cause instanceof Error ? error.cause : error)
}
