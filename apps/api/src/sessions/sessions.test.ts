import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { testApi, urlOf } from '@yoman/testing/api'
import { type CastPerson, castPassword } from '@yoman/testing/cast'
import { listenForNotices } from '../live/notices.ts'
import { buildServer } from '../server.ts'

const api = await testApi()
const { hadar } = api.cast
const ownPage = { 'x-yoman': '1', 'sec-fetch-site': 'same-origin' }
const cookieName = 'yoman-refresh'

interface Came {
  status: number
  code: string | undefined
  access: string
  cookie: string | undefined
  retryAfter: string | undefined
  raw: Awaited<ReturnType<typeof api.app.inject>>
}

async function post(key: 'POST /auth/sign-in' | 'POST /auth/refresh' | 'POST /auth/sign-out', more: { cookie?: string; headers?: Record<string, string>; payload?: object; ip?: string } = {}): Promise<Came> {
  const raw = await api.app.inject({
    method: 'POST',
    url: urlOf(key),
    remoteAddress: more.ip ?? '192.0.2.1',
    headers: more.headers ?? ownPage,
    ...(more.cookie === undefined ? {} : { cookies: { [cookieName]: more.cookie } }),
    ...(more.payload ? { payload: more.payload } : {}),
  })
  const json = raw.body === '' ? {} : raw.json<{ code?: string; accessToken?: string }>()
  const cookie = raw.cookies.find(({ name }) => name === cookieName)?.value
  return { status: raw.statusCode, code: json.code, access: json.accessToken ?? '', cookie, retryAfter: raw.headers['retry-after']?.toString(), raw }
}

const signIn = (person: CastPerson, password = castPassword, ip?: string): Promise<Came> => post('POST /auth/sign-in', { payload: { email: person.email, password }, ...(ip === undefined ? {} : { ip }) })
const refresh = (cookie: string | undefined, headers: Record<string, string> = ownPage): Promise<Came> => post('POST /auth/refresh', { headers, ...(cookie === undefined ? {} : { cookie }) })
const me = async (access: string): Promise<number> => (await api.app.inject({ url: '/api/me', headers: { authorization: `Bearer ${access}` } })).statusCode

afterEach(() => api.database.ownerPool.query('delete from sign_in_throttle'))

describe('the refresh cookie', () => {
  test('cannot be read by scripts or sent from other sites, and ends with the session', async () => {
    const { raw } = await signIn(hadar.staff.doctor)
    const cookie = raw.cookies.find(({ name }) => name === cookieName)
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' })
    expect(cookie?.domain).toBeUndefined()
    expect(raw.body).not.toContain(cookie?.value)
  })

  test('brings a new access token and is changed with each use', async () => {
    const opened = await signIn(hadar.staff.doctor)
    const next = await refresh(opened.cookie)
    expect([next.status, await me(next.access)]).toEqual([200, 200])
    expect(next.cookie).toMatch(/^[\w-]{43}$/)
    expect(next.cookie).not.toBe(opened.cookie)
  })

  test('two tabs that refresh at once both go on, and one cookie holds', async () => {
    const { cookie } = await signIn(hadar.staff.doctor)
    const tabs = await Promise.all(Array.from({ length: 6 }, () => refresh(cookie)))
    expect(tabs.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
    const cookies = tabs.flatMap((tab) => tab.cookie ?? [])
    expect(cookies).toHaveLength(1)
    expect((await refresh(cookies[0])).status).toBe(200)
  })

  test('survives that the answer with its successor was lost', async () => {
    const { cookie } = await signIn(hadar.staff.doctor)
    const lost = await refresh(cookie)
    api.passSeconds(60)
    const again = await refresh(cookie)
    expect([again.status, again.cookie !== undefined]).toEqual([200, true])
    expect((await refresh(again.cookie)).status).toBe(200)
    // Whoever does hold the lost one is not the person who went on.
    expect((await refresh(lost.cookie)).status).toBe(401)
    expect(await me(again.access)).toBe(401)
  })

  test('in two hands ends the session for both', async () => {
    const { cookie } = await signIn(hadar.staff.doctor)
    const second = await refresh(cookie)
    const third = await refresh(second.cookie)
    api.passSeconds(60)
    expect((await refresh(cookie)).status).toBe(401)
    expect((await refresh(third.cookie)).status).toBe(401)
    const { rows } = await api.database.ownerPool.query(`select revoke_reason from session where revoke_reason = 'refresh_reuse'`)
    expect(rows.length).toBeGreaterThan(0)
  })

  test.each([
    ['another site', { 'x-yoman': '1', 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'x-yoman': '1', 'sec-fetch-site': 'same-site' }],
    ['another origin', { 'x-yoman': '1', origin: 'https://evil.example' }],
    ['an opaque origin', { 'x-yoman': '1', origin: 'null' }],
    ['nowhere', { 'x-yoman': '1' }],
    ['a form', { 'sec-fetch-site': 'same-origin' }],
  ])('is not taken from %s', async (_where, headers) => {
    const { cookie } = await signIn(hadar.staff.doctor)
    for (const key of ['POST /auth/refresh', 'POST /auth/sign-out'] as const) {
      const { status, code } = await post(key, { headers, ...(cookie === undefined ? {} : { cookie }) })
      expect([status, code]).toEqual([403, 'cross_site'])
    }
    expect((await refresh(cookie, { 'x-yoman': '1', origin: 'http://localhost:3000' })).status).toBe(200)
  })

  test.each(['', 'x', 'x'.repeat(43), '../../etc/passwd', 'x'.repeat(5_000)])('that is nonsense opens nothing', async (cookie) => {
    expect((await refresh(cookie)).status).toBe(401)
  })
})

describe('a session', () => {
  test('ends at once with sign-out, access token and cookie alike', async () => {
    const { access, cookie } = await signIn(hadar.staff.doctor)
    const out = await post('POST /auth/sign-out', cookie === undefined ? {} : { cookie })
    expect(out.status).toBe(204)
    expect(out.raw.headers['clear-site-data']).toBe('"cache"')
    expect([await me(access), (await refresh(cookie)).status]).toEqual([401, 401])
    expect((await post('POST /auth/sign-out', cookie === undefined ? {} : { cookie })).status).toBe(204)
  })

  test('that was ended in one process is over in the others', async () => {
    const logger = pino({ level: 'silent' })
    const notices = listenForNotices(api.database.url, logger)
    await notices.ready
    const other = await buildServer({ services: api.services, jwtKey: api.jwtKey, trustProxy: false, logger, notices, demo: null, webDir: null, metricsToken: null })
    const { access, cookie } = await signIn(hadar.staff.doctor)
    const there = async (): Promise<number> => (await other.inject({ url: '/api/me', headers: { authorization: `Bearer ${access}` } })).statusCode
    expect(await there()).toBe(200)
    await post('POST /auth/sign-out', cookie === undefined ? {} : { cookie })
    await expect.poll(there, { timeout: 1_000, interval: 10 }).toBe(401) // sooner than it would be forgotten by itself
    await other.close()
  })

  test('ends after half an hour in which nobody touched anything, however often a page asks', async () => {
    let { cookie } = await signIn(hadar.staff.doctor)
    for (let minute = 0; minute < 28; minute += 4) {
      api.passSeconds(240)
      const next = await refresh(cookie, { ...ownPage, 'x-idle-seconds': String((minute + 4) * 60) })
      expect(next.status).toBe(200)
      cookie = next.cookie
    }
    api.passSeconds(240)
    expect((await refresh(cookie, { ...ownPage, 'x-idle-seconds': '1920' })).status).toBe(401)
  })

  test('ends after ten hours of work', async () => {
    let { cookie } = await signIn(hadar.staff.doctor)
    for (let hour = 0; hour < 9.5; hour += 0.4) {
      api.passSeconds(1440)
      const next = await refresh(cookie)
      expect(next.status, `after ${hour} hours`).toBe(200)
      cookie = next.cookie
    }
    api.passSeconds(1440)
    expect((await refresh(cookie)).status).toBe(401)
  })

  test('does not follow the demo’s clock', async () => {
    const { access } = await signIn(hadar.staff.doctor)
    api.setNow(api.services.clock.now().add({ hours: 24 * 30 }))
    expect(await me(access)).toBe(200)
  })
})

describe('guessing', () => {
  beforeAll(() => api.freeze(true))
  afterAll(() => api.freeze(false))

  const wrong = (person: CastPerson, ip?: string): Promise<Came> => signIn(person, 'not the password', ip)

  test('becomes slow after five tries, and the right password must wait too', async () => {
    for (let guess = 0; guess < 5; guess += 1) expect((await wrong(hadar.staff.hygienist)).status).toBe(401)
    const blocked = await signIn(hadar.staff.hygienist)
    expect([blocked.status, blocked.code, blocked.retryAfter]).toEqual([429, 'too_many_attempts', '1'])
    api.passSeconds(2)
    expect((await signIn(hadar.staff.hygienist)).status).toBe(200)
    expect((await wrong(hadar.staff.hygienist)).status).toBe(401)
  })

  test('waits twice as long each time, up to a quarter of an hour', async () => {
    const waits: number[] = []
    for (let guess = 0; guess < 4; guess += 1) await wrong(hadar.staff.assistant)
    for (let guess = 0; guess < 12; guess += 1) {
      expect((await wrong(hadar.staff.assistant)).status).toBe(401)
      const wait = Number((await wrong(hadar.staff.assistant)).retryAfter)
      waits.push(wait)
      api.passSeconds(wait)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
  }, 60_000)

  test('in parallel gains nothing', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => wrong(hadar.staff.accountant)))
    const looked = answers.filter(({ status }) => status === 401).length
    expect(looked).toBeLessThanOrEqual(6)
    expect(answers.every(({ status }) => status === 401 || status === 429 || status === 503)).toBe(true)
  }, 60_000)

  test('from one network keeps nobody out elsewhere', async () => {
    for (let guess = 0; guess < 8; guess += 1) await wrong(hadar.staff.owner, '198.51.100.7')
    expect((await signIn(hadar.staff.owner, castPassword, '198.51.100.99')).status).toBe(429)
    expect((await signIn(hadar.staff.owner, castPassword, '203.0.113.5')).status).toBe(200)
  })

  test('at an address that nobody has is as slow, and leaves no account', async () => {
    const nobody = { ...hadar.staff.owner, email: 'nobody@nowhere.example' }
    for (let guess = 0; guess < 5; guess += 1) expect((await wrong(nobody)).code).toBe('sign_in_failed')
    expect((await wrong(nobody)).status).toBe(429)
  })

  test('leaves its trace in the clinic’s audit trail', async () => {
    await wrong(hadar.staff.receptionist)
    const { rows } = await api.database.ownerPool.query(`select actor_kind, actor_id, outcome from event where name = 'session.refused' and subject_id = $1`, [hadar.staff.receptionist.id])
    expect(rows).toEqual([{ actor_kind: 'anonymous', actor_id: null, outcome: 'refused' }])
  })
})
