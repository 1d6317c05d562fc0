import { isMailAddress } from '@yoman/messaging/address'

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
  smtpUrl: string
  /** A plain address; each clinic's name is put before it. */
  mailFrom: string
  /** How long a sender may take before it counts as dead; longer than any provider's timeout. */
  leaseSeconds: number
  /** The pause before the provider's list is searched for a message of unknown outcome. */
  lookupSeconds: number
  /** Tests alone: the step of sending at which the process kills itself. */
  failpoint: string | null
}

export interface TwilioSettings {
  accountSid: string
  authToken: string
  /** One of the two is set. */
  from: string | null
  messagingServiceSid: string | null
  apiBaseUrl: string | null
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
export function readConfig(env: NodeJS.ProcessEnv): WorkerConfig {
  const problems: string[] = []
  const say = (problem: string): void => void problems.push(problem)
  const text = (name: string): string | null => env[name]?.trim() || null
  const config: WorkerConfig = {
    databaseUrl: url('DATABASE_URL', text('DATABASE_URL'), ['postgres:', 'postgresql:'], say),
    poolSize: whole('DATABASE_POOL', text('DATABASE_POOL'), 10, 2, 200, say),
    redisUrl: text('REDIS_URL') === null ? null : url('REDIS_URL', text('REDIS_URL'), ['redis:', 'rediss:'], say),
    dataKey: key('DATA_KEY', text('DATA_KEY'), say),
    blindIndexKey: key('BLIND_INDEX_KEY', text('BLIND_INDEX_KEY'), say),
    publicUrl: url('PUBLIC_URL', text('PUBLIC_URL') ?? 'http://localhost:3000', ['http:', 'https:'], say).replace(/\/+$/, ''),
    demo: text('DEMO') === '1' || text('DEMO') === 'true',
    logLevel: text('LOG_LEVEL') ?? 'info',
    twilio: {
      accountSid: required('TWILIO_ACCOUNT_SID', text('TWILIO_ACCOUNT_SID'), 'the account that text messages are sent from', say),
      authToken: required('TWILIO_AUTH_TOKEN', text('TWILIO_AUTH_TOKEN'), "that account's primary token", say),
      from: text('TWILIO_FROM'),
      messagingServiceSid: text('TWILIO_MESSAGING_SERVICE_SID'),
      apiBaseUrl: text('TWILIO_API_BASE_URL') === null ? null : url('TWILIO_API_BASE_URL', text('TWILIO_API_BASE_URL'), ['http:', 'https:'], say),
    },
    smtpUrl: url('SMTP_URL', text('SMTP_URL'), ['smtp:', 'smtps:'], say),
    mailFrom: address('MAIL_FROM', text('MAIL_FROM'), say),
    leaseSeconds: whole('MESSAGE_LEASE_SECONDS', text('MESSAGE_LEASE_SECONDS'), 60, 1, 3600, say),
    lookupSeconds: whole('MESSAGE_LOOKUP_SECONDS', text('MESSAGE_LOOKUP_SECONDS'), 120, 1, 3600, say),
    failpoint: text('FAILPOINT'),
  }
  if (config.twilio.from === null && config.twilio.messagingServiceSid === null) say('TWILIO_FROM and TWILIO_MESSAGING_SERVICE_SID are both not set; one of them says who text messages come from.')
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

type Say = (problem: string) => void

function required(name: string, given: string | null, what: string, say: Say): string {
  if (given === null) say(`${name} is not set; it is ${what}.`)
  return given ?? ''
}

/** `Name <name@domain>` or the address alone; what is kept is the address. */
function address(name: string, given: string | null, say: Say): string {
  const plain = /<([^<>]+)>\s*$/.exec(given ?? '')?.[1] ?? given ?? ''
  if (!isMailAddress(plain)) say(`${name} is ${given === null ? 'not set' : 'wrong'}; it is the address e-mails are from, for example office@clinic.example.`)
  return plain
}

// The address may hold a password, so it is not repeated.
function url(name: string, given: string | null, protocols: readonly string[], say: Say): string {
  if (given !== null && URL.canParse(given) && protocols.includes(new URL(given).protocol)) return given
  say(`${name} is ${given === null ? 'not set' : 'wrong'}; it must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`)
  return ''
}

function whole(name: string, given: string | null, otherwise: number, least: number, most: number, say: Say): number {
  if (given === null) return otherwise
  const value = Number(given)
  if (!Number.isInteger(value) || value < least || value > most) say(`${name} is "${given}"; it must be a whole number from ${least} to ${most}.`)
  return value
}

function key(name: string, given: string | null, say: Say): Buffer {
  const bytes = Buffer.from(given ?? '', 'base64')
  if (bytes.length !== 32) say(`${name} ${given === null ? 'is not set' : 'is wrong'}; it must be 32 random bytes in base64. Make one with: openssl rand -base64 32`)
  return bytes
}
