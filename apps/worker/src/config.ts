import { type FileStoreConfig, readFileStoreConfig } from '@yoman/file-store/config'
import { isMailAddress } from '@yoman/messaging/address'
import { readAccountingOrigins } from '@yoman/use-cases/accounting/origins'
import { logLevels, type SettingReader, settingReader } from '@yoman/use-cases/setting-reader'

/** What the worker is told by its environment. */
export interface WorkerConfig {
  databaseUrl: string
  /** Connections to the database for the work itself; the queue on Postgres has five of its own. */
  poolSize: number
  /** Null: the queue lives in Postgres. */
  redisUrl: string | null
  dataKey: Buffer
  blindIndexKey: Buffer
  /** Where receipts of messages come back to. */
  publicUrl: string
  demo: boolean
  logLevel: string
  twilio: TwilioSettings
  /** Null: this installation is not registered with the Tax Authority. */
  taxAuthority: { clientId: string; clientSecret: string; oauthUrl: string; apiUrl: string } | null
  /** Origins of accounting services that need be neither public nor https: in the clinic's own network, or a stand-in. */
  accountingOrigins: readonly string[]
  /** Base of PayPlus's API, without a slash at its end. */
  payPlusUrl: string
  smtpUrl: string
  /** A plain address; each clinic's name is put before it. */
  mailFrom: string
  /** Null: mails are not signed here. */
  dkim: { domainName: string; keySelector: string; privateKey: string } | null
  /** How long a sender may take before it counts as dead; longer than any provider's timeout. */
  leaseSeconds: number
  /** The pause before the provider's list is searched for a message of unknown outcome. */
  lookupSeconds: number
  /** Tests alone: the step of sending at which the process kills itself. */
  failpoint: string | null
  files: FileStoreConfig
}

export interface TwilioSettings {
  accountSid: string
  authToken: string
  /** One of the two is set. */
  from: string | null
  messagingServiceSid: string | null
  apiBaseUrl: string | null
}

/** Reads and checks all settings; throws one `ConfigError` with everything that is wrong. Secrets are never part of its text. */
export function readConfig(env: NodeJS.ProcessEnv): WorkerConfig {
  const read = settingReader(env)
  const config: WorkerConfig = {
    databaseUrl: read.url('DATABASE_URL', ['postgres:', 'postgresql:']),
    poolSize: read.whole('DATABASE_POOL', 10, 2, 200),
    redisUrl: read.text('REDIS_URL') === null ? null : read.url('REDIS_URL', ['redis:', 'rediss:']),
    dataKey: read.key('DATA_KEY'),
    blindIndexKey: read.key('BLIND_INDEX_KEY'),
    publicUrl: read.url('PUBLIC_URL', ['http:', 'https:'], 'http://localhost:3000').replace(/\/+$/, ''),
    demo: read.flag('DEMO'),
    logLevel: read.oneOf('LOG_LEVEL', 'info', logLevels),
    twilio: {
      accountSid: read.required('TWILIO_ACCOUNT_SID', 'the account that text messages are sent from'),
      authToken: read.required('TWILIO_AUTH_TOKEN', "that account's primary token"),
      from: read.text('TWILIO_FROM'),
      messagingServiceSid: read.text('TWILIO_MESSAGING_SERVICE_SID'),
      apiBaseUrl: read.text('TWILIO_API_BASE_URL') === null ? null : read.url('TWILIO_API_BASE_URL', ['http:', 'https:']),
    },
    taxAuthority: taxAuthority(read),
    accountingOrigins: readAccountingOrigins(read),
    payPlusUrl: read.url('PAYPLUS_API_URL', ['https:', 'http:'], 'https://restapi.payplus.co.il/api/v1.0').replace(/\/+$/, ''),
    smtpUrl: read.url('SMTP_URL', ['smtp:', 'smtps:']),
    mailFrom: mailFrom(read),
    dkim: dkim(read),
    leaseSeconds: read.whole('MESSAGE_LEASE_SECONDS', 60, 1, 3600),
    lookupSeconds: read.whole('MESSAGE_LOOKUP_SECONDS', 120, 1, 3600),
    failpoint: read.text('FAILPOINT'),
    files: readFileStoreConfig(read),
  }
  if (config.twilio.from === null && config.twilio.messagingServiceSid === null) read.say('TWILIO_FROM and TWILIO_MESSAGING_SERVICE_SID are both not set; one of them says who text messages come from.')
  read.check()
  return config
}

/** Both, or none: as the authority's developer portal registered the installation. */
function taxAuthority(read: SettingReader): WorkerConfig['taxAuthority'] {
  const [clientId, clientSecret] = [read.text('TAX_AUTHORITY_CLIENT_ID'), read.text('TAX_AUTHORITY_CLIENT_SECRET')]
  if (clientId === null && clientSecret === null) return null
  if (clientId === null || clientSecret === null) read.say('TAX_AUTHORITY_CLIENT_ID and TAX_AUTHORITY_CLIENT_SECRET go together.')
  const url = (name: string, usual: string): string => read.url(name, ['https:', 'http:'], usual).replace(/\/+$/, '')
  return { clientId: clientId ?? '', clientSecret: clientSecret ?? '', oauthUrl: url('TAX_AUTHORITY_OAUTH_URL', 'https://openapi.taxes.gov.il/shaam/production'), apiUrl: url('TAX_AUTHORITY_API_URL', 'https://ita-api.taxes.gov.il/shaam/production') }
}

/** All three, or none. The key is PEM, or that PEM in base64. */
function dkim(read: SettingReader): WorkerConfig['dkim'] {
  const [domainName, keySelector, key] = [read.text('DKIM_DOMAIN'), read.text('DKIM_SELECTOR'), read.text('DKIM_PRIVATE_KEY')]
  if (domainName === null && keySelector === null && key === null) return null
  const privateKey = key === null || key.includes('-----BEGIN') ? (key ?? '') : Buffer.from(key, 'base64').toString('utf8')
  if (domainName === null || keySelector === null || !privateKey.includes('PRIVATE KEY')) read.say('DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY go together; the key is an RSA private key in PEM, or that PEM in base64.')
  return { domainName: domainName ?? '', keySelector: keySelector ?? '', privateKey }
}

/** `Name <name@domain>` or the address alone; what is kept is the address. */
function mailFrom(read: SettingReader): string {
  const given = read.text('MAIL_FROM')
  const plain = /<([^<>]+)>\s*$/.exec(given ?? '')?.[1] ?? given ?? ''
  if (!isMailAddress(plain)) read.say(`MAIL_FROM is ${given === null ? 'not set' : 'wrong'}; it is the address e-mails are from, for example office@clinic.example.`)
  return plain
}
