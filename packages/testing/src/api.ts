import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import pino from 'pino'
import { listenForNotices } from '@yoman/api/live/notices'
import { buildServer } from '@yoman/api/server'
import { makePasswords } from '@yoman/api/sessions/passwords'
import type { ApiServices } from '@yoman/api/services'
import type { Inputs, Outputs, RouteKey } from '@yoman/contract/routes'
import type { Instant } from '@yoman/domain/time'
import { type Clock, systemClock } from '@yoman/use-cases/clock'
import { afterAll } from 'vitest'
import { type Cast, type CastPerson, castNow, castPassword, insertCast } from './cast.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { testFiling } from './filing.ts'

/** What came back, with the body typed as the table says. Check the status before believing the type. */
export interface Answer<K extends RouteKey> {
  status: number
  body: Outputs[K]
  /** The problem, where the status says that it is one. */
  problem: { code: string; params?: Record<string, unknown>; errors?: { pointer: string; code: string }[] }
  raw: LightMyRequestResponse
}

type Given<K extends RouteKey> = Partial<{ [P in 'params' | 'query' | 'body' as Inputs[K][P] extends undefined ? never : P]: Inputs[K][P] }>

/** Calls one route of the table as one person. */
export type Call = <K extends RouteKey>(key: K, given?: Given<K>) => Promise<Answer<K>>

export interface TestApi {
  app: FastifyInstance
  database: TestDatabase
  cast: Cast
  services: ApiServices
  /** Where attachments' bytes lie. */
  filesFolder: string
  /** What signs its access tokens. */
  jwtKey: KeyObject
  /** A caller who has signed in, once per person. */
  as(person: CastPerson): Promise<Call>
  /** A caller who has not. */
  anonymous: Call
  /** Moves the business clock. */
  setNow(now: Instant): void
  /** Moves the clock of sessions, tokens and throttling by this many seconds. */
  passSeconds(seconds: number): void
  /** Makes that clock stand still, or run again: for tests that count its seconds. Access tokens go by real time. */
  freeze(still: boolean): void
  /** The access token behind `as(person)`. */
  tokenOf(person: CastPerson): Promise<string>
}

const jwtKey = generateKeyPairSync('ed25519').privateKey

/** A server of one test file on its own database with the cast in it, at `castNow`. Closed after the file's last test. */
export async function testApi(): Promise<TestApi> {
  const database = await testDatabase()
  const cast = await insertCast(database.apiPool)
  const filing = testFiling()
  let now = castNow
  let passed = 0
  let frozen: Instant | null = null
  const securityClock: Clock = { now: () => (frozen ?? systemClock.now()).add({ seconds: passed }) }
  const services: ApiServices = {
    pool: database.apiPool,
    vault: cast.vault,
    clock: { now: () => now },
    securityClock,
    passwords: makePasswords(),
    publicUrl: 'http://localhost:3000',
    demo: false,
    ...filing,
    taxAuthority: { clientId: 'yoman', oauthUrl: 'https://openapi.example/shaam/tsandbox' },
    twilio: { accountSid: 'AC00000000000000000000000000000001', authToken: 'twilio-token-of-tests' },
  }
  const logger = pino({ level: 'silent' })
  const notices = listenForNotices(database.url, logger)
  await notices.ready
  const app = await buildServer({ services, jwtKey, trustProxy: false, logger, notices, demo: null, webDir: null, metricsToken: null, heartbeatMs: 200 })
  afterAll(() => app.close())
  const tokens = new Map<string, Promise<string>>()
  const tokenOf = (person: CastPerson): Promise<string> => tokens.get(person.id) ?? remember(tokens, person.id, signIn(app, person))
  return {
    app,
    database,
    cast,
    services,
    filesFolder: filing.folder,
    jwtKey,
    anonymous: caller(app, async () => ({})),
    as: async (person) => caller(app, async () => ({ authorization: `Bearer ${await tokenOf(person)}` })),
    tokenOf,
    freeze: (still) => void (frozen = still ? systemClock.now() : null),
    setNow: (at) => void (now = at),
    passSeconds: (seconds) => {
      passed += seconds
      tokens.clear() // they would be too old now
    },
  }
}

function remember<T>(map: Map<string, T>, key: string, value: T): T {
  map.set(key, value)
  return value
}

async function signIn(app: FastifyInstance, person: CastPerson): Promise<string> {
  const { status, body, problem } = await caller(app, async () => ({}))('POST /auth/sign-in', { body: { email: person.email, password: castPassword } })
  if (status !== 200) throw new Error(`${person.email} could not sign in: ${problem.code}`)
  return body.accessToken
}

function caller(app: FastifyInstance, headers: () => Promise<Record<string, string>>): Call {
  return async (key, given = {}) => {
    const { params = {}, query, body } = given as { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown } // the generic names are what the table made of them
    const raw = await app.inject({
      method: key.split(' ')[0] as 'GET', // the table has only real methods
      url: urlOf(key, params, query),
      headers: await headers(),
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const json: unknown = raw.headers['content-type']?.toString().includes('json') ? raw.json() : null
    return { status: raw.statusCode, body: json as never, problem: json as never, raw } // typed by the table; the status tells which it is
  }
}

/** The address of a route with its parameters filled in. */
export function urlOf(key: string, params: Record<string, string> = {}, query: Record<string, unknown> = {}): string {
  const path = (key.split(' ')[1] ?? '').replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams(Object.entries(query).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [value].flat().map((one) => [name, String(one)]))))
  return `/api${path}${search.size > 0 ? `?${search}` : ''}`
}
