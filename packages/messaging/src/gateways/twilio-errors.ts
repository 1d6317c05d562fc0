import type { Fault } from '../outcome.ts'

/** What can be done about a code: never again, later again, or stop and call somebody. */
export interface TwilioError {
  fault: Fault
  retry: 'never' | 'later' | 'once_set_up'
}

const never = (fault: Fault): TwilioError => ({ fault, retry: 'never' })

/**
 * Twilio's codes, for answers and for status callbacks alike (https://www.twilio.com/docs/api/errors). A code that is not
 * here and came with a 4xx is never retried: Twilio refused the request as it is.
 */
const errors: Readonly<Record<string, TwilioError>> = {
  20003: { fault: 'settings', retry: 'once_set_up' }, // our token is wrong or was changed: nothing is wrong with the message
  20429: { fault: 'network', retry: 'later' },
  21211: never('address'),
  21212: never('settings'),
  21408: never('settings'),
  21606: never('settings'),
  21608: never('settings'),
  21610: never('opted_out'),
  21611: { fault: 'network', retry: 'later' }, // the sender's queue is full
  21612: never('settings'),
  21614: never('address'),
  21617: never('content'),
  21635: never('address'),
  30003: { fault: 'network', retry: 'later' }, // the phone is off or out of reach
  30004: never('opted_out'),
  30005: never('address'),
  30006: never('address'),
  30007: never('content'),
  30008: { fault: 'network', retry: 'later' },
  30034: never('settings'),
  63016: never('content'),
}

/** `code` as in an answer or a callback's ErrorCode. */
export const twilioError = (code: number | string): TwilioError => errors[String(code)] ?? never('content')
