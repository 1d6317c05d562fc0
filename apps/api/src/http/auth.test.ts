import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { systemClock } from '@yoman/use-cases/clock'
import { testApi } from '@yoman/testing/api'
import { castId } from '@yoman/testing/cast'

const api = await testApi()
const { hadar, thames } = api.cast
const good = await api.tokenOf(hadar.staff.doctor)
const claims = JSON.parse(Buffer.from(good.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown> // our own token
const now = Math.floor(systemClock.now().epochMilliseconds / 1000)
const stranger = generateKeyPairSync('ed25519').privateKey

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const header = { alg: 'EdDSA', typ: 'at+jwt' }

function token(over: Record<string, unknown> = {}, head: Record<string, unknown> = {}, key: KeyObject = api.jwtKey): string {
  const payload = Object.fromEntries(Object.entries({ ...claims, ...over }).filter(([, value]) => value !== undefined))
  const signed = `${part({ ...header, ...head })}.${part(payload)}`
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
}

function hmacToken(alg: string, key: string | Buffer): string {
  const signed = `${part({ ...header, alg })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}

const ask = async (authorization: string): Promise<number> => (await api.app.inject({ url: '/api/me', headers: { authorization } })).statusCode
const publicPem = createPublicKey(api.jwtKey).export({ type: 'spki', format: 'pem' }).toString()
const [head = '', body = '', signature = ''] = good.split('.')

test('takes its own token, and one made the same way', async () => {
  expect(await ask(`Bearer ${good}`)).toBe(200)
  expect(await ask(`Bearer ${token()}`)).toBe(200)
})

test.each([
  ['no algorithm', `${part({ ...header, alg: 'none' })}.${body}.`],
  ['no algorithm, spelt otherwise', `${part({ ...header, alg: 'None' })}.${body}.${signature}`],
  ['a shared secret made of the public key', hmacToken('HS256', publicPem)],
  ['a shared secret made of the trimmed public key', hmacToken('HS256', publicPem.trim())],
  ['an empty shared secret', hmacToken('HS256', Buffer.alloc(1))],
  ['another key', token({}, {}, stranger)],
  ['no signature', `${head}.${body}.`],
  ['a cut signature', `${head}.${body}.${signature.slice(0, -4)}`],
  ['a fourth part', `${good}.${signature}`],
  ['a padded signature', `${good}==`],
  ['changed claims', `${head}.${part({ ...claims, sub: hadar.staff.owner.id })}.${signature}`],
  ['a critical header nobody knows', token({}, { crit: ['x'], x: 1 })],
  ['another type', token({}, { typ: 'JWT' })],
  ['no type', token({}, { typ: undefined })],
  ['expired', token({ iat: now - 900, exp: now - 600 })],
  ['too old for its claims', token({ iat: now - 4_000, exp: now + 4_000 })],
  ['not yet valid', token({ nbf: now + 600 })],
  ['made in the future', token({ iat: now + 3_600, exp: now + 3_900 })],
  ['without an end', token({ exp: undefined })],
  ['an end in words', token({ exp: 'never' })],
  ['without an audience', token({ aud: undefined })],
  ['for another audience', token({ aud: 'yoman-refresh' })],
  ['of another issuer', token({ iss: 'somebody' })],
  ['of several issuers', token({ iss: ['yoman-auth'] })],
  ['without a session', token({ sid: undefined })],
  ['with a session that never was', token({ sid: castId('no session') })],
  ['with a session that is no id', token({ sid: "'; drop table session; --" })],
  ['with a clinic that is no id', token({ cid: "x'; select 1; --" })],
  ['pointing at another clinic', token({ cid: thames.id })],
  ['of another person', token({ sub: hadar.staff.owner.id })],
  ['without a person', token({ sub: undefined })],
])('refuses a token with %s', async (_what, hostile) => {
  expect(await ask(`Bearer ${hostile}`)).toBe(401)
})

test('takes no token from anywhere but the Authorization header', async () => {
  const elsewhere = [
    { url: `/api/me?token=${good}` },
    { url: '/api/me', headers: { cookie: `token=${good}; yoman-refresh=${good}` } },
    { url: '/api/me', headers: { 'x-access-token': good } },
    { url: '/api/me', headers: { authorization: `Basic ${good}` } },
    { url: '/api/me', headers: { authorization: good } },
  ]
  for (const request of elsewhere) expect((await api.app.inject(request)).statusCode, JSON.stringify(request).slice(0, 60)).toBe(401)
})

test('a header that names a file or an address is no more than text', async () => {
  expect(await ask(`Bearer ${token({}, { kid: '../../dev/null', jku: 'https://example.com/keys' })}`)).toBe(200)
})
