import { createPrivateKey, type KeyObject } from 'node:crypto'
import { type FileStoreConfig, readFileStoreConfig } from '@yoman/file-store/config'
import { instant } from '@yoman/domain/time'
import { readAccountingOrigins } from '@yoman/use-cases/accounting/origins'
import type { AttachmentLimits } from '@yoman/use-cases/attachments/context'
import { logLevels, type SettingReader, settingReader } from '@yoman/use-cases/setting-reader'

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
  /** Null: this installation is not registered with the Tax Authority. The secret is the worker's. */
  taxAuthority: { clientId: string; oauthUrl: string } | null
  /** Origins of accounting services that need be neither public nor https. */
  accountingOrigins: readonly string[]
  /** A demo's stand-in for them. */
  accountingStandIn: string | null
  /** Null: returned mail is not taken. */
  bounceKey: string | null
  /** Where the built screens lie; null serves the API alone. */
  webDir: string | null
  files: FileStoreConfig
  attachmentLimits: AttachmentLimits
}

/** Reads and checks all settings; throws one `ConfigError` with everything that is wrong. Secrets are never part of its text. */
export function readConfig(env: NodeJS.ProcessEnv): ApiConfig {
  const read = settingReader(env)
  const port = read.whole('PORT', 3000, 0, 65_535)
  const demo = read.flag('DEMO')
  const config = {
    host: read.text('HOST') ?? '127.0.0.1',
    port,
    publicUrl: read.url('PUBLIC_URL', ['http:', 'https:'], `http://localhost:${port}`),
    databaseUrl: read.url('DATABASE_URL', ['postgres:', 'postgresql:']),
    poolSize: read.whole('DATABASE_POOL', 10, 2, 200),
    dataKey: read.key('DATA_KEY'),
    blindIndexKey: read.key('BLIND_INDEX_KEY'),
    jwtKey: privateKey(read),
    demo,
    clockStart: clockStart(read, demo),
    postOfficeUrl: postOffice(read, demo),
    trustProxy: trust(read.text('TRUST_PROXY')),
    metricsToken: read.text('METRICS_TOKEN'),
    logLevel: read.oneOf('LOG_LEVEL', 'info', logLevels),
    twilio: { accountSid: read.text('TWILIO_ACCOUNT_SID'), authToken: read.text('TWILIO_AUTH_TOKEN') },
    taxAuthority: taxAuthority(read),
    accountingOrigins: readAccountingOrigins(read),
    accountingStandIn: standIn(read, demo),
    bounceKey: read.text('BOUNCE_KEY'),
    webDir: read.text('WEB_DIR'),
    files: readFileStoreConfig(read),
    attachmentLimits: { mostBytes: read.whole('ATTACHMENT_MAX_MB', 25, 1, 200) * 1_048_576, perPatient: read.whole('ATTACHMENTS_PER_PATIENT', 1_000, 1, 10_000) },
  }
  read.check()
  return config as ApiConfig // a key that is null was told as a problem
}

function privateKey(read: SettingReader): KeyObject | null {
  const given = read.text('JWT_PRIVATE_KEY')
  const how = 'it must be an Ed25519 private key in PEM, or that PEM in base64. Make one with: openssl genpkey -algorithm ed25519 | base64 -w0'
  if (given === null) {
    read.say(`JWT_PRIVATE_KEY is not set; ${how}`)
    return null
  }
  const pem = given.includes('-----BEGIN') ? given : Buffer.from(given, 'base64').toString('utf8')
  try {
    const made = createPrivateKey(pem.trim())
    if (made.asymmetricKeyType === 'ed25519') return made
  } catch {
    // told below, together with keys of another kind
  }
  read.say(`JWT_PRIVATE_KEY is wrong; ${how}`)
  return null
}

function clockStart(read: SettingReader, demo: boolean): string | null {
  const given = read.text('CLOCK_START')
  if (given === null) return null
  if (!demo) read.say('CLOCK_START is set without DEMO=1; only a demo may move its clock.')
  try {
    return instant(given).toString()
  } catch {
    read.say(`CLOCK_START is "${given}"; it must be an instant such as 2026-11-23T08:00:00Z.`)
    return null
  }
}

function standIn(read: SettingReader, demo: boolean): string | null {
  if (read.text('ACCOUNTING_STAND_IN_URL') === null) return null
  if (!demo) read.say('ACCOUNTING_STAND_IN_URL is set without DEMO=1; only a demo has a stand-in.')
  return read.url('ACCOUNTING_STAND_IN_URL', ['http:'])
}

function taxAuthority(read: SettingReader): ApiConfig['taxAuthority'] {
  const clientId = read.text('TAX_AUTHORITY_CLIENT_ID')
  return clientId === null ? null : { clientId, oauthUrl: read.url('TAX_AUTHORITY_OAUTH_URL', ['https:', 'http:'], 'https://openapi.taxes.gov.il/shaam/production').replace(/\/+$/, '') }
}

function postOffice(read: SettingReader, demo: boolean): string | null {
  if (read.text('POST_OFFICE_URL') === null) return null
  if (!demo) read.say('POST_OFFICE_URL is set without DEMO=1; only a demo has a post office.')
  return read.url('POST_OFFICE_URL', ['http:'])
}

function trust(given: string | null): false | number | string {
  if (given === null || given === '0' || given === 'false') return false
  return /^\d+$/.test(given) ? Number(given) : given
}
