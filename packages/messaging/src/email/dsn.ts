/** What a mail server reports of one message that it could not deliver, or not yet. */
export interface Bounce {
  /** As we gave it, in angle brackets. */
  messageId: string
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'
  /** RFC 3463, such as `5.1.1`. */
  status: string
  /** Null where the report does not say. */
  recipient: string | null
}

/**
 * Reads a delivery status notification (RFC 3464): a multipart/report with what became of the recipient and the headers of the mail
 * it is about. Null for anything else: an answer of a person, a notice of absence, a report that names no mail.
 */
export function readBounce(raw: string): Bounce | null {
  const text = unfolded(raw.replaceAll('\r\n', '\n'))
  const [headers = ''] = text.split('\n\n', 1)
  if (!/^content-type:\s*multipart\/report\b/im.test(headers)) return null
  const parts = partsOf(text, headers)
  const report = parts.find((part) => /^content-type:\s*message\/delivery-status\b/im.test(part))
  // The mail it is about: whole, or its headers alone.
  const about = parts.find((part) => /^content-type:\s*(message\/(rfc822|global)|text\/rfc822-headers|message\/(rfc822|global)-headers)\b/im.test(part))
  const action = field(report, 'action')?.toLowerCase()
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(field(report, 'status') ?? '')?.[0]
  const messageId = /<[^<>\s]{1,200}>/.exec(field(bodyOf(about), 'message-id') ?? field(report, 'original-message-id') ?? '')?.[0]
  if (!isAction(action) || status === undefined || messageId === undefined) return null
  return { messageId, action, status, recipient: addressIn(field(report, 'final-recipient') ?? field(report, 'original-recipient')) }
}

/** Whether the mailbox itself is at fault and stays so: it does not exist, has moved, or was closed (RFC 3463, X.1.1 to X.1.10 and X.2.1). */
export const isDeadMailbox = (status: string): boolean => /^5\.(1\.(1|2|3|6|10)|2\.1)$/.test(status)

const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const
const isAction = (text: string | undefined): text is Bounce['action'] => actions.some((one) => one === text)

function partsOf(text: string, headers: string): string[] {
  const boundary = /boundary="?([^";\n]{1,100})"?/i.exec(headers)?.[1]
  if (boundary === undefined) return []
  return text.split(`\n--${boundary.trim()}`).slice(1).map((part) => part.replace(/^\s+/, ''))
}

/** What stands below the part's own headers. */
const bodyOf = (part: string | undefined): string | undefined => part?.slice(part.indexOf('\n\n') + 2)

const field = (text: string | undefined, name: string): string | undefined => new RegExp(`^${name}:[ \\t]*(.+)$`, 'im').exec(text ?? '')?.[1]?.trim()

const addressIn = (text: string | undefined): string | null => /[^\s;<>]+@[^\s;<>]+/.exec(text ?? '')?.[0] ?? null

/** Headers that go on in the next line, in one. */
const unfolded = (text: string): string => text.replace(/\n[ \t]+/g, ' ')
