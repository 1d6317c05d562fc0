/** Whose matter a refusal is: the patient's number or address, the patient's will, our settings, the words, or the network. */
export type Fault = 'address' | 'opted_out' | 'settings' | 'content' | 'network'

/** What can be done about a code: never again, later again, or stop and call somebody. */
export interface SmsCode {
  fault: Fault
  /** For an answer: whether the provider may be asked again with the same message, which it did not take. */
  retry: 'never' | 'later' | 'once_set_up'
  /** For a receipt: in how many minutes a new message may be tried, first, second …; empty for what will not get better. */
  againAfterMinutes: readonly number[]
}

const never = (fault: Fault): SmsCode => ({ fault, retry: 'never', againAfterMinutes: [] })

/**
 * Twilio's codes, for answers and for status callbacks alike (https://www.twilio.com/docs/api/errors). A code that is not
 * here and came with a 4xx is never retried: Twilio refused the request as it is.
 */
const codes: Readonly<Record<string, SmsCode>> = {
  20003: { fault: 'settings', retry: 'once_set_up', againAfterMinutes: [] }, // our token is wrong or was changed: nothing is wrong with the message
  20429: { fault: 'network', retry: 'later', againAfterMinutes: [] },
  21211: never('address'),
  21212: never('settings'),
  21408: never('settings'),
  21606: never('settings'),
  21608: never('settings'),
  21610: never('opted_out'),
  21611: { fault: 'network', retry: 'later', againAfterMinutes: [] }, // the sender's queue is full
  21612: never('settings'),
  21614: never('address'),
  21617: never('content'),
  21635: never('address'),
  30003: { fault: 'network', retry: 'later', againAfterMinutes: [120, 240] }, // the phone is off or out of reach
  30004: never('opted_out'),
  30005: never('address'),
  30006: never('address'),
  30007: never('content'),
  30008: { fault: 'network', retry: 'later', againAfterMinutes: [15] }, // the network does not say why; once more
  30034: never('settings'),
  35111: never('content'),
  35114: never('content'),
  35115: never('content'),
  35118: never('content'),
  // WhatsApp (https://www.twilio.com/docs/whatsapp/api/error-code-mapping). Whose number has no WhatsApp, has no WhatsApp: an SMS may reach it.
  21655: never('settings'), // there is no such template
  21656: never('settings'), // its variables are not those of the text that we keep
  63001: never('settings'),
  63002: never('settings'),
  63003: never('address'),
  63005: never('content'),
  63007: never('settings'), // the sender is not one of this account's
  63008: never('settings'),
  63010: { fault: 'network', retry: 'later', againAfterMinutes: [] },
  63012: { fault: 'network', retry: 'later', againAfterMinutes: [] },
  63013: never('settings'), // against WhatsApp's rules
  63014: never('opted_out'), // the patient blocked the clinic there
  63016: never('settings'), // no approved template, outside a conversation
  63018: { fault: 'network', retry: 'later', againAfterMinutes: [] },
  63019: never('content'),
  63020: never('settings'),
  63021: never('content'),
  63022: never('settings'),
  63024: never('address'),
  63027: never('settings'), // not approved in this language
  63028: never('settings'), // another number of variables than was approved
  63030: never('content'),
  63032: never('content'), // WhatsApp tries something out on this person and lets nothing through
  // Calls (https://www.twilio.com/docs/api/errors for answers; words of ours for what became of one, see `callReceipt`).
  21210: never('settings'), // the caller's number is not verified at the provider
  21214: never('address'),
  21215: never('settings'), // calls to that country are not allowed to the account
  21216: never('content'), // the account may not call this very number
  21217: never('address'),
  21219: never('settings'), // a trial account calls verified numbers alone
  machine: { fault: 'network', retry: 'later', againAfterMinutes: [120] },
  busy: { fault: 'network', retry: 'later', againAfterMinutes: [30] },
  'no-answer': { fault: 'network', retry: 'later', againAfterMinutes: [60] },
  no_such_number: never('address'),
}

/** `code` as in an answer or a callback's ErrorCode. */
export const smsCode = (code: number | string): SmsCode => codes[String(code)] ?? never('content')

/** A mail server refused us, not the reader: SPF, DKIM, relaying or our reputation. */
export const mailPolicy = 'mail_policy'

/** Codes that say that the account or its settings are at fault: nothing leaves until somebody looks. */
export const accountCodes: readonly string[] = [...Object.keys(codes).filter((code) => codes[code]?.fault === 'settings'), 'EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', mailPolicy]
