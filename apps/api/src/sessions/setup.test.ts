import { afterAll, expect, test } from 'vitest'
import pino from 'pino'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { systemClock } from '@yoman/use-cases/clock'
import { offerSetup } from '@yoman/use-cases/sessions/set-up'
import { urlOf } from '@yoman/testing/api'
import { testVault } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { testFiling } from '@yoman/testing/filing'
import { listenForNotices } from '../live/notices.ts'
import { buildServer } from '../server.ts'
import { makePasswords } from './passwords.ts'

const database = await testDatabase()
const logger = pino({ level: 'silent' })
const services = { ...testFiling(), pool: database.apiPool, vault: testVault(), clock: systemClock, securityClock: systemClock, passwords: makePasswords(), publicUrl: 'https://clinic.example', demo: false, twilio: { accountSid: null, authToken: null } }
const notices = listenForNotices(database.url, logger)
const app = await buildServer({ services, jwtKey: generateKeyPairSync('ed25519').privateKey, trustProxy: false, logger, notices, demo: null, webDir: null, metricsToken: null })
afterAll(() => app.close())

const clinic = { clinicName: 'מרפאה חדשה', branchName: 'סניף ראשון', ownerName: 'רונית', email: 'Ronit@Clinic.example', password: 'a long enough phrase', language: 'he' }
const setUp = (secret: string, more: object = {}) => app.inject({ method: 'POST', url: urlOf('POST /setup'), payload: { ...clinic, ...more, secret } })

test('an empty system is set up once, with the newest link alone and within a day', async () => {
  const old = (await offerSetup(database.apiPool, systemClock.now().subtract({ hours: 25 }))) ?? ''
  expect((await setUp(old)).json()).toMatchObject({ status: 410, code: 'setup_link_invalid' })
  const first = (await offerSetup(database.apiPool, systemClock.now())) ?? ''
  const second = (await offerSetup(database.apiPool, systemClock.now())) ?? ''
  expect((await setUp(first)).json()).toMatchObject({ status: 410, code: 'setup_link_invalid' })
  expect((await setUp(second, { password: 'short' })).json()).toMatchObject({ status: 422, code: 'password_too_short' })
  const answers = await Promise.all([setUp(second), setUp(second)])
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 410])
  expect(await offerSetup(database.apiPool, systemClock.now())).toBeNull()
})

test('a link that another process offered at the same moment makes no second clinic', async () => {
  const hash = createHash('sha256').update('the other process offered this').digest()
  await database.db.insertInto('setup_link').values({ hash, expires_at: systemClock.now().add({ hours: 1 }), used_at: null }).execute()
  expect((await setUp('the other process offered this', { email: 'second@clinic.example' })).json()).toMatchObject({ code: 'setup_link_invalid' })
})

test('a stranger who guesses links keeps nobody from signing in', async () => {
  const guesses = Array.from({ length: 60 }, (_, index) => setUp(`a guess of some length ${index}`))
  const opened = app.inject({ method: 'POST', url: '/api/auth/sign-in', payload: { email: 'nobody@clinic.example', password: clinic.password } })
  expect(new Set((await Promise.all(guesses)).map(({ statusCode }) => statusCode))).toEqual(new Set([410]))
  expect((await opened).json()).toMatchObject({ code: 'sign_in_failed' })
})

test('its owner signs in, and over https the cookie is bound to the host', async () => {
  const opened = await app.inject({ method: 'POST', url: '/api/auth/sign-in', payload: { email: 'ronit@clinic.example', password: clinic.password } })
  expect(opened.json()).toMatchObject({ me: { name: 'רונית', roles: ['owner'], clinic: { name: 'מרפאה חדשה' }, branches: [{ name: 'סניף ראשון', timeZone: 'Asia/Jerusalem' }] } })
  expect(opened.cookies[0]).toMatchObject({ name: '__Host-yoman-refresh', secure: true, httpOnly: true, sameSite: 'Strict', path: '/' })
  expect(opened.headers['strict-transport-security']).toContain('max-age=')
})

test('the demo’s doors are not there', async () => {
  for (const url of ['/dev/clock', '/dev/post', '/dev/post/api/sms']) expect((await app.inject({ url })).statusCode).toBe(404)
  expect((await app.inject({ method: 'POST', url: '/dev/clock', payload: { offsetMs: 1 } })).statusCode).toBe(404)
})
