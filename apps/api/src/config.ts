import { createPrivateKey, type KeyObject } from 'node:crypto'
import { instant } from '@yoman/domain/time'

export interface ApiConfig {
  host: string
  port: number
  publicUrl: string
  databaseUrl: string
  /** Connections to the database, for each process. */
  poolSize: number
  dataKey: Buffer
  blindIndexKey: Buffer
  jwtKey: KeyObject
  demo: boolean
  clockStart: string | null
  postOfficeUrl: string | null
  /** Whose X-Forwarded-* headers are believed: false for nobody, a number of hops, or addresses. */
  trustProxy: false | number | string
  metricsToken: string | null
  logLevel: string
  twilio: { accountSid: string | null; authToken: string | null }
  /** Where the built screens lie; null serves the API alone. */
  webDir: string | null
}

/** Every setting that is wrong or missing, each in a sentence. */
export class ConfigError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The settings are not right:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** Reads and checks all settings; throws one `ConfigError` with everything that is wrong. Secrets are never part of its text. */
export function readConfig(env: NodeJS.ProcessEnv): ApiConfig {
  const problems: string[] = []
  const say = (problem: string): void => void problems.push(problem)
  const text = (name: string): string | null => env[name]?.trim() || null
  const port = whole(text('PORT'), 3000, 'PORT', 0, 65_535, say)
  const demo = flag(text('DEMO'), 'DEMO', say)
  const config = {
    host: text('HOST') ?? '127.0.0.1',
    port,
    publicUrl: url(text('PUBLIC_URL') ?? `http://localhost:${port}`, 'PUBLIC_URL', ['http:', 'https:'], say),
    databaseUrl: url(text('DATABASE_URL'), 'DATABASE_URL', ['postgres:', 'postgresql:'], say),
    poolSize: whole(text('DATABASE_POOL'), 10, 'DATABASE_POOL', 2, 200, say),
    dataKey: key(text('DATA_KEY'), 'DATA_KEY', say),
    blindIndexKey: key(text('BLIND_INDEX_KEY'), 'BLIND_INDEX_KEY', say),
    jwtKey: privateKey(text('JWT_PRIVATE_KEY'), say),
    demo,
    clockStart: clockStart(text('CLOCK_START'), demo, say),
    postOfficeUrl: postOffice(text('POST_OFFICE_URL'), demo, say),
    trustProxy: trust(text('TRUST_PROXY')),
    metricsToken: text('METRICS_TOKEN'),
    logLevel: oneOf(text('LOG_LEVEL') ?? 'info', 'LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], say),
    twilio: { accountSid: text('TWILIO_ACCOUNT_SID'), authToken: text('TWILIO_AUTH_TOKEN') },
    webDir: text('WEB_DIR'),
  }
  if (problems.length > 0) throw new ConfigError(problems)
  // Every null was told as a problem above.
  return config as ApiConfig
}

type Say = (problem: string) => void

function whole(given: string | null, otherwise: number, name: string, least: number, most: number, say: Say): number {
  if (given === null) return otherwise
  const value = Number(given)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  say(`${name} is "${given}"; it must be a whole number from ${least} to ${most}.`)
  return otherwise
}

function flag(given: string | null, name: string, say: Say): boolean {
  if (given === null || given === '0' || given === 'false') return false
  if (given === '1' || given === 'true') return true
  say(`${name} is "${given}"; it must be 1 or 0.`)
  return false
}

function url(given: string | null, name: string, protocols: readonly string[], say: Say): string | null {
  if (given === null) {
    say(`${name} is not set; it must be an address that begins with ${protocols[0]}//.`)
    return null
  }
  // The address may hold a password, so it is not repeated.
  if (!URL.canParse(given) || !protocols.includes(new URL(given).protocol)) say(`${name} is not an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`)
  return given
}

function key(given: string | null, name: string, say: Say): Buffer | null {
  const bytes = given === null ? null : Buffer.from(given, 'base64')
  if (bytes?.length === 32) return bytes
  say(`${name} ${given === null ? 'is not set' : 'is wrong'}; it must be 32 random bytes in base64. Make one with: openssl rand -base64 32`)
  return null
}

function privateKey(given: string | null, say: Say): KeyObject | null {
  const how = 'it must be an Ed25519 private key in PEM, or that PEM in base64. Make one with: openssl genpkey -algorithm ed25519 | base64 -w0'
  if (given === null) {
    say(`JWT_PRIVATE_KEY is not set; ${how}`)
    return null
  }
  const pem = given.includes('-----BEGIN') ? given : Buffer.from(given, 'base64').toString('utf8')
  try {
    const made = createPrivateKey(pem.trim())
    if (made.asymmetricKeyType === 'ed25519') return made
  } catch {
    // told below, together with keys of another kind
  }
  say(`JWT_PRIVATE_KEY is wrong; ${how}`)
  return null
}

function clockStart(given: string | null, demo: boolean, say: Say): string | null {
  if (given === null) return null
  if (!demo) say('CLOCK_START is set without DEMO=1; only a demo may move its clock.')
  try {
    return instant(given).toString()
  } catch {
    say(`CLOCK_START is "${given}"; it must be an instant such as 2026-11-23T08:00:00Z.`)
    return null
  }
}

function postOffice(given: string | null, demo: boolean, say: Say): string | null {
  if (given === null) return null
  if (!demo) say('POST_OFFICE_URL is set without DEMO=1; only a demo has a post office.')
  return url(given, 'POST_OFFICE_URL', ['http:'], say)
}

function trust(given: string | null): false | number | string {
  if (given === null || given === '0' || given === 'false') return false
  return /^\d+$/.test(given) ? Number(given) : given
}

function oneOf(given: string, name: string, words: readonly string[], say: Say): string {
  if (!words.includes(given)) say(`${name} is "${given}"; it must be one of ${words.join(', ')}.`)
  return given
}
