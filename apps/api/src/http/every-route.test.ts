import { beforeAll, describe, expect, test } from 'vitest'
import { type RouteKey, routes, specOf } from '@yoman/contract/routes'
import { may, type Permission } from '@yoman/domain/access'
import { testApi, urlOf } from '@yoman/testing/api'
import { castId, type CastPerson } from '@yoman/testing/cast'
import { chance, sample, spoil } from '@yoman/testing/wire-samples'
import { handlers } from '../handlers.ts'

// Grows with the table by itself: whatever route is added is walked, tried and fuzzed from its first day.
const api = await testApi()
const { hadar, thames } = api.cast
const people = Object.values(hadar.staff)
const keys = Object.keys(routes) as RouteKey[]
const answering = keys.filter((key) => key !== 'GET /live') // a stream has no end; live.test.ts listens to it
const nobody = castId('nobody')

interface Shot {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
}

async function shoot(key: RouteKey, who: CastPerson | null, { params = {}, query = {}, body }: Shot = {}) {
  const authorization = who ? { authorization: `Bearer ${await api.tokenOf(who)}` } : {}
  const payload = body === undefined ? {} : { payload: JSON.stringify(body), headers: { ...authorization, 'content-type': 'application/json' } }
  const answer = await api.app.inject({ method: key.split(' ')[0] as 'GET', url: urlOf(key, params, query), headers: authorization, ...payload }) // real methods only
  const problem = answer.headers['content-type']?.toString().includes('problem+json') ? answer.json<{ code: string }>() : null
  return { status: answer.statusCode, code: problem?.code, text: answer.body }
}

const paramsOf = (key: RouteKey, id: string): Record<string, string> =>
  Object.fromEntries([...key.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, id]))

const personWho = (permission: Permission | 'public'): CastPerson => {
  // The owner may most; what the owner may not, somebody of the clinic may.
  const found = people.find(({ roles }) => permission === 'public' || may({ kind: 'staff', staffId: null, roles, branchIds: [] }, permission))
  if (!found) throw new Error(`nobody of the cast has ${permission}`)
  return found
}

test('every route has a handler', () => {
  expect(keys.filter((key) => !(key in handlers))).toEqual([])
})

test('without a session there is nothing to be had, and nothing to be learnt of the forms', async () => {
  for (const key of keys.filter((key) => specOf(key).permission !== 'public' && key in handlers)) {
    const { status, code } = await shoot(key, null, { params: paramsOf(key, nobody), query: { surprise: 1 }, body: key.startsWith('GET') ? undefined : { surprise: 1 } })
    expect([key, status, code]).toEqual([key, 401, 'unauthenticated'])
  }
})

describe.each(['owner', 'receptionist', 'doctor', 'hygienist', 'assistant', 'accountant'] as const)('as %s', (role) => {
  test('every route opens exactly as the table of permissions says', async () => {
    for (const key of answering.filter((key) => key in handlers)) {
      const { permission } = specOf(key)
      const { status, code } = await shoot(key, hadar.staff[role], { params: paramsOf(key, nobody) })
      const open = permission === 'public' || may({ kind: 'staff', staffId: null, roles: [role], branchIds: [] }, permission)
      if (open) expect(status, key).toBeLessThan(500)
      else expect([key, status, code]).toEqual([key, 403, 'forbidden'])
    }
  })
})

test('the desk can by no route read a clinical note', () => {
  const desk = { kind: 'staff' as const, staffId: null, roles: ['receptionist' as const], branchIds: [] }
  const open = keys.filter((key) => {
    const { permission } = specOf(key)
    return permission === 'public' || may(desk, permission)
  })
  expect(open.filter((key) => /\/encounters|draft|amendments|signature/.test(key))).toEqual([])
})

describe('another clinic', () => {
  const theirs: string[] = []
  beforeAll(() => {
    theirs.push(thames.id, ...Object.values(thames.branches), ...Object.values(thames.practitioners), ...Object.values(thames.places), ...Object.values(thames.visitTypes))
    theirs.push(...Object.values(thames.prices), ...Object.values(thames.patients), ...Object.values(thames.staff).map(({ id }) => id))
  })

  test('looks, by every route with an id, exactly like nothing at all', async () => {
    const random = chance(3)
    for (const key of answering.filter((key) => key.includes(':') && key in handlers)) {
      const spec = specOf(key)
      const who = personWho(spec.permission)
      const body = spec.body && sample(spec.body, random, () => castId('somebody else'))
      const shot = body === undefined ? {} : { body }
      const nothing = await shoot(key, who, { ...shot, params: paramsOf(key, nobody) })
      expect(nothing.status, key).toBeGreaterThanOrEqual(400)
      for (const id of theirs) {
        const answer = await shoot(key, who, { ...shot, params: paramsOf(key, id) })
        expect([key, id, answer.status, answer.code]).toEqual([key, id, nothing.status, nothing.code])
      }
    }
  }, 120_000)

  test('shows in no list', async () => {
    const random = chance(4)
    const names = [thames.name, 'Thames Centre', ...Object.values(thames.staff).map(({ name }) => name).filter((name) => name.length > 4)]
    for (const key of answering.filter((key) => key.startsWith('GET') && !key.includes(':') && key in handlers)) {
      const spec = specOf(key)
      const query = spec.query ? (sample(spec.query, random, () => hadar.branches.center) as Record<string, unknown>) : {} // an object, as every query
      const { text } = await shoot(key, personWho(spec.permission), { query })
      for (const theirName of [...names, ...theirs]) expect(text.includes(theirName), `${key} shows ${theirName}`).toBe(false)
    }
  })
})

// Ids that fit the name of a field or the noun of a path, so that samples come as far as the rules and the database.
const fitting: Record<string, readonly string[]> = {
  patients: Object.values(hadar.patients),
  branches: Object.values(hadar.branches),
  resources: [...Object.values(hadar.practitioners), ...Object.values(hadar.places)],
  practitioners: Object.values(hadar.practitioners),
  places: Object.values(hadar.places),
  'visit-types': Object.values(hadar.visitTypes),
  'price-items': Object.values(hadar.prices),
  // Not those who send: an owner who is dismissed by chance would only hear 401 from then on.
  staff: [hadar.staff.northReceptionist, hadar.staff.otherDoctor, hadar.staff.assistant].map(({ id }) => id),
}
const nouns: Record<string, string> = {
  patientId: 'patients', relatedId: 'patients', branchId: 'branches', resourceId: 'resources', practitionerId: 'practitioners', practitionerIds: 'practitioners', placeId: 'places',
  visitTypeId: 'visit-types', priceItemId: 'price-items', staffId: 'staff', actorId: 'staff', appointmentId: 'appointments', orderId: 'orders', encounterId: 'encounters', invoiceId: 'invoices',
}

describe('whatever is sent', () => {
  const accepted = new Set<RouteKey>()
  const made = new Map<string, string[]>()
  // What is made comes first, so that what changes it finds something; the settings last, for a closed branch takes no visits.
  const turn = (key: string): number => (/^\w+ \/(branches|resources|visit-types|price-items|hours|staff|clinic|me|auth)/.test(key) ? 2 : key.startsWith('POST') && !key.includes(':') ? 0 : 1)
  const inOrder = [...answering].sort((a, b) => turn(a) - turn(b))

  test.each(inOrder)('%s never fails on our side', async (key) => {
    if (!(key in handlers)) return expect(keys).toContain(key)
    const spec = specOf(key)
    const noun = key.split(/[ /]/)[2] ?? ''
    const random = chance([...key].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7))
    const one = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? nobody
    const id = (name: string): string => one([...(fitting[name] ?? []), ...(made.get(name) ?? []).slice(-8), ...(random() < 0.1 ? [nobody, thames.patients.sara] : [])])
    for (let round = 0; round < 24; round += 1) {
      const straight = round % 3 === 0
      const fresh = castId(key, String(round))
      const uuid = (field: string): string => (field === 'id' ? (random() < 0.9 ? fresh : id(noun)) : id(nouns[field] ?? ''))
      const bent = (value: unknown): unknown => (straight ? value : spoil(value, random))
      const params = Object.fromEntries(Object.keys(paramsOf(key, '')).map((name) => [name, straight || random() < 0.8 ? id(noun) : one(['%00', 'x', '..', '\u202e', '1'])]))
      const query = spec.query ? bent(sample(spec.query, random, uuid)) : random() < 0.2 ? { surprise: '1' } : {}
      const body = spec.body ? bent(sample(spec.body, random, uuid)) : undefined
      const shot = { params, query: typeof query === 'object' && query !== null ? { ...query } : {}, body }
      const { status, text } = await shoot(key, personWho(spec.permission), shot)
      expect(status, `${JSON.stringify(shot).slice(0, 1500)} → ${text}`).toBeLessThan(500)
      if (spec.permission !== 'public') expect(status, text).not.toBe(401)
      if (status < 300) accepted.add(key)
      if (status === 201) made.set(noun, [...(made.get(noun) ?? []), fresh])
    }
  }, 60_000)

  test('much of it is taken: the samples reach behind the doors', () => {
    expect([...accepted].length, inOrder.filter((key) => !accepted.has(key)).join(', ')).toBeGreaterThan(answering.length / 3)
  })
})

describe('a body that is no JSON', () => {
  const url = '/api/patient-searches'
  test.each([
    ['broken UTF-8', Buffer.from([0x7b, 0x22, 0x74, 0x22, 0x3a, 0x22, 0xc3, 0x28, 0x22, 0x7d]), 'application/json', 400],
    ['an overlong form of a slash', Buffer.from([0x7b, 0x22, 0x74, 0x22, 0x3a, 0x22, 0xc0, 0xaf, 0x22, 0x7d]), 'application/json', 400],
    ['a prototype', Buffer.from('{"text":"x","__proto__":{"admin":true}}'), 'application/json', 400],
    ['half a surrogate pair', Buffer.from('{"text":"\\ud800"}'), 'application/json', 400],
    ['a NUL', Buffer.from('{"text":"a\\u0000b"}'), 'application/json', 400],
    ['an unknown field', Buffer.from('{"text":"x","more":1}'), 'application/json', 400],
    ['a number for a text', Buffer.from('{"text":12}'), 'application/json', 400],
    ['brackets without end', Buffer.from('['.repeat(20_000)), 'application/json', 400],
    ['cut off', Buffer.from('{"text":"x'), 'application/json', 400],
    ['a list', Buffer.from('[]'), 'application/json', 400],
    ['nothing', Buffer.alloc(0), 'application/json', 400],
    ['text', Buffer.from('{"text":"x"}'), 'text/plain', 415],
    ['a form', Buffer.from('text=x'), 'application/x-www-form-urlencoded', 415],
    ['XML', Buffer.from('<text/>'), 'application/xml', 415],
    ['too much', Buffer.from(JSON.stringify({ text: 'x'.repeat(70_000) })), 'application/json', 413],
  ])('%s is told as what it is', async (_what, payload, type, status) => {
    const headers = { authorization: `Bearer ${await api.tokenOf(hadar.staff.receptionist)}`, 'content-type': type }
    const answer = await api.app.inject({ method: 'POST', url, headers, payload })
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([status, 'application/problem+json'])
    expect(answer.json()).toMatchObject({ status, code: { 400: 'malformed', 413: 'body_too_large', 415: 'unsupported_media_type' }[status], instance: expect.stringMatching(/^urn:uuid:/) })
  })

  test('names the fields that are wrong with JSON pointers', async () => {
    const answer = await shoot('POST /patients', hadar.staff.receptionist, { body: { givenName: 'a\nb', phones: [{ number: 5 }], 'odd/name': 1 } })
    const pointers = (JSON.parse(answer.text) as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)
    expect(pointers).toEqual(expect.arrayContaining(['/id', '/givenName', '/phones/0/number', '/odd~1name']))
  })
})
