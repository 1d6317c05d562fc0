import type { IncomingMessage, ServerResponse } from 'node:http'

/** One HTTP request with what a handler needs to answer it. */
export type Exchange = { request: IncomingMessage; response: ServerResponse; method: string; path: string; query: URLSearchParams }

const LIMIT_BYTES = 1_000_000

/** @throws HttpError 413 when the body is larger than a megabyte */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > LIMIT_BYTES) throw new HttpError(413, 'The body is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** @throws HttpError 415 or 400 when it is no JSON. The type keeps strange sites out: a browser asks leave before sending it. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!request.headers['content-type']?.startsWith('application/json')) throw new HttpError(415, 'Send application/json.')
  const text = await readBody(request)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new HttpError(400, `That is no JSON: ${error instanceof Error ? error.message : error}`)
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body))
}

export function send(response: ServerResponse, status: number, type: string, body: string | Buffer, headers: Record<string, string> = {}): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    ...headers,
  })
  response.end(body)
}

export class HttpError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
