import type { FastifyInstance } from 'fastify'
import { HttpProblem } from './problem.ts'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Takes JSON in well-formed UTF-8 and nothing else: broken bytes are told, not replaced; keys that reach a prototype are refused. */
export function parseJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (body.length === 0) return done(null, undefined)
    let text: string
    try {
      text = strict.decode(body)
    } catch {
      return done(new HttpProblem('malformed', { detail: 'The body is not well-formed UTF-8.' }))
    }
    // It tells its errors through the callback; the promise is Fastify's other way, which it does not use.
    void parse(request, text, (error, value) => {
      if (!error && hasUnstorable(value)) return done(new HttpProblem('malformed', { detail: 'A text holds a NUL or half of a surrogate pair.' }))
      done(error, value)
    })
  })
}

/** Postgres takes no NUL and UTF-8 no half pairs, and no text of ours needs either, whatever the schema says of it. */
export function hasUnstorable(value: unknown): boolean {
  if (typeof value === 'string') return /\0|\p{Cs}/u.test(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, one]) => hasUnstorable(name) || hasUnstorable(one))
}
