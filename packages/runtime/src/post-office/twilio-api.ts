import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isoTime, mailTime, parseTime } from '../clock.ts'
import { readBody, sendJson, type Exchange } from './exchange.ts'
import type { Call } from './calls.ts'
import { acceptCall, callFilterOf, callRefusalOf, draftOf, presentCall } from './calls-api.ts'
import type { Faults } from './faults.ts'
import type { Ledger, Sms } from './ledger.ts'
import { countSegments, filled, hasOptedOut, OPTED_OUT, refusalOf, type TwilioError, variablesOf, WHATSAPP } from './sms-rules.ts'

export type TwilioApi = {
  accountSid: string
  authToken: string
  /** Used for messages that name a Messaging Service and no sender. */
  serviceSender: string
  ledger: Ledger
  faults: Faults
  accepted: (sms: Sms) => void
  called: (call: Call) => void
  signal: AbortSignal
}

const NOT_FOUND: TwilioError = { status: 404, code: 20404, message: 'The requested resource was not found' }
const MAX_PAGE = 1000

/** Twilio's Messages and Calls resources, as far as a sender of SMS, of WhatsApp templates and of spoken reminders uses them. */
export async function answerTwilio(api: TwilioApi, exchange: Exchange): Promise<void> {
  const { faults } = api
  const { request, method } = exchange
  if (faults.settings.sms.down) return cut(exchange)
  if (!isAuthentic(api, request.headers.authorization)) return refuse(exchange, { status: 401, code: 20003, message: 'Authenticate' })
  const [, account, resource, sid] = /^\/2010-04-01\/Accounts\/([^/]+)\/(Messages|Calls)(?:\/([^/]+))?\.json$/.exec(exchange.path) ?? []
  if (account !== api.accountSid) return refuse(exchange, NOT_FOUND)
  if (method === 'POST' && !sid) return create(api, exchange, resource === 'Calls' ? takeCall : takeSms)
  if (method !== 'GET') return refuse(exchange, { status: 405, code: 20004, message: 'Method not allowed' })
  if (faults.strikes('sms', 'failReads')) return refuse(exchange, { status: 500, code: 20500, message: 'Internal Server Error' })
  const known = resource === 'Calls' ? answerCalls(api, exchange.query, sid) : answerMessages(api, exchange.query, sid)
  if (!known) return refuse(exchange, NOT_FOUND)
  sendJson(exchange.response, 200, known)
}

function answerMessages(api: TwilioApi, query: URLSearchParams, sid: string | undefined) {
  const sms = sid === undefined ? undefined : api.ledger.sms(sid)
  if (sid !== undefined) return sms && present(api, sms)
  return list(api, query, 'Messages', api.ledger.allSms().reverse().filter(filterOf(query)), (shown) => ({ messages: shown.map((one) => present(api, one)) }))
}

function answerCalls(api: TwilioApi, query: URLSearchParams, sid: string | undefined) {
  const call = sid === undefined ? undefined : api.ledger.calls.find(sid)
  if (sid !== undefined) return call && presentCall(api.accountSid, call)
  return list(api, query, 'Calls', api.ledger.calls.all().reverse().filter(callFilterOf(query)), (shown) => ({ calls: shown.map((one) => presentCall(api.accountSid, one)) }))
}

function isAuthentic({ accountSid, authToken }: TwilioApi, header = ''): boolean {
  return header === `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
}

/** Takes what was asked for, and answers what Twilio would; or refuses it. */
type Take = (api: TwilioApi, form: URLSearchParams) => { refusal: TwilioError } | { made: object }

async function create(api: TwilioApi, exchange: Exchange, take: Take): Promise<void> {
  const { faults } = api
  const form = new URLSearchParams(await readBody(exchange.request))
  if (faults.settings.sms.delayMs > 0) await sleep(faults.settings.sms.delayMs, undefined, { signal: api.signal })
  if (faults.strikes('sms', 'tooMany')) return refuse(exchange, { status: 429, code: 20429, message: 'Too Many Requests' })
  if (faults.strikes('sms', 'failBeforeAccept')) return refuse(exchange, { status: 500, code: 20500, message: 'Internal Server Error' })
  if (faults.strikes('sms', 'cutBeforeAccept')) return cut(exchange)
  if (faults.strikes('sms', 'hangBeforeAccept')) return

  const taken = take(api, form)
  if ('refusal' in taken) return refuse(exchange, taken.refusal)
  if (faults.strikes('sms', 'cutAfterAccept')) return cut(exchange)
  if (faults.strikes('sms', 'hangAfterAccept')) return
  if (faults.strikes('sms', 'failAfterAccept')) return refuse(exchange, { status: 500, code: 20500, message: 'Internal Server Error' })
  sendJson(exchange.response, 201, taken.made)
}

function takeSms(api: TwilioApi, form: URLSearchParams): ReturnType<Take> {
  const refusal = refusalFor(api, form)
  if (refusal) {
    api.ledger.add({ kind: 'sms_refused', from: form.get('From') ?? '', to: form.get('To') ?? '', body: form.get('Body') ?? '', code: refusal.code })
    return { refusal }
  }
  const sms = accept(api, form)
  api.accepted(sms)
  return { made: present(api, sms) }
}

function takeCall(api: TwilioApi, form: URLSearchParams): ReturnType<Take> {
  const draft = draftOf(form)
  const refusal = callRefusalOf(draft)
  if (refusal) {
    api.ledger.add({ kind: 'call_refused', from: draft.from, to: draft.to, code: refusal.code })
    return { refusal }
  }
  const call = acceptCall(api.ledger, draft)
  api.called(call)
  return { made: presentCall(api.accountSid, call) }
}

function refusalFor({ ledger, serviceSender }: TwilioApi, form: URLSearchParams): TwilioError | undefined {
  const draft = { to: form.get('To') ?? '', from: form.get('From') ?? '', body: form.get('Body') ?? '', messagingServiceSid: form.get('MessagingServiceSid') ?? '', contentSid: form.get('ContentSid') ?? '', contentVariables: form.get('ContentVariables') ?? '' }
  const refusal = refusalOf(draft)
  if (refusal) return refusal
  if (draft.to.startsWith(WHATSAPP)) return undefined // STOP is no word of the network's there
  const sender = draft.from || serviceSender
  const replies = ledger.allSms().filter((sms) => sms.direction === 'inbound' && sms.from === draft.to && sms.to === sender)
  return hasOptedOut(replies.map((sms) => sms.body)) ? OPTED_OUT : undefined
}

function accept({ ledger, serviceSender }: TwilioApi, form: URLSearchParams): Sms {
  const sid = `SM${randomBytes(16).toString('hex')}`
  const contentSid = form.get('ContentSid')
  const contentVariables = form.get('ContentVariables') ?? ''
  const body = contentSid ? filled(ledger.content(contentSid), variablesOf(contentVariables) ?? {}) : (form.get('Body') ?? '')
  const messagingServiceSid = form.get('MessagingServiceSid')
  const statusCallback = form.get('StatusCallback')
  ledger.add({
    kind: 'sms_accepted',
    sid,
    from: form.get('From') || serviceSender,
    to: form.get('To') ?? '',
    body,
    segments: contentSid ? 1 : countSegments(body),
    ...(contentSid && { contentSid, contentVariables }),
    ...(messagingServiceSid && { messagingServiceSid }),
    ...(statusCallback && { statusCallback }),
  })
  const sms = ledger.sms(sid)
  if (!sms) throw new Error('the ledger lost what was just written')
  return sms
}

/** Newest first; the token is the last one shown, so that messages arriving between two pages shift nothing. */
function list<T extends { sid: string }>(api: TwilioApi, query: URLSearchParams, resource: 'Messages' | 'Calls', matching: readonly T[], shownAs: (shown: readonly T[]) => object) {
  const size = Math.min(Math.max(Number(query.get('PageSize')) || 50, 1), MAX_PAGE)
  const page = Number(query.get('Page')) || 0
  const token = query.get('PageToken')
  const start = token ? matching.findIndex(({ sid }) => `PA${sid}` === token) + 1 : page * size
  const shown = matching.slice(start, start + size)
  const base = `/2010-04-01/Accounts/${api.accountSid}/${resource}.json`
  const pageUri = (number: number, after?: T) => {
    const next = new URLSearchParams(query)
    next.set('PageSize', String(size))
    next.set('Page', String(number))
    if (after) next.set('PageToken', `PA${after.sid}`)
    return `${base}?${next}`
  }
  return {
    first_page_uri: `${base}?PageSize=${size}&Page=0`,
    uri: pageUri(page),
    page,
    page_size: size,
    start,
    end: start + shown.length - 1,
    next_page_uri: start + size < matching.length ? pageUri(page + 1, shown.at(-1)) : null,
    previous_page_uri: page > 0 ? pageUri(page - 1) : null,
    ...shownAs(shown),
  }
}

function filterOf(query: URLSearchParams): (sms: Sms) => boolean {
  const [to, from, on] = [query.get('To'), query.get('From'), query.get('DateSent')]
  // `DateSent>=2026-11-22` in a URL is the parameter `DateSent>`: both bounds are inclusive.
  const after = parseTime(query.get('DateSent>') ?? '')
  const before = parseTime(query.get('DateSent<') ?? '')
  return (sms) =>
    (!to || sms.to === to) &&
    (!from || sms.from === from) &&
    (!on || isoTime(sms.createdAt).startsWith(on.slice(0, 10))) &&
    // Twilio's times are whole seconds.
    (after === undefined || Math.floor(sms.createdAt / 1000) * 1000 >= after) &&
    (before === undefined || Math.floor(sms.createdAt / 1000) * 1000 <= before)
}

function present({ accountSid }: TwilioApi, sms: Sms) {
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${sms.sid}`
  return {
    sid: sms.sid,
    account_sid: accountSid,
    messaging_service_sid: sms.messagingServiceSid ?? null,
    from: sms.from,
    to: sms.to,
    body: sms.body,
    status: sms.status,
    direction: sms.direction,
    num_segments: String(sms.segments),
    num_media: '0',
    price: null,
    price_unit: 'USD',
    error_code: sms.errorCode ?? null,
    error_message: null,
    api_version: '2010-04-01',
    date_created: mailTime(sms.createdAt),
    date_sent: sms.status === 'queued' || sms.status === 'accepted' ? null : mailTime(sms.createdAt),
    date_updated: mailTime(sms.updatedAt),
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json` },
  }
}

function refuse({ response }: Exchange, { status, code, message }: TwilioError): void {
  sendJson(response, status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status })
}

function cut({ request }: Exchange): void {
  request.socket.destroy()
}
