import { describe, expect, test } from 'vitest'
import { type RouteKey, routes, specOf } from '@yoman/contract/routes'
import { may } from '@yoman/domain/access'
import { testApi, urlOf } from '@yoman/testing/api'
import { castId } from '@yoman/testing/cast'
import { chance, sample } from '@yoman/testing/wire-samples'

// Grows with the table by itself: every text that must be said, of every route, is sent as blanks.
const api = await testApi()
const people = Object.values(api.cast.hadar.staff)

interface Schema {
  type?: string
  format?: string
  minLength?: number
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
}
/** The way to a text: names of fields, and 0 for the first of a list. */
type Way = readonly (string | number)[]

/** Ways to texts of people that must be said. */
function saidIn(schema: Schema, way: Way = []): Way[] {
  if (schema.anyOf) return schema.anyOf.flatMap((one) => saidIn(one, way))
  if (schema.items) return saidIn(schema.items, [...way, 0])
  if (schema.properties) return Object.entries(schema.properties).flatMap(([name, one]) => saidIn(one, [...way, name]))
  return schema.type === 'string' && (schema.minLength ?? 0) > 0 && (schema.format === 'line' || schema.format === 'text') ? [way] : []
}

/** The body with `text` at the end of the way; what is not there on the way is made. */
function put(body: unknown, [name, ...rest]: Way, text: string): unknown {
  if (name === undefined) return text
  if (typeof name === 'number') return [put(Array.isArray(body) ? body[0] : undefined, rest, text)]
  return { ...(typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {}), [name]: put((body as Record<string, unknown> | null | undefined)?.[name], rest, text) } // a field of an object, or of nothing
}

const cases = (Object.keys(routes) as RouteKey[]).flatMap((key) => {
  const ways = new Map(saidIn((specOf(key).body ?? {}) as Schema).map((way) => [`/${way.join('/')}`, way])) // TypeBox schemas are JSON Schema
  return [...ways].map(([pointer, way]) => ({ key, pointer, way }))
})

async function post(key: RouteKey, payload: unknown): Promise<{ status: number; code: string | null; pointers: string[] }> {
  const { permission } = specOf(key)
  const who = people.find(({ roles }) => permission === 'public' || may({ kind: 'staff', staffId: null, roles, branchIds: [] }, permission))
  if (!who) throw new Error(`nobody of the cast may ${key}`)
  const { params: wanted } = specOf(key)
  const params = wanted ? (sample(wanted, chance(7), () => castId('nobody')) as Record<string, string>) : {} // texts alone, as every address
  const headers = { authorization: `Bearer ${await api.tokenOf(who)}`, 'content-type': 'application/json' }
  const answer = await api.app.inject({ method: key.split(' ')[0] as 'POST', url: urlOf(key, params), headers, payload: JSON.stringify(payload) }) // real methods only
  const problem = answer.statusCode < 400 ? null : answer.json<{ code: string; errors?: { pointer: string }[] }>()
  return { status: answer.statusCode, code: problem?.code ?? null, pointers: problem?.errors?.map(({ pointer }) => pointer) ?? [] }
}

describe('blanks are no word', () => {
  test.each(cases)('$key takes none at $pointer', async ({ key, pointer, way }) => {
    const { body: schema } = specOf(key)
    if (!schema) throw new Error('a case has a body')
    // Of several shapes the one that has this text.
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const body = sample(schema, chance(seed), () => castId('somebody'))
      if ((await post(key, put(body, way, 'שיניים'))).pointers.includes(pointer)) continue
      for (const blank of ['   ', '\u00a0\u2003  ']) {
        const { status, code, pointers } = await post(key, put(body, way, blank))
        expect({ status, code, pointers }).toEqual({ status: 400, code: 'malformed', pointers: expect.arrayContaining([pointer]) })
      }
      return
    }
    throw new Error('no body is taken with words in this place')
  })

  test('in many places', () => {
    expect(cases.map(({ key }) => key)).toEqual(expect.arrayContaining(['POST /orders/:id/cancellation', 'POST /invoices/:id/credits', 'PUT /debts/:patientId/pause', 'POST /patients', 'POST /tasks']))
  })
})
