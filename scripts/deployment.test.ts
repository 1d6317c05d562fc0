import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const text = (path: string) => readFileSync(`${root}${path}`, 'utf8')

const settings = new Set([...text('.env.example').matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name))
const compose = text('docker-compose.yml')
const asked = [...compose.matchAll(/(?<!\$)\$\{([A-Z][A-Z0-9_]*)(:[?-])?/g)].map(([, name = '', operator]) => ({ name, operator }))
// Filled in by npm start or the image; a real clinic's compose has no use for them.
const notForCompose = new Set(['HOST', 'WEB_DIR', 'DATA_DIR', 'DATABASE_URL', 'DATABASE_OWNER_URL', 'REDIS_URL', 'DEMO', 'CLOCK_START', 'POST_OFFICE_URL', 'ACCOUNTING_STAND_IN_URL', 'TWILIO_API_BASE_URL'])

/** Names that a program's config reads, whichever of our ways it asks for them in. */
function namesReadBy(path: string): string[] {
  return [...text(path).matchAll(/(?:env\.|env\[')([A-Z][A-Z0-9_]+)|(?:text|Setting)\('([A-Z][A-Z0-9_]+)'/g)].map(([, first, second]) => first ?? second ?? '')
}

test('docker-compose.yml takes every setting of .env.example that it can use, and no other', () => {
  const expected = [...settings].filter((name) => name && !notForCompose.has(name)).sort()
  expect([...new Set(asked.map(({ name }) => name))].sort()).toEqual(expected)
})

test('docker-compose.yml has no password or key of its own and goes on without none of them', () => {
  const optional = ['METRICS_TOKEN', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'BOUNCE_KEY', 'DKIM_PRIVATE_KEY'] // without them what they open is shut, on disk, or unsigned
  const secrets = asked.filter(({ name }) => /PASSWORD|KEY|TOKEN|SMTP_URL/.test(name) && !optional.includes(name))
  expect(secrets.length).toBeGreaterThan(8)
  expect(secrets.filter(({ operator }) => operator !== ':?')).toEqual([])
})

test.each(['packages/runtime/src/launch/config.ts', 'packages/db/src/config.ts', 'apps/api/src/config.ts'])('every setting that %s reads is explained in .env.example', (path) => {
  const names = namesReadBy(path)
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => !settings.has(name))).toEqual([])
})

test('the files that the image and compose name are there, and the scripts are sound', () => {
  for (const [, path = ''] of compose.matchAll(/- \.\/(\S+?):/g)) expect(existsSync(`${root}${path}`), path).toBe(true)
  execFileSync('bash', ['-n', `${root}scripts/docker/postgres-init.sh`])
  for (const name of ['api', 'worker', 'migrate']) expect(text('scripts/build.mjs')).toContain(`  ${name}: '`)
})
