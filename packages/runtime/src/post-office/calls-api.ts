import { randomBytes } from 'node:crypto'
import { mailTime } from '../clock.ts'
import type { Call } from './calls.ts'
import type { Ledger } from './ledger.ts'
import { error, type TwilioError } from './sms-rules.ts'
import { readTwiml } from './twiml.ts'

// https://www.twilio.com/docs/iam/test-credentials#test-calls: the numbers that always fail, and how.
const MAGIC_TO: Record<string, TwilioError> = {
  '+15005550001': error(21217, "Phone number '+15005550001' does not appear to be valid"),
  '+15005550002': error(21214, "'To' phone number cannot be reached"),
  '+15005550003': error(21215, 'Account not authorized to call +15005550003'),
  '+15005550004': error(21216, 'Account not allowed to call +15005550004'),
}
const MAGIC_FROM: Record<string, TwilioError> = {
  '+15005550001': error(21212, "Invalid 'From' Phone Number: +15005550001"),
  '+15005550000': error(21210, "'From' phone number not verified: +15005550000"),
}

/** What was asked of the Calls resource. */
export type CallDraft = { to: string; from: string; twiml: string; detects: boolean; statusCallback: string | undefined; statusEvents: string[] }

export function draftOf(form: URLSearchParams): CallDraft {
  const events = form.getAll('StatusCallbackEvent')
  return {
    to: form.get('To') ?? '', from: form.get('From') ?? '', twiml: form.get('Twiml') ?? '', detects: ['Enable', 'DetectMessageEnd'].includes(form.get('MachineDetection') ?? ''),
    statusCallback: form.get('StatusCallback') ?? undefined, statusEvents: events.length === 0 ? ['completed'] : events,
  }
}

/** The reason for which a call is refused at once, if there is one. */
export function callRefusalOf({ to, from, twiml }: CallDraft): TwilioError | undefined {
  const number = /^\+[1-9]\d{6,14}$/
  if (to === '') return error(21201, "No 'To' number is specified")
  if (from === '') return error(21213, "'From' parameter is required")
  if (MAGIC_TO[to]) return MAGIC_TO[to]
  if (MAGIC_FROM[from]) return MAGIC_FROM[from]
  if (!number.test(to)) return error(21211, `Invalid 'To' Phone Number: ${to}`)
  if (!number.test(from)) return error(21212, `Invalid 'From' Phone Number: ${from}`)
  if (twiml === '') return error(21205, 'Url parameter is required.') // here calls have their TwiML with them
  if (twiml.length > 4000) return error(21219, 'Twiml must be at most 4000 characters')
  return readTwiml(twiml) ? undefined : error(12100, 'Document parse failure')
}

export function acceptCall(ledger: Ledger, { statusCallback, ...draft }: CallDraft): Call {
  const sid = `CA${randomBytes(16).toString('hex')}`
  ledger.add({ kind: 'call_accepted', sid, ...draft, ...(statusCallback && { statusCallback }) })
  const call = ledger.calls.find(sid)
  if (!call) throw new Error('the ledger lost what was just written')
  return call
}

/** By the number called, the one that called, and the status. */
export function callFilterOf(query: URLSearchParams): (call: Call) => boolean {
  const [to, from, status] = [query.get('To'), query.get('From'), query.get('Status')]
  return (call) => (!to || call.to === to) && (!from || call.from === from) && (!status || call.status === status)
}

export function presentCall(accountSid: string, call: Call) {
  const uri = `/2010-04-01/Accounts/${accountSid}/Calls/${call.sid}`
  const began = call.status === 'queued' || call.status === 'initiated' ? null : mailTime(call.createdAt)
  return {
    sid: call.sid,
    account_sid: accountSid,
    from: call.from,
    to: call.to,
    status: call.status,
    direction: 'outbound-api',
    answered_by: call.answeredBy ?? null,
    start_time: began,
    end_time: null,
    duration: null,
    price: null,
    price_unit: 'USD',
    api_version: '2010-04-01',
    date_created: mailTime(call.createdAt),
    date_updated: mailTime(call.updatedAt),
    uri: `${uri}.json`,
    subresource_uris: {},
  }
}
