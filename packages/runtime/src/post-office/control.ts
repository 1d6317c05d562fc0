import { randomBytes } from 'node:crypto'
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime'
import { parseTime } from '../clock.ts'
import { type Call, type Deed, type Hands, type Phone, takers } from './calls.ts'
import { clockJumps } from './clock-jumps.ts'
import { HttpError, readJson, send, sendJson, type Exchange } from './exchange.ts'
import { readFaultChange, type Faults } from './faults.ts'
import type { Ledger, Mail, Sms } from './ledger.ts'
import { postSigned } from './outgoing.ts'
import { countSegments } from './sms-rules.ts'

export type Control = { accountSid: string; authToken: string; inboundUrl: string | undefined; zone: string; ledger: Ledger; faults: Faults; hands: Hands; now: () => number }

/** What the page shows at once; older ones stay in the ledger. */
const SHOWN = 500

/** The post office's own JSON, for its page and for tests. Not Twilio's. */
export async function answerControl(control: Control, exchange: Exchange): Promise<void> {
  const { response, method, path, query } = exchange
  const [, id, part, index] = /^\/api\/mails\/([0-9a-f-]{36})(?:\/(html|attachments)(?:\/(\d+))?)?$/.exec(path) ?? []
  if (id) return answerMail(control.ledger, exchange, id, part, index)
  const [, sid] = /^\/api\/calls\/(CA[0-9a-f]{32})$/.exec(path) ?? []
  if (sid && method === 'POST') return sendJson(response, 200, { heard: control.hands.act(sid, deedOf(await readJson(exchange.request))) })
  switch (`${method} ${path}`) {
    case 'GET /api/post':
      return sendJson(response, 200, presentPost(control.ledger, Number(query.get('after'))))
    case 'GET /api/ledger':
      return sendJson(response, 200, control.ledger.entries())
    case 'GET /api/jumps':
      return sendJson(response, 200, clockJumps(parseTime(query.get('now') ?? '') ?? control.now(), control.zone))
    case 'GET /api/faults':
      return sendJson(response, 200, control.faults.settings)
    case 'POST /api/faults':
      await control.faults.set(faultsOf(await readJson(exchange.request)))
      return sendJson(response, 200, control.faults.settings)
    case 'DELETE /api/faults':
      await control.faults.clear()
      return sendJson(response, 200, control.faults.settings)
    case 'POST /api/contents':
      control.ledger.add({ kind: 'content', ...contentOf(await readJson(exchange.request)) })
      return sendJson(response, 201, {})
    case 'POST /api/phones':
      control.ledger.add({ kind: 'phone', ...phoneOf(await readJson(exchange.request)) })
      return sendJson(response, 201, {})
    case 'POST /api/replies':
      return sendJson(response, 201, await reply(control, replyOf(await readJson(exchange.request))))
    default:
      throw new HttpError(404, `There is nothing at ${method} ${path}.`)
  }
}

function faultsOf(value: unknown) {
  try {
    return readFaultChange(value)
  } catch (error) {
    throw new HttpError(400, error instanceof Error ? error.message : String(error))
  }
}

/** Nothing but the number of lines when there are no more of them than the caller has seen. */
function presentPost(ledger: Ledger, seen: number) {
  if (seen === ledger.length) return { lines: ledger.length }
  return { lines: ledger.length, sms: ledger.allSms().slice(-SHOWN).map(presentSms), mails: ledger.mails().slice(-SHOWN), calls: ledger.calls.all().slice(-SHOWN).map(presentCall) }
}

function presentSms({ sid, direction, from, to, body, segments, status, errorCode, createdAt }: Sms) {
  return { sid, direction, from, to, body, segments, status, errorCode, at: createdAt }
}

function presentCall({ sid, from, to, said, digits, status, answeredBy, createdAt }: Call) {
  return { sid, from, to, said, digits, status, answeredBy, at: createdAt }
}

/** What somebody at the page does with a phone. */
function deedOf(value: unknown): Deed {
  const { deed } = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {} // read by name and checked below
  const taker = takers.find((one) => one === deed)
  if (taker) return taker
  if (deed === 'hang_up') return deed
  if (typeof deed === 'string' && /^key [0-9*#]$/.test(deed)) return `key ${deed.slice(4)}`
  throw new HttpError(400, `A deed is {"deed": ${takers.join(', ')}, hang_up, or "key 1"}.`)
}

function phoneOf(value: unknown): Phone {
  const { number, takes, digits = '' } = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {} // read by name and checked below
  const taker = takers.find((one) => one === takes)
  if (typeof number !== 'string' || !/^\+\d{7,15}$/.test(number) || !taker || typeof digits !== 'string' || !/^[0-9*#]{0,10}$/.test(digits)) {
    throw new HttpError(400, `A phone is {"number": E.164, "takes": one of ${takers.join(', ')}, "digits": the keys that are pressed}.`)
  }
  return { number, takes: taker, digits }
}

/** The words of a template that counts as approved: what Meta and Twilio would keep. */
function contentOf(value: unknown): { sid: string; body: string } {
  const { sid, body } = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {} // read by name and checked below
  if (typeof sid !== 'string' || typeof body !== 'string' || !/^HX[0-9a-f]{32}$/.test(sid) || body === '') throw new HttpError(400, 'A template is {"sid": HX and 32 hexadecimal digits, "body": its words with {{1}} for its variables}.')
  return { sid, body }
}

export type Reply = { from: string; to: string; body: string }

function replyOf(value: unknown): Reply {
  const { from, to, body } = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {} // read by name and checked below
  if (typeof from !== 'string' || typeof to !== 'string' || typeof body !== 'string' || !/^(whatsapp:)?\+\d{7,15}$/.test(from) || to === '' || body.trim() === '' || body.length > 1600) {
    throw new HttpError(400, 'A reply is {"from": the patient\'s number, "to": the sender it answers, "body": 1 to 1600 characters}.')
  }
  return { from, to, body }
}

/** An SMS from a patient's phone: kept, and posted to the clinic's webhook as Twilio would. */
export async function reply({ accountSid, authToken, inboundUrl, ledger }: Control, { from, to, body }: Reply): Promise<{ sid: string; outcome: number | string }> {
  if (!inboundUrl) throw new HttpError(409, 'No address for replies was set when the post office was started.')
  const sid = `SM${randomBytes(16).toString('hex')}`
  const segments = countSegments(body)
  ledger.add({ kind: 'sms_received', sid, from, to, body, segments })
  const outcome = await postSigned(authToken, inboundUrl, {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    Body: body,
    From: from,
    MessageSid: sid,
    NumMedia: '0',
    NumSegments: String(segments),
    SmsMessageSid: sid,
    SmsSid: sid,
    SmsStatus: 'received',
    To: to,
  })
  ledger.add({ kind: 'inbound', sid, url: inboundUrl, outcome })
  return { sid, outcome }
}

async function answerMail(ledger: Ledger, { method, response }: Exchange, id: string, part?: string, index?: string): Promise<void> {
  const mail = ledger.mails().find((one) => one.id === id)
  if (!mail || method !== 'GET') throw new HttpError(404, 'There is no such mail.')
  const parsed = await PostalMime.parse(ledger.rawMail(id), { attachmentEncoding: 'arraybuffer' })
  if (part === undefined) return sendJson(response, 200, presentMail(mail, parsed))
  // Shut in: what a mail holds may not run, load or send anything.
  if (part === 'html') return send(response, 200, 'text/html; charset=utf-8', parsed.html ?? '', { 'Content-Security-Policy': "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox" })
  const attachment = parsed.attachments[Number(index ?? NaN)]
  if (!attachment) throw new HttpError(404, 'The mail has no such attachment.')
  sendAttachment(response, attachment)
}

function presentMail(mail: Mail, { text, html, from, to, date }: Email) {
  const people = (list: Address[] = []) => list.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ')
  return { ...mail, headers: { from: people(from && [from]), to: people(to), date: date ?? '' }, text: text ?? '', hasHtml: html !== undefined }
}

function sendAttachment(response: Exchange['response'], { content, mimeType, filename }: Attachment): void {
  // What a browser would run as a page is only ever offered for saving.
  const shown = ['application/pdf', 'image/png', 'image/jpeg', 'text/calendar', 'text/plain'].includes(mimeType)
  const name = encodeURIComponent(filename ?? 'attachment').replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
  const body = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer) // asked for as an ArrayBuffer above
  const type = shown ? (mimeType.startsWith('text/') ? 'text/plain; charset=utf-8' : mimeType) : 'application/octet-stream'
  send(response, 200, type, body, { 'Content-Disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}` })
}
