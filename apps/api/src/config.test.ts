import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { ConfigError } from '@yoman/use-cases/setting-reader'
import { readConfig } from './config.ts'

const pem = (type: 'ed25519' | 'x25519'): string =>
  (type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const key = Buffer.alloc(32, 1).toString('base64')
const enough = { DATABASE_URL: 'postgres://yoman:secret@db/yoman', DATA_KEY: key, BLIND_INDEX_KEY: key, JWT_PRIVATE_KEY: pem('ed25519') }

const problemsOf = (env: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

test('four settings are enough; the rest has a default', () => {
  expect(readConfig(enough)).toMatchObject({ host: '127.0.0.1', port: 3000, publicUrl: 'http://localhost:3000', demo: false, trustProxy: false, poolSize: 10, logLevel: 'info' })
})

test('tells everything that is missing at once', () => {
  expect(problemsOf({}).map((problem) => problem.split(' ')[0])).toEqual(['DATABASE_URL', 'DATA_KEY', 'BLIND_INDEX_KEY', 'JWT_PRIVATE_KEY'])
})

test('a key may be PEM or the PEM in base64, and must be of the right kind', () => {
  expect(problemsOf({ ...enough, JWT_PRIVATE_KEY: Buffer.from(pem('ed25519')).toString('base64') })).toEqual([])
  expect(problemsOf({ ...enough, JWT_PRIVATE_KEY: pem('x25519') })).toHaveLength(1)
})

test.each([
  ['PORT', 'http'], ['PORT', '70000'], ['PUBLIC_URL', 'clinic.example'], ['DATABASE_URL', 'mysql://yoman:secret@db/yoman'], ['DATA_KEY', 'c2hvcnQ='],
  ['DEMO', 'perhaps'], ['CLOCK_START', '2026-12-24T18:00:00Z'], ['POST_OFFICE_URL', 'http://127.0.0.1:1'], ['LOG_LEVEL', 'loud'], ['DATABASE_POOL', '0'],
])('refuses %s=%s in a sentence that names it', (name, value) => {
  const problems = problemsOf({ ...enough, [name]: value })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(new RegExp(`^${name} is .*\\.|^${name} is `))
})

test('never repeats a secret', () => {
  const text = problemsOf({ DATABASE_URL: 'mysql://yoman:hush@db/x', DATA_KEY: 'hush', BLIND_INDEX_KEY: 'hush', JWT_PRIVATE_KEY: 'hush' }).join('\n')
  expect(text).not.toContain('hush')
})

test('an empty setting is as good as none', () => {
  expect(readConfig({ ...enough, PORT: '', METRICS_TOKEN: ' ', TRUST_PROXY: '1' })).toMatchObject({ port: 3000, metricsToken: null, trustProxy: 1 })
})
