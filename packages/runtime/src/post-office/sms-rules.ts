/** Why Twilio would not take a message, in its own numbers. */
export type TwilioError = { status: number; code: number; message: string }

export const error = (code: number, message: string, status = 400): TwilioError => ({ status, code, message })

// https://www.twilio.com/docs/iam/test-credentials: the numbers that always fail, and how.
const MAGIC_TO: Record<string, TwilioError> = {
  '+15005550001': error(21211, "Invalid 'To' Phone Number: +15005550001"),
  '+15005550002': error(21612, "Message cannot be sent with the current combination of 'To' (+15005550002) and/or 'From' parameters"),
  '+15005550003': error(21408, 'Permission to send an SMS has not been enabled for the region indicated by the \'To\' number: +15005550003'),
  '+15005550004': error(21610, 'Attempt to send to unsubscribed recipient'),
  '+15005550009': error(21614, "'To' number is not a valid mobile number: +15005550009"),
}
const MAGIC_FROM: Record<string, TwilioError> = {
  '+15005550001': error(21212, "Invalid 'From' Phone Number: +15005550001"),
  '+15005550007': error(21606, "The 'From' phone number +15005550007 is not a valid, SMS-capable inbound phone number or short code for your account."),
  '+15005550008': error(21611, "This 'From' number has exceeded the maximum number of queued messages"),
}

/** Our own: accepted, then not delivered, for the ways it goes wrong after acceptance. */
const UNDELIVERABLE: Record<string, number> = { '+15005550103': 30003, '+15005550105': 30005, '+15005550106': 30006, '+15005550107': 30007 }

export type Draft = { to: string; from: string; body: string; messagingServiceSid: string; contentSid: string; contentVariables: string }

/** The reason for which this is refused at once, if there is one. */
export function refusalOf(draft: Draft): TwilioError | undefined {
  const { to, from, body, messagingServiceSid } = draft
  if (to === '') return error(21604, "A 'To' phone number is required.")
  if (to.startsWith(WHATSAPP)) return whatsappRefusalOf(draft)
  if (from === '' && messagingServiceSid === '') return error(21603, "A 'From' phone number is required.")
  if (MAGIC_TO[to]) return MAGIC_TO[to]
  if (MAGIC_FROM[from]) return MAGIC_FROM[from]
  if (!/^\+[1-9]\d{6,14}$/.test(to)) return error(21211, `Invalid 'To' Phone Number: ${to}`)
  if (from !== '' && !isSender(from)) return error(21212, `Invalid 'From' Phone Number: ${from}`)
  if (messagingServiceSid !== '' && !/^MG[0-9a-f]{32}$/.test(messagingServiceSid)) return error(21703, 'The Messaging Service does not exist.')
  if (body === '') return error(21602, 'Message body is required.')
  if ([...body].length > 1600) return error(21617, 'The concatenated message body exceeds the 1600 character limit.')
  return undefined
}

/** A number, or a name of up to eleven Latin letters, digits and spaces with a letter among them. */
function isSender(from: string): boolean {
  return /^\+?[1-9]\d{2,14}$/.test(from) || (/^[A-Za-z0-9 ]{1,11}$/.test(from) && /[A-Za-z]/.test(from))
}

/** The error code with which a message to this number ends undelivered, if it does. */
export const deliveryErrorOf = (to: string): number | undefined => (to.startsWith(WHATSAPP) ? UNDELIVERABLE_BY_WHATSAPP[to.slice(WHATSAPP.length)] : UNDELIVERABLE[to])

/** Before every address of WhatsApp. */
export const WHATSAPP = 'whatsapp:'

/** Ours as above: who has no WhatsApp, and whom it tries something out on. */
const UNDELIVERABLE_BY_WHATSAPP: Record<string, number> = { '+15005550124': 63024, '+15005550132': 63032 }

/** No sender here has this number at WhatsApp. */
const MAGIC_WHATSAPP_FROM = `${WHATSAPP}+15005550007`

/** Outside a conversation WhatsApp takes approved templates alone; here every template counts as approved, and no conversation as open. */
function whatsappRefusalOf({ to, from, body, contentSid, contentVariables }: Draft): TwilioError | undefined {
  const number = /^whatsapp:\+[1-9]\d{6,14}$/
  if (from === '') return error(21603, "A 'From' phone number is required.")
  if (!number.test(to)) return error(21211, `Invalid 'To' Phone Number: ${to}`)
  if (!number.test(from) || from === MAGIC_WHATSAPP_FROM) return error(63007, 'Twilio could not find a Channel with the specified From address')
  if (contentSid === '') return body === '' ? error(21602, 'Message body is required.') : error(63016, 'Failed to send freeform message because you are outside the allowed window.')
  if (!/^HX[0-9a-fA-F]{32}$/.test(contentSid)) return error(21655, 'The ContentSid is invalid')
  return variablesOf(contentVariables) === undefined ? error(21656, 'The ContentVariables Parameter is invalid') : undefined
}

/** Values by their names, as a JSON string; none is empty or runs over a line. Undefined where it is not so. */
export function variablesOf(json: string): Record<string, string> | undefined {
  if (json === '') return {}
  try {
    const read: unknown = JSON.parse(json)
    const isGood = (value: unknown): value is string => typeof value === 'string' && value !== '' && !/[\n\r\t]| {5}/.test(value)
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return undefined
    const entries = Object.entries(read)
    return entries.length <= 100 && entries.every(([name, value]) => name.length <= 16 && isGood(value)) ? Object.fromEntries(entries) : undefined
  } catch {
    return undefined // no JSON: refused as Twilio does
  }
}

/** The words of a template with its variables filled in. One whose words nobody told this post office shows what would be filled in. */
export function filled(template: string | undefined, variables: Readonly<Record<string, string>>): string {
  if (template === undefined) return Object.entries(variables).map(([name, value]) => `{{${name}}} ${value}`).join('\n')
  return template.replace(/\{\{([^{}]+)\}\}/g, (whole, name: string) => variables[name] ?? whole)
}

export const OPTED_OUT = error(21610, 'Attempt to send to unsubscribed recipient')

// https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out: the default words, whole message, in any case.
const STOP = new Set(['stop', 'unsubscribe', 'end', 'quit', 'stopall', 'revoke', 'optout', 'cancel'])
const START = new Set(['start', 'yes', 'unstop'])

/** Whether the last word of a recipient to this sender was one that stops messages. */
export function hasOptedOut(replies: Iterable<string>): boolean {
  let out = false
  for (const reply of replies) {
    const word = reply.trim().toLowerCase()
    if (STOP.has(word)) out = true
    else if (START.has(word)) out = false
  }
  return out
}

const GSM_BASIC = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/
const GSM_DOUBLE = /[\^{}\\[~\]|€]/g

/** How many parts the text travels in (GSM 03.38, or UCS-2 as soon as one character asks for it). */
export function countSegments(body: string): number {
  if (!GSM_BASIC.test(body)) return body.length <= 70 ? 1 : Math.ceil(body.length / 67)
  const length = body.length + (body.match(GSM_DOUBLE)?.length ?? 0)
  return length <= 160 ? 1 : Math.ceil(length / 153)
}
