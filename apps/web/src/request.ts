import type { Problem } from '@yoman/contract/common'
import type { Inputs, Outputs, RouteKey, Routes } from '@yoman/contract/routes'

/** What a route takes, without the parts that it does not have. */
export type Input<K extends RouteKey> = { [P in keyof Inputs[K] as Inputs[K][P] extends undefined ? never : P]: Inputs[K][P] }
/** What a route answers; a file arrives as a Blob. */
export type Answer<K extends RouteKey> = Routes[K]['response'] extends { mediaType: string } ? Blob : Outputs[K]

/** The server said no, or could not be reached (`code` is then `unreachable`). */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly params: Readonly<Record<string, string | number | boolean>>
  readonly errors: readonly { pointer: string; code: string }[]

  constructor(status: number, code: string, params: Record<string, string | number | boolean> = {}, errors: readonly { pointer: string; code: string }[] = []) {
    super(`${status} ${code}`)
    this.name = 'ApiProblem'
    this.status = status
    this.code = code
    this.params = params
    this.errors = errors
  }
}

interface Parts {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
}

/** Path, method and body of a call: `:id` filled and escaped, unset query values left out, lists repeated. */
export function buildRequest(key: string, input: Parts, headers: Record<string, string>): { url: string; init: RequestInit } {
  const [method = 'GET', path = '/'] = key.split(' ')
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(input.params?.[name] ?? ''))
  const query = new URLSearchParams(Object.entries(input.query ?? {}).flatMap(([name, value]): string[][] => (value === undefined || value === null ? [] : [value].flat().map((one) => [name, String(one)]))))
  const search = query.size > 0 ? `?${query.toString()}` : ''
  const json = input.body === undefined ? {} : { 'content-type': 'application/json' }
  return {
    url: `/api${filled}${search}`,
    init: { method, headers: { ...headers, ...json }, credentials: 'same-origin', cache: 'no-store', ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }) },
  }
}

/** Sends it; throws `ApiProblem` for everything but success. */
export async function send(url: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, init)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiProblem(0, 'unreachable') // fetch throws TypeError alone, and only when there was no answer
  }
  if (response.ok) return response
  throw await problemOf(response)
}

/** What an answer that is no success says. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  if (!response.headers.get('content-type')?.includes('json')) return new ApiProblem(response.status, response.status >= 502 ? 'unreachable' : 'internal', { instance: '' })
  const problem = (await response.json()) as Problem // the contract of every answer that is no success
  return new ApiProblem(problem.status, problem.code, { instance: problem.instance?.replace('urn:uuid:', '') ?? '', ...problem.params }, problem.errors ?? [])
}

/** The answer's content: nothing, JSON, or a file. */
export async function contentOf(response: Response): Promise<unknown> {
  if (response.status === 204) return null
  return response.headers.get('content-type')?.includes('application/json') ? response.json() : response.blob()
}
