import type { Instant } from '@yoman/domain/time'
import { callReceipt } from '@yoman/domain/messages/call'
import { instantFromMs } from '@yoman/domain/time'
import type { Outcome } from '../outcome.ts'
import { noneWhereGone, once, type SmsStatus, twilioClient, type TwilioSettings } from './twilio.ts'

export interface Call {
  /** E.164 */
  to: string
  /** The clinic's number, E.164: one of the account's, or verified there. */
  from: string
  /** What is said, as TwiML; at most 4,000 characters. */
  script: string
  /** Carries our message's id, so that what becomes of the call finds its row even if we never read the answer. */
  statusCallback: string
}

/** A call on Twilio's list, which does not show what was said. */
export interface ListedCall {
  providerId: string
  createdAt: Instant
}

export interface CallGateway {
  /** One try. Never throws for what the network or Twilio does: whatever happened is in the outcome. */
  call: (call: Call) => Promise<Outcome>
  /** The calls that Twilio accepted to a number since then, newest first. Throws when Twilio cannot be asked. */
  findCalls: (query: { to: string; since: Instant }) => Promise<ListedCall[]>
  /** Where one stands, as a receipt would say it; null where Twilio no longer knows it. Throws when Twilio cannot be asked. */
  statusOfCall: (providerId: string) => Promise<SmsStatus | null>
}

/** Seconds that a phone rings. Long enough for who looks for it, and short of most mailboxes' patience. */
const ringsSeconds = 25
const mostListed = 50

/** Calls through Twilio's own SDK. Asks once per `call`: repeating is the caller's, who alone knows whether it was accepted. */
export function twilioCalls(settings: TwilioSettings): CallGateway {
  const { calls } = twilioClient(settings)
  return {
    call: ({ to, from, script, statusCallback }) => once(() => calls.create({
      to, from, twiml: script, timeout: ringsSeconds, statusCallback, statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      // A person is recognised as soon as without it; a machine is let come to its end, so that what it keeps is whole. What it was stands in the last receipt.
      machineDetection: 'DetectMessageEnd',
    })),
    findCalls: async ({ to, since }) => {
      // Not filtered by start there: a call that still waits has none.
      const listed = await calls.list({ to, pageSize: mostListed, limit: mostListed })
      return listed.map(({ sid, dateCreated }) => ({ providerId: sid, createdAt: instantFromMs(dateCreated.getTime()) })).filter(({ createdAt }) => createdAt.epochMilliseconds >= since.epochMilliseconds)
    },
    statusOfCall: (providerId) => noneWhereGone(async () => {
      const { status, answeredBy } = await calls(providerId).fetch()
      return callReceipt({ status, answeredBy })
    }),
  }
}
