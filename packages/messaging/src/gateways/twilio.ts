import twilio from 'twilio'
import { instantFromMs, type Instant } from '@yoman/domain/time'
import { rejected, type Outcome } from '../outcome.ts'
import { smsCode } from '@yoman/domain/messages/sms-codes'

export interface TwilioSettings {
  accountSid: string
  authToken: string
  /** A number in E.164 or a sender's name, or a Messaging Service that chooses one. */
  sender: { from: string } | { messagingServiceSid: string }
  /** Another host that speaks Twilio's API; Twilio's own when absent. No slash at its end. */
  baseUrl?: string
  /** Milliseconds until a request counts as unanswered. Default 10,000. */
  timeoutMs?: number
}

export interface Sms {
  /** E.164 */
  to: string
  body: string
  /** Carries our message's id, so that a receipt finds its row even if we never read the answer. */
  statusCallback: string
}

/** An approved template that is filled in; WhatsApp carries nothing else outside a conversation. */
export interface Whatsapp {
  /** E.164 */
  to: string
  /** The clinic's number at WhatsApp, E.164. */
  from: string
  contentSid: string
  /** By their numbers. */
  variables: Readonly<Record<string, string>>
  statusCallback: string
}

/** Addresses of WhatsApp are numbers with this before them. */
const whatsappAddress = (number: string): string => `whatsapp:${number}`

/** A message on Twilio's list. */
export interface ListedSms {
  providerId: string
  body: string
  createdAt: Instant
}

/** Where a message stands at Twilio, in its own words, as in a receipt. */
export interface SmsStatus {
  status: string
  errorCode: string | null
}

export interface SmsGateway {
  /** One try. Never throws for what the network or Twilio does: whatever happened is in the outcome. */
  send: (sms: Sms) => Promise<Outcome>
  /** The same by WhatsApp. */
  sendWhatsapp: (whatsapp: Whatsapp) => Promise<Outcome>
  /**
   * What Twilio accepted for `to` since then by SMS, or by WhatsApp where `whatsapp` says so, newest first, whose text contains `contains`: the way to learn what became
   * of an unknown outcome. Throws when Twilio cannot be asked.
   */
  findSent: (query: { to: string; since: Instant; contains?: string; whatsapp?: boolean }) => Promise<ListedSms[]>
  /** Where one stands, for a receipt that did not come; null where Twilio no longer knows it. Throws when Twilio cannot be asked. */
  statusOf: (providerId: string) => Promise<SmsStatus | null>
}

/** More messages to one number since a try cannot be ours. */
const mostListed = 200
const secondsUntilSetUp = 900
const secondsUntilReachable = 60

/** Twilio through its own SDK. Asks once per `send`: repeating is the caller's, who alone knows whether it was accepted. */
export function twilioGateway(settings: TwilioSettings): SmsGateway {
  const { messages } = twilioClient(settings)
  return {
    send: ({ to, body, statusCallback }) => once(() => messages.create({ to, body, statusCallback, ...settings.sender })),
    sendWhatsapp: ({ to, from, contentSid, variables, statusCallback }) =>
      once(() => messages.create({ to: whatsappAddress(to), from: whatsappAddress(from), contentSid, contentVariables: JSON.stringify(variables), statusCallback })),
    findSent: async ({ to, since, contains = '', whatsapp = false }) => {
      // Not filtered by date there: days are all it knows, and a queued message may have no date of sending yet.
      const listed = await messages.list({ to: whatsapp ? whatsappAddress(to) : to, pageSize: 100, limit: mostListed })
      return listed
        .map(({ sid, body, dateCreated }) => ({ providerId: sid, body, createdAt: instantFromMs(dateCreated.getTime()) }))
        .filter(({ body, createdAt }) => createdAt.epochMilliseconds >= since.epochMilliseconds && body.includes(contains))
    },
    statusOf: (providerId) => noneWhereGone(async () => {
      const { status, errorCode } = await messages(providerId).fetch()
      return { status, errorCode: errorCode ? String(errorCode) : null } // 0 and null both mean none
    }),
  }
}

/** The SDK, which asks once and tells what happened. */
export const twilioClient = ({ accountSid, authToken, baseUrl, timeoutMs = 10_000 }: TwilioSettings) => twilio(accountSid, authToken, { httpClient: new TwilioHttp(baseUrl, timeoutMs), autoRetry: false })

/** Null where Twilio no longer knows what is asked about. */
export async function noneWhereGone<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof twilio.RestException && error.status === 404) return null
    throw error
  }
}

/** The outcome of one creation. */
export async function once(create: () => Promise<{ sid: string }>): Promise<Outcome> {
  try {
    return { kind: 'accepted', providerId: (await create()).sid }
  } catch (error) {
    return outcomeOf(error)
  }
}

class TooManyRequests extends Error {
  readonly afterSeconds: number

  constructor(afterSeconds: number) {
    super('too many requests')
    this.afterSeconds = afterSeconds
  }
}

/** The SDK's own client, sent to another host where the settings say so, and keeping what a 429 says about when to come back. */
class TwilioHttp extends twilio.RequestClient {
  readonly #baseUrl: string | undefined

  constructor(baseUrl: string | undefined, timeout: number) {
    super({ timeout, autoRetry: false })
    this.#baseUrl = baseUrl
  }

  override async request<T>(options: Parameters<typeof twilio.RequestClient.prototype.request<T>>[0]) {
    const uri = this.#baseUrl ? options.uri.replace('https://api.twilio.com', this.#baseUrl) : options.uri
    const response = await super.request<T>({ ...options, uri })
    if (response.statusCode === 429) throw new TooManyRequests(secondsOf(response.headers))
    return response
  }
}

/** `Retry-After` in seconds, 1 to 3600; a few seconds where it says nothing useful. */
function secondsOf(headers: unknown): number {
  const value = typeof headers === 'object' && headers !== null && 'retry-after' in headers ? Number(headers['retry-after']) : Number.NaN
  return Number.isFinite(value) && value > 0 ? Math.min(Math.ceil(value), 3_600) : 5
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof TooManyRequests) return { kind: 'retry_later', afterSeconds: error.afterSeconds, code: '20429' }
  if (error instanceof twilio.RestException && error.status >= 400 && error.status < 500) return refusalOf(error.status, error.code)
  if (error instanceof twilio.RestException) return { kind: 'unknown', reason: `HTTP ${error.status}` }
  const code = codeOf(error)
  // Never connected, so never sent.
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code)) return { kind: 'retry_later', afterSeconds: secondsUntilReachable, code }
  return { kind: 'unknown', reason: code || (error instanceof Error ? error.message : String(error)) }
}

function refusalOf(status: number, twilioCode: number | undefined): Outcome {
  // A refusal without a number of Twilio's comes from something in between; 401 from whatever it is means our token.
  const code = twilioCode ?? (status === 401 ? 20003 : `HTTP ${status}`)
  const { fault, retry } = smsCode(code)
  if (retry === 'never') return rejected(String(code), fault)
  return { kind: 'retry_later', afterSeconds: retry === 'later' ? secondsUntilReachable : secondsUntilSetUp, code: String(code) }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '')
