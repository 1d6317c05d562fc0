import { generateKeyPairSync } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import fastify from 'fastify'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '@yoman/db/connect'
import { defaultPreferences } from '@yoman/domain/preferences/preferences'
import { instant } from '@yoman/domain/time'
import { systemClock } from '@yoman/use-cases/clock'
import { demoClock } from '@yoman/use-cases/demo-clock'
import { castNow, castPassword, insertCast } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { testFiling } from '@yoman/testing/filing'
import { freePort } from '@yoman/runtime/free-port'
import { demandPermissions, serve } from './http/serve.ts'
import { listenForNotices } from './live/notices.ts'
import { buildServer } from './server.ts'
import { makePasswords } from './sessions/passwords.ts'

const database = await testDatabase()
const cast = await insertCast(database.apiPool)
const jwtKey = generateKeyPairSync('ed25519').privateKey
const passwords = makePasswords()
const written: string[] = []
const logger = pino({ level: 'trace' }, new Writable({ write: (line, _encoding, done) => (written.push(String(line)), done()) }))
const webDir = await mkdtemp(join(tmpdir(), 'yoman-web-'))
const clock = demoClock(database.apiPool)
const posted: { url: string | undefined; body: string }[] = []
const postOffice = createServer((request, response) => {
  let body = ''
  request.on('data', (piece: Buffer) => (body += piece.toString()))
  request.on('end', () => {
    posted.push({ url: request.url, body })
    response.writeHead(201, { 'content-type': 'text/html', 'set-cookie': 'no=thanks' }).end('<p>post</p>')
  })
})
const postPort = await freePort()
const base = { ...testFiling(), vault: cast.vault, securityClock: systemClock, passwords, publicUrl: 'http://localhost:3000', twilio: { accountSid: null, authToken: null } }
const demo = await buildServer({
  services: { ...base, pool: database.apiPool, clock, demo: true },
  jwtKey, trustProxy: false, logger, notices: listenForNotices(database.url, logger), demo: { clock, postOfficeUrl: `http://127.0.0.1:${postPort}` }, webDir, metricsToken: null,
})

beforeAll(async () => {
  await mkdir(join(webDir, 'assets'))
  await writeFile(join(webDir, 'index.html'), '<!doctype html><title>יומן</title>')
  await writeFile(join(webDir, 'assets', 'main-1a2b3c.js'), 'export {}')
  await writeFile(join(webDir, '.secret'), 'hidden')
  await new Promise<void>((resolve) => postOffice.listen(postPort, '127.0.0.1', resolve))
})
afterAll(async () => {
  await demo.close()
  await new Promise((resolve) => postOffice.close(resolve))
  await rm(webDir, { recursive: true })
})

describe('the screens', () => {
  test.each(['/', '/diary/2026-11-22', '/patients/שרה', '/setup'])('%s is the one page, never kept', async (url) => {
    const answer = await demo.inject({ url: encodeURI(url) })
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-cache'])
    expect(answer.body).toContain('יומן')
  })

  test('a hashed file is kept for a year', async () => {
    const answer = await demo.inject({ url: '/assets/main-1a2b3c.js' })
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable'])
  })

  test.each(['/assets/gone.js', '/.secret', '/..%2f..%2fpackage.json', '/assets/%2e%2e/%2e%2e/package.json', '/assets/..%5c..%5cpackage.json', '/api/none', '/api', '/assets/main%00.js'])('%s is nothing', async (url) => {
    const answer = await demo.inject({ url })
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([answer.statusCode === 400 ? 400 : 404, 'application/problem+json'])
    expect(answer.body).not.toContain('hidden')
  })

  test('every answer forbids scripts of others, frames and guessing', async () => {
    for (const url of ['/', '/api/me', '/livez', '/api/none']) {
      const { headers } = await demo.inject({ url })
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'cross-origin-resource-policy': 'same-origin' })
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(headers['content-security-policy']).not.toContain('unsafe')
    }
    expect((await demo.inject({ url: '/api/me' })).headers['cache-control']).toBe('no-store')
  })
})

describe('a demo', () => {
  const move = (payload: object) => demo.inject({ method: 'POST', url: '/dev/clock', payload })

  test('moves its clock for every process that listens', async () => {
    const other = demoClock(database.workerPool)
    const moved = await move({ to: '2026-12-24T18:00:00Z' })
    const { now, offsetMs } = moved.json<{ now: string; offsetMs: number }>()
    expect(now).toMatch(/^2026-12-24T18:00:0/)
    await other.reload()
    expect(other.offsetMs()).toBe(offsetMs)
    expect(other.now().since(instant('2026-12-24T18:00:00Z')).total('seconds')).toBeLessThan(30)
    expect((await move({ offsetMs: 0 })).json()).toMatchObject({ offsetMs: 0 })
  })

  test.each([{}, { to: 'tomorrow' }, { offsetMs: 'a lot' }, { offsetMs: 1e15 }, { to: '2199-01-01T00:00:00Z' }, { to: '2026-12-24T18:00:00Z', offsetMs: 1 }])('does not move it to %j', async (payload) => {
    expect((await move(payload)).statusCode).toBe(400)
  })

  test('is not moved by another site', async () => {
    const answer = await demo.inject({ method: 'POST', url: '/dev/clock', payload: { offsetMs: 0 }, headers: { origin: 'https://evil.example' } })
    expect(answer.statusCode).toBe(403)
  })

  test('shows its post office under the same address, and takes no cookies from it', async () => {
    const answer = await demo.inject({ method: 'POST', url: '/dev/post/api/replies?x=1', payload: '{"text":"1"}', headers: { 'content-type': 'application/json' } })
    expect([answer.statusCode, answer.body, answer.headers['set-cookie']]).toEqual([201, '<p>post</p>', undefined])
    expect(posted).toEqual([{ url: '/dev/post/api/replies?x=1', body: '{"text":"1"}' }])
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'self'")
  })
})

describe('whoever runs it', () => {
  test('asks whether it lives and can work', async () => {
    for (const url of ['/livez', '/readyz']) expect((await demo.inject({ url })).json()).toEqual({ status: 'ok' })
  })

  test('reads the metrics on the machine itself, but not through a proxy on it', async () => {
    await demo.inject({ url: '/api/me' })
    const here = await demo.inject({ url: '/metrics', remoteAddress: '127.0.0.1' })
    expect(here.body).toContain('http_request_seconds_count{method="GET",route="GET /me",status="401"}')
    expect(here.body).toContain('db_connections{state="idle"}')
    expect((await demo.inject({ url: '/metrics', remoteAddress: '192.0.2.9' })).statusCode).toBe(404)
    expect((await demo.inject({ url: '/metrics', remoteAddress: '127.0.0.1', headers: { 'x-forwarded-for': '192.0.2.9' } })).statusCode).toBe(404)
  })

  test('finds in the log what happened, and nothing about anybody', async () => {
    const { email } = cast.hadar.staff.receptionist
    const opened = await demo.inject({ method: 'POST', url: '/api/auth/sign-in', payload: { email, password: castPassword } })
    const { accessToken } = opened.json<{ accessToken: string }>()
    const headers = { authorization: `Bearer ${accessToken}` }
    await demo.inject({ method: 'POST', url: '/api/patient-searches', payload: { text: 'שרה' }, headers })
    await demo.inject({ url: `/api/patients/${cast.hadar.patients.sara}?text=שרה`, headers })
    await demo.inject({ method: 'POST', url: '/api/auth/sign-in', payload: `{"email":"${email}","password":` , headers: { 'content-type': 'application/json' } })
    const log = written.join('')
    expect(log).toContain('"route":"POST /patient-searches"')
    for (const secret of ['שרה', email, castPassword, accessToken, 'לוי', '0501234501', '000000018']) expect(log.includes(secret), secret).toBe(false)
  })
})

test('with the database away it says so, and to come back', async () => {
  const pool = connect({ url: `postgres://nobody@127.0.0.1:${await freePort()}/none`, role: 'yoman_api', onError: () => undefined })
  const notices = listenForNotices('postgres://nobody@127.0.0.1:1/none', logger)
  const app = await buildServer({ services: { ...base, pool, clock: systemClock, demo: false }, jwtKey, trustProxy: false, logger, notices, demo: null, webDir: null, metricsToken: 'a token' })
  try {
    expect((await app.inject({ url: '/livez' })).statusCode).toBe(200)
    expect((await app.inject({ url: '/readyz' })).statusCode).toBe(503)
    const answer = await app.inject({ method: 'POST', url: '/api/auth/sign-in', payload: { email: 'a@b.example', password: 'x' } })
    expect([answer.statusCode, answer.json<{ code: string }>().code, answer.headers['retry-after']]).toEqual([503, 'unavailable', '2'])
    expect((await app.inject({ url: '/metrics' })).statusCode).toBe(404)
    expect((await app.inject({ url: '/metrics', headers: { authorization: 'Bearer a token' } })).statusCode).toBe(200)
  } finally {
    await app.close()
    await pool.end()
  }
})

test('does not start with a route that nobody said who may use', () => {
  const app = fastify()
  demandPermissions(app)
  expect(() => app.get('/open', () => 'oops')).toThrow('says no permission or audit')
})

describe('what a handler says beyond its schema', () => {
  const find = async () => ({ staffId: cast.hadar.staff.doctor.id, idleUntil: castNow.add({ hours: 1e6 }), absoluteUntil: castNow.add({ hours: 1e6 }), roles: ['doctor' as const], branchIds: [] })
  const services = { ...base, pool: database.apiPool, clock: { now: () => castNow }, demo: false }

  test('never leaves the server, and a record shown without saying whose fails', async () => {
    const { registerTokens, signAccessToken } = await import('./http/auth.ts')
    const { sendProblem } = await import('./http/problems.ts')
    const { formats, formatsPlugin } = await import('./http/formats.ts')
    const app = fastify({ ajv: { plugins: [formatsPlugin] }, serializerOpts: { ajv: { formats } } })
    app.decorateRequest('authenticated', null)
    app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
    await registerTokens(app, jwtKey)
    const clinic = { id: cast.hadar.id, name: 'x', nameEn: '', language: 'he', currency: 'ILS' }
    const me = { staffId: cast.hadar.staff.doctor.id, name: 'x', nameEn: '', email: 'x', language: 'he' as const, roles: [], permissions: [], practitionerId: null, preferences: defaultPreferences, clinic, branches: [], now: castNow.toString(), demo: false }
    serve(app, services, { 'GET /me': async () => ({ ...me, nationalId: '000000018' }), 'GET /patients/:id': async () => ({}) as never }, { find, forget: () => undefined })
    // What the second handler answers does not matter: it does not say whose record it shows.
    const authorization = `Bearer ${signAccessToken(app, { clinicId: cast.hadar.id, staffId: cast.hadar.staff.doctor.id, sessionId: cast.hadar.id })}`
    const answer = await app.inject({ url: '/api/me', headers: { authorization } })
    expect(answer.json()).toEqual(me)
    const failed = await app.inject({ url: `/api/patients/${cast.hadar.patients.sara}`, headers: { authorization } })
    expect(failed.json()).toEqual({ type: 'urn:yoman:problem:internal', title: 'Something went wrong on our side', status: 500, code: 'internal', instance: expect.stringMatching(/^urn:uuid:/) })
    await app.close()
  })
})
