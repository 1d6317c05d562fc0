import { type RefusalCode, refusals } from '@yoman/domain/refusal'

/** Ways the API says no that are not rules of the domain. The codes are as stable as those. */
export const httpProblems = {
  malformed: { status: 400, title: 'The request is not as the API describes it' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  cross_site: { status: 403, title: 'The request does not come from the clinic’s own pages' },
  not_found: { status: 404, title: 'There is nothing here' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body must be JSON in UTF-8' },
  too_many_attempts: { status: 429, title: 'Too many attempts' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'The system is not ready, please try again' },
} as const satisfies Record<string, { status: number; title: string }>

export type HttpProblemCode = keyof typeof httpProblems
export type ProblemCode = RefusalCode | HttpProblemCode

export interface FieldError {
  /** JSON pointer into the body, or `/query/…`, `/params/…`. */
  pointer: string
  code: string
  detail: string
}

/** An answer that is not the one that was asked for. */
export class HttpProblem extends Error {
  readonly code: HttpProblemCode
  readonly detail: string | undefined
  readonly errors: readonly FieldError[] | undefined
  readonly retryAfterSeconds: number | undefined
  readonly params: Readonly<Record<string, string | number | boolean>> | undefined

  constructor(
    code: HttpProblemCode,
    more: { detail?: string; errors?: FieldError[]; retryAfterSeconds?: number; params?: Record<string, string | number | boolean>; cause?: unknown } = {},
  ) {
    super(code, { cause: more.cause })
    this.name = 'HttpProblem'
    this.code = code
    this.detail = more.detail
    this.errors = more.errors
    this.retryAfterSeconds = more.retryAfterSeconds
    this.params = more.params
  }
}

export const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(refusals, code)
