import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseTime } from '../clock.ts'

export type Twilio = { accountSid: string; authToken: string; from?: string; messagingServiceSid?: string; apiBaseUrl?: string }

export type LaunchConfig = {
  root: string
  dev: boolean
  host: string
  port: number
  /** Where people reach the product; no slash at its end. */
  publicUrl: string
  dataDir: string
  /** Demo clinic, demo logins, movable clock, `/dev/post`. */
  demo: boolean
  clockStart: string | undefined
  /** Undefined: the embedded one. */
  databaseUrl: string | undefined
  databaseOwnerUrl: string | undefined
  /** Undefined: to the post office. */
  twilio: Twilio | undefined
  smtp: { url: string; from: string } | undefined
  /** What the children get besides what is computed here. */
  env: NodeJS.ProcessEnv
}

type Input = { root: string; dev: boolean; env: NodeJS.ProcessEnv }

/**
 * Reads the settings of `npm start`.
 * @throws Error that lists every setting that is wrong, one a line
 */
export function readLaunchConfig({ root, dev, env }: Input): LaunchConfig {
  const problems: string[] = []
  const databaseUrl = urlSetting('DATABASE_URL', env, ['postgres:', 'postgresql:'], problems)
  const demo = demoSetting(env, databaseUrl, problems)
  const port = portSetting(env, problems)
  const host = env['HOST'] || '127.0.0.1'
  const config: LaunchConfig = {
    root,
    dev,
    host,
    port,
    publicUrl: (urlSetting('PUBLIC_URL', env, ['http:', 'https:'], problems) ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    dataDir: resolve(root, env['DATA_DIR'] || '.data'),
    demo,
    clockStart: clockSetting(env, demo, problems),
    databaseUrl,
    databaseOwnerUrl: urlSetting('DATABASE_OWNER_URL', env, ['postgres:', 'postgresql:'], problems),
    twilio: twilioSetting(env, demo, problems),
    smtp: smtpSetting(env, demo, problems),
    env,
  }
  urlSetting('REDIS_URL', env, ['redis:', 'rediss:'], problems)
  if (problems.length > 0) throw new Error(`The settings need mending:\n${problems.map((problem) => `  - ${problem}`).join('\n')}\nThey are explained in .env.example.`)
  makeFolder(config.dataDir)
  return config
}

function makeFolder(dataDir: string): void {
  try {
    if (!existsSync(dataDir)) mkdirSync(dataDir, { recursive: true })
  } catch (error) {
    throw new Error(`The data folder ${dataDir} cannot be made (${error instanceof Error ? error.message : error}). Set DATA_DIR to a folder this account can write.`, { cause: error })
  }
}

function urlSetting(name: string, env: NodeJS.ProcessEnv, protocols: string[], problems: string[]): string | undefined {
  const text = env[name]
  if (!text) return undefined
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
    // Not shown back: it may hold a password.
    problems.push(`${name} is not an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`)
  }
  return text
}

function demoSetting(env: NodeJS.ProcessEnv, databaseUrl: string | undefined, problems: string[]): boolean {
  const text = env['DEMO']
  if (text === '1') return true
  if (text === '0') return false
  if (text) problems.push('DEMO is either 1 or 0')
  return databaseUrl === undefined
}

function portSetting(env: NodeJS.ProcessEnv, problems: string[]): number {
  const text = env['PORT'] || '3000'
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) problems.push(`PORT is a number from 1 to 65535, not "${text}"`)
  return port
}

function clockSetting(env: NodeJS.ProcessEnv, demo: boolean, problems: string[]): string | undefined {
  const text = env['CLOCK_START']
  if (!text) return undefined
  if (!demo) problems.push('CLOCK_START moves the clock of the demo; it cannot be set for a real clinic')
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(text) || parseTime(text) === undefined) problems.push('CLOCK_START is a time with its zone, for example 2026-12-24T18:00:00Z')
  return text
}

function twilioSetting(env: NodeJS.ProcessEnv, demo: boolean, problems: string[]): Twilio | undefined {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from, TWILIO_MESSAGING_SERVICE_SID: messagingServiceSid, TWILIO_API_BASE_URL: apiBaseUrl } = env
  urlSetting('TWILIO_API_BASE_URL', env, ['http:', 'https:'], problems)
  if (!accountSid && !authToken && !from && !messagingServiceSid) {
    if (!demo) problems.push('TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM are needed to send SMS (DEMO=1 keeps all messages on this machine)')
    return undefined
  }
  if (!accountSid) problems.push('TWILIO_ACCOUNT_SID is missing beside the other TWILIO_ settings')
  else if (!/^AC[0-9a-f]{32}$/.test(accountSid)) problems.push('TWILIO_ACCOUNT_SID is "AC" and 32 hexadecimal digits')
  if (!authToken) problems.push('TWILIO_AUTH_TOKEN is missing beside the other TWILIO_ settings')
  if (!from && !messagingServiceSid) problems.push('Set TWILIO_FROM (a number or a sender name) or TWILIO_MESSAGING_SERVICE_SID')
  return { accountSid: accountSid ?? '', authToken: authToken ?? '', ...(from && { from }), ...(messagingServiceSid && { messagingServiceSid }), ...(apiBaseUrl && { apiBaseUrl }) }
}

function smtpSetting(env: NodeJS.ProcessEnv, demo: boolean, problems: string[]): { url: string; from: string } | undefined {
  const url = urlSetting('SMTP_URL', env, ['smtp:', 'smtps:'], problems)
  const from = env['MAIL_FROM']
  if (!url && !demo) problems.push('SMTP_URL and MAIL_FROM are needed to send e-mail (DEMO=1 keeps all messages on this machine)')
  if (url && !from) problems.push('MAIL_FROM is needed beside SMTP_URL, for example "Clinic <clinic@example.com>"')
  return url ? { url, from: from ?? '' } : undefined
}
